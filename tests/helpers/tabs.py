"""Tabs of the browser that all tests of a worker share, and what must not be said in them."""

from contextlib import contextmanager

from playwright.sync_api import expect


def is_error(said):
    """Whether a message in the console is one.

    Streamlit asks below a page's own path for its server first, and is told 404.
    """
    return said.type == "error" and "/_stcore/" not in said.location["url"]


@contextmanager
def watched(profile, server):
    """Fails afterwards if a page meanwhile logged an error, threw one, or was not heard."""
    errors, before = [], server.log.stat().st_size
    watch = {
        "console": lambda said: errors.append(said.text) if is_error(said) else None,
        "weberror": lambda thrown: errors.append(str(thrown.error)),
    }
    for event, listener in watch.items():
        profile.on(event, listener)
    yield
    for event, listener in watch.items():
        profile.remove_listener(event, listener)
    assert errors == []
    assert "Dropped" not in server.log.read_bytes()[before:].decode()


def patient(page):
    """A loaded machine is slow; waiting ends as soon as what is waited for is there."""
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    return page


def as_new(page, context, viewport):
    """Leave what is open; the next visit finds no history, and the hand at rest."""
    page.mouse.up()
    page.mouse.move(0, 0)
    page.goto("about:blank")
    browser = context.new_cdp_session(page)
    browser.send("Page.resetNavigationHistory")
    browser.detach()
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
