"""What the doorway `app.py` hands to Streamlit: the script, and what is done before any visit."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

DASHBOARD = Path(__file__).parent / "ui" / "dashboard.py"


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Import and run everything once, so that no visitor waits for it."""
    warm_up()
    yield


def warm_up() -> None:
    """Run the worked example once and set what was imported aside from garbage collection."""
    import torch

    from lsedash.link import DEFAULT
    from lsedash.runner import compare
    from lsedash.ui import descend  # noqa: F401

    torch.set_num_threads(1)
    compare(DEFAULT)
    gc.collect()
    gc.freeze()
