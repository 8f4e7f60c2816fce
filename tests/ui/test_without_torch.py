"""The server's process imports everything before the first visit, and never PyTorch."""

import os
import subprocess
import sys
from pathlib import Path

import lsedash

ROOT = Path(lsedash.__file__).parent.parent
SCRIPT = """
import asyncio
import gc
import os
import sys
from app import app
from helpers.pages import choose, turned_to
from lsedash.ui.server import lifespan

async def start():
    async with lifespan(app):
        print(before, gc.get_freeze_count(), os.environ["OPENBLAS_NUM_THREADS"])

before = gc.get_freeze_count()
asyncio.run(start())
turned_to("Descend")
rates = turned_to("Learning rates")
for part in ("sweep", "optimizers"):
    choose(rates, "What to look at", part)
for part in ("modes", "rounding"):
    turned_to("Why", show=part)
for panel in ("X-ray", "Graph"):
    choose(turned_to("Code", show="torch_autograd"), "Look at", panel)
pages = [turned_to("Pitfalls", show=key) for key in ("graphs_kept", "never_cleared")]
assert not any(page.exception for page in [rates, *pages])
print("torch" in sys.modules)
"""


def test_everything_is_imported_before_the_first_visit_and_no_page_imports_torch():
    """What was imported is no garbage, and is not searched for any."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    command = [sys.executable, "-c", SCRIPT]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    before, frozen, threads, imports_torch = ended.stdout.split()
    assert int(before) == 0 < int(frozen)
    assert (threads, imports_torch) == ("1", "False")
