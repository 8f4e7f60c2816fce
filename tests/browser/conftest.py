"""The real server and a real browser; every test fails on an error in the browser's console."""

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

import lsedash
from chromium import MISSING, install_chromium

ROOT = Path(lsedash.__file__).parent.parent
LONGEST_START = 120  # seconds


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = install_chromium()
    if chromium is None:
        pytest.fail(MISSING)
    args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    args += ["--process-per-site"]  # one process for all pages: see shared_context
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}


@pytest.fixture(scope="session")
def base_url(tmp_path_factory):
    """Where the server listens; it is started once for all tests."""
    with serving(tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@contextmanager
def serving(log):
    """A server of its own, which prints into a file; where it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"port": port, "address": "127.0.0.1", "headless": "true"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += [f"--server.{name}={value}" for name, value in options.items()]
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/_stcore/health", server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def wait_for(health, server, log):
    """Until the server answers; fails with what it printed if it ends or takes too long."""
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(health, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)  # between two questions to a server that does not listen yet
    pytest.fail(f"The server did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture
def another_server(tmp_path):
    """Where another server listens, which knows no visitor: as if the first was started again."""
    with serving(tmp_path / "log.txt") as address:
        yield address


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
def context(shared_context):
    """Fails the test afterwards if one of its pages logged an error or threw one."""
    errors = []
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


@pytest.fixture
def page(context):
    """A loaded machine is slow; waiting ends as soon as what is waited for is there."""
    page = context.new_page()
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    return page
