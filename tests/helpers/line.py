"""The line between browser and server, cut and mended, as the page sees it."""

from playwright.sync_api import expect

from helpers.looking import expect_verified


def connection(page):
    return page.get_by_test_id("stApp")


def expect_connected(page):
    expect(connection(page)).to_have_attribute("data-test-connection-state", "CONNECTED")


def open_first(page, proxy):
    """Open the first page behind a proxy."""
    page.goto(proxy.address)
    expect_verified(page)


def cut(page, proxy):
    """Cut the line; the page knows it."""
    proxy.cut()
    expect(connection(page)).not_to_have_attribute("data-test-connection-state", "CONNECTED")


def mend(page, proxy):
    """Mend the line; the page is connected again."""
    proxy.mend()
    expect_connected(page)


def expect_nothing_raised(page):
    assert page.get_by_test_id("stException").count() == 0
