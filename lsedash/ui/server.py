"""What `app.py` hands to Streamlit: the script, the routes and headers, and the warm-up."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from logging import getLogger
from typing import Any

from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Mount, Route

from lsedash.checking.verified import stream_verified
from lsedash.computing.shared import number_of_workers, service
from lsedash.problem import InvalidInput
from lsedash.programs.variants import VARIANTS
from lsedash.text.fields import DEFAULT
from lsedash.text.notation import LONGEST_TEXT
from lsedash.ui.compat import keep_answers_whole, keep_requests_whole, let_in, watch_what_is_sent
from lsedash.ui.compat.sessions import import_for_components
from lsedash.ui.dashboard.about import about
from lsedash.ui.js import UI, prefix
from lsedash.ui.serving import codes, status
from lsedash.ui.serving.announce import announce
from lsedash.ui.serving.files import StreamlitFiles, modules, plotly
from lsedash.ui.serving.left import forgotten
from lsedash.ui.serving.pages import PageHeaders
from lsedash.ui.serving.returns import WholePageFirst
from lsedash.ui.serving.turns import OneAtATime
from lsedash.ui.serving.visitors import VisitorsWatched

DASHBOARD = UI / "dashboard" / "script.py"
WRONG_SETTING = 2  # an exit status
LARGEST_VALUE = 4 * LONGEST_TEXT  # bytes of what one widget sends
LOG = getLogger(__name__)


def routes() -> list[BaseRoute]:
    """`/status`, and what components fetch: our modules, plotly.js, QR codes.

    Each file has two addresses: the one with a version (`lsedash.ui.js.files`), and one that stays.

    Raises:
        SystemExit: a setting is wrong. (What is raised later, in `lifespan`, ends in a traceback.)
    """
    try:
        number_of_workers()
    except InvalidInput as problem:
        print(f"lsedash: {problem}", file=sys.stderr)
        sys.exit(WRONG_SETTING)
    ours, theirs = modules(UI), plotly()
    return [
        Route(f"{prefix()}/status", status.answer),
        *(
            route
            for start in (f"{prefix()}/lsedash/{{version}}", prefix())
            for route in (
                Route(f"{start}/ui/about.html", lambda _request: HTMLResponse(about())),
                Route(f"{start}/qr", codes.answer),
                Mount(f"{start}/ui", ours),
                Mount(f"{start}/vendor", theirs),
            )
        ),
    ]


def middleware() -> list[Middleware]:
    """What stands between a browser and Streamlit, the outermost first."""
    between = (VisitorsWatched, OneAtATime, WholePageFirst, PageHeaders, StreamlitFiles)
    return [Middleware(layer) for layer in between]


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Refuse what no widget sends; import and run everything once, so that no visitor waits."""
    let_in(LARGEST_VALUE, partial(LOG.warning, "Dropped a value that does not fit: %s"))
    keep_requests_whole()
    keep_answers_whole()
    watch_what_is_sent()
    warm_up()
    announce()
    status.show_log()
    async with status.reported(), forgotten():
        yield


def warm_up() -> None:
    """Import all pages, exempt what was imported from garbage collection, and warm up the workers.

    (torch is imported in the workers alone: here it would cost memory, and threads would wait for
    its interpreter lock.)
    """
    import lsedash.ui.pages.registry  # noqa: F401

    import_for_components()
    service().warm_up(partial(stream_verified, DEFAULT, tuple(VARIANTS)))
    gc.collect()
    gc.freeze()
