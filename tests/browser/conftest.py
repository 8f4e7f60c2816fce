"""The real server and a real browser; every test fails on an error in the browser's console."""

import pytest

from chromium import MISSING, install_chromium
from helpers.layout import PHONE
from helpers.servers import ROOT, served
from helpers.tabs import as_new, patient, watched


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = install_chromium()
    if chromium is None:
        pytest.fail(MISSING)
    args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    args += ["--process-per-site"]  # one process for all pages: see shared_context
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}


@pytest.fixture(scope="session")
def base_url(server):
    """Where the server listens."""
    return server.address


@pytest.fixture
def another_server(tmp_path):
    """Where another server listens, which knows no visitor: as if the first was started again."""
    with served(ROOT / "app.py", tmp_path / "log.txt") as another:
        yield another.address


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "viewport": {"width": 1400, "height": 1000},
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session")
def shared_context(
    browser_type, browser_type_launch_args, browser_context_args, base_url, tmp_path_factory
):
    """One browser profile for all tests, so that what the server sends is fetched only once.

    It lies in a folder, because Chromium keeps compiled scripts only there, and a bare page stays
    open, so that the process of the pages does: without either a visit costs twice as much.
    """
    context = browser_type.launch_persistent_context(
        tmp_path_factory.mktemp("profile"), **browser_type_launch_args, **browser_context_args
    )
    context.pages[0].goto(f"{base_url}/_stcore/health")
    yield context
    context.close()


@pytest.fixture
def context(shared_context, server):
    """The profile, watched; tabs that a test opens are closed behind it."""
    opened = list(shared_context.pages)
    with watched(shared_context, server):
        yield shared_context
        for page in shared_context.pages:
            if page not in opened:
                page.close()
        shared_context.clear_permissions()


@pytest.fixture
def tab(context):
    """A new tab, for a test that listens to it, or that alters it for good."""
    return patient(context.new_page())


@pytest.fixture(scope="session")
def kept_tab(shared_context):
    """A tab for many tests: in it a visit costs three quarters of one in a new tab."""
    return shared_context.new_page()


@pytest.fixture
def page(context, kept_tab, browser_context_args):
    """A tab as good as new."""
    page = patient(kept_tab)
    yield page
    as_new(page, context, browser_context_args["viewport"])


@pytest.fixture(scope="session")
def screen(browser, base_url):
    """The screen of one phone for all tests: it fetches everything only once."""
    width, height = PHONE
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": height},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(screen):
    """A page in the window of a phone, with touch."""
    yield patient(screen)
    screen.evaluate("localStorage.clear()")  # Streamlit keeps there whether the sidebar is open
    screen.goto("about:blank")
