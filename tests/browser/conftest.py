"""The real server and a real browser; every test fails on an error in the browser's console."""

import pytest
from playwright.sync_api import expect

from chromium import MISSING, install_chromium
from helpers.servers import ROOT, served


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


def is_error(said):
    """Whether a message in the console is one.

    Streamlit asks below a page's own path for its server first, and is told 404.
    """
    return said.type == "error" and "/_stcore/" not in said.location["url"]


@pytest.fixture
def context(shared_context, server):
    """Fails the test afterwards if a page of it logged an error, threw one, or was not heard."""
    errors, before = [], server.log.stat().st_size
    watch = {
        "console": lambda said: errors.append(said.text) if is_error(said) else None,
        "weberror": lambda thrown: errors.append(str(thrown.error)),
    }
    for event, listener in watch.items():
        shared_context.on(event, listener)
    yield shared_context
    for event, listener in watch.items():
        shared_context.remove_listener(event, listener)
    for page in shared_context.pages[1:]:
        page.close()
    shared_context.clear_permissions()
    assert errors == []
    assert "Dropped" not in server.log.read_bytes()[before:].decode()


@pytest.fixture
def page(context):
    """A loaded machine is slow; waiting ends as soon as what is waited for is there."""
    page = context.new_page()
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    return page
