"""The page Pitfalls in a browser: every mistake is visited, by mouse and by keyboard."""

import pytest
from looking import main, open_page
from playwright.sync_api import expect
from test_accessibility import serious

from lsedash.link import DEFAULT
from lsedash.pitfalls import PITFALLS

CHARTS = "() => document.querySelectorAll('.js-plotly-plot .scatterlayer').length === 2"


def choose(page, pitfall):
    main(page).get_by_role(
        "radio", name=f"{PITFALLS.index(pitfall) + 1}. {pitfall.title}", exact=True
    ).check(force=True)
    expect(page.get_by_role("heading", name=f". {pitfall.title}")).to_be_visible()


def test_every_mistake_can_be_visited(page):
    open_page(page, "pitfalls", DEFAULT)
    for pitfall in PITFALLS:
        choose(page, pitfall)
        expect(page.get_by_text(pitfall.symptom)).to_be_visible()
        expect(page.locator(".line.gone, .line.new").first).to_be_visible()
        run = pitfall.run(DEFAULT)
        if run.exception is not None:
            expect(main(page).get_by_test_id("stCode")).to_contain_text(str(run.exception)[:40])
        page.wait_for_function(CHARTS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("key", ["never_cleared", "no_longer_a_leaf", "graphs_kept"])
def test_no_mistake_shuts_anyone_out(page, key, scheme):
    page.emulate_media(color_scheme=scheme)
    open_page(page, "pitfalls", DEFAULT)
    (pitfall,) = [pitfall for pitfall in PITFALLS if pitfall.key == key]
    choose(page, pitfall)
    page.wait_for_function(CHARTS)
    assert serious(page) == {}


def test_the_catalogue_is_walked_with_arrow_keys(page):
    open_page(page, "pitfalls", DEFAULT)
    main(page).get_by_role("radio", name=f"1. {PITFALLS[0].title}", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", name=PITFALLS[1].title)).to_be_visible()


def test_next_shows_the_next_one(page):
    open_page(page, "pitfalls", DEFAULT)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name=f"2. {PITFALLS[1].title}")).to_be_visible()
    expect(
        main(page).get_by_role("radio", name=f"2. {PITFALLS[1].title}", exact=True)
    ).to_be_checked()
