"""The line breaks at any moment of random sequences: what is shown is what the address has.

The number of a sequence is its seed. LSEDASH_SEQUENCES=100 makes a hundred of them, and
LSEDASH_SEED=100 lets them begin with another one.
"""

import os
from random import Random
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from helpers.proxy import proxy_to
from helpers.unsteady import UnsteadyVisitor

SEQUENCES = int(os.environ.get("LSEDASH_SEQUENCES", "0"))
FIRST = int(os.environ.get("LSEDASH_SEED", "0"))
SHORT = (0, 14, 22)  # the line breaks in them at moments at which something was lost once


@pytest.fixture(scope="module")
def proxy(base_url):
    with proxy_to(urlsplit(base_url).port) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def page(shared_context):
    """One page for all sequences, each of which begins anew in it."""
    page, thrown = shared_context.new_page(), []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    page.set_default_timeout(30_000)
    yield page
    page.close()
    assert thrown == []


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEQUENCES) if SEQUENCES else SHORT)
def test_nothing_let_go_is_lost_and_what_is_shown_is_what_the_address_has(page, proxy, seed):
    expect.set_options(timeout=30_000)
    visitor = UnsteadyVisitor(page, proxy, Random(seed))
    try:
        visitor.go_through()
    finally:
        proxy.mend()
        print(f"seed {seed}", *visitor.said, sep="\n")
