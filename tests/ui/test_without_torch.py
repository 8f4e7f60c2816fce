"""PyTorch runs in the workers alone: the server's process never imports it."""

import os
import subprocess
import sys
from pathlib import Path

import lsedash

ROOT = Path(lsedash.__file__).parent.parent
SCRIPT = """
import sys
from helpers.pages import choose, turned_to
from lsedash.ui.server import warm_up

warm_up()
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


def test_no_page_imports_torch_into_the_server():
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    command = [sys.executable, "-c", SCRIPT]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.stdout == "False\n", ended.stderr[-2000:]
