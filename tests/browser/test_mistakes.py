"""The page Pitfalls in a browser: every mistake is visited, by mouse and by keyboard."""

from dataclasses import replace

from playwright.sync_api import expect

from helpers.accessibility import draw_in, serious
from helpers.looking import main, open_page
from lsedash.programs.pitfalls import PITFALLS
from lsedash.text.fields import DEFAULT

CHARTS = "() => document.querySelectorAll('.js-plotly-plot .scatterlayer').length === 2"


def choose(page, pitfall):
    main(page).get_by_role(
        "radio", name=f"{PITFALLS.index(pitfall) + 1}. {pitfall.title}", exact=True
    ).check(force=True)
    expect(page.get_by_role("heading", name=f". {pitfall.title}")).to_be_visible()


def test_every_mistake_can_be_visited_and_shuts_nobody_out(page):
    """Every other one in light, the rest in dark: they differ in words, not in colours."""
    open_page(page, "pitfalls", DEFAULT)
    for i, pitfall in enumerate([*PITFALLS[::2], *PITFALLS[1::2]]):
        if i in (0, len(PITFALLS[::2])):  # each change of the scheme draws everything anew
            draw_in(page, "dark" if i else "light")
        choose(page, pitfall)
        expect(page.get_by_text(pitfall.symptom)).to_be_visible()
        expect(page.locator(".line.gone, .line.new").first).to_be_visible()
        run = pitfall.run(DEFAULT)
        if run.exception is not None:
            expect(main(page).get_by_test_id("stCode")).to_contain_text(str(run.exception)[:40])
        page.wait_for_function(CHARTS)
        assert serious(page) == {}, pitfall.title


def test_a_mistake_can_be_sent_as_a_link(page):
    open_page(page, "pitfalls", replace(DEFAULT, learning_rate=0.2), show="broadcast_b")
    expect(page.get_by_role("heading", name="b of shape")).to_be_visible()
    expect(page.get_by_text("the learning rate 0.2 is above it")).to_be_visible()


def test_a_path_that_leaves_the_window_far_behind_is_drawn_without_an_error(page):
    open_page(page, "pitfalls", replace(DEFAULT, learning_rate=2.0, iterations=2000), "graphs_kept")
    page.wait_for_function(CHARTS)
    expect(page.locator(".js-plotly-plot").first).not_to_contain_text("NaN")


def test_nothing_sticks_out_of_a_narrow_window(page):
    page.set_viewport_size({"width": 820, "height": 900})
    for path, show in (("pitfalls", "parameter_replaced"), ("code", "remark_6")):
        open_page(page, path, DEFAULT, show)
        expect(page.locator("div.source")).to_be_visible()
        assert main(page).evaluate("main => main.scrollWidth - main.clientWidth") == 0


def test_the_catalogue_is_walked_with_arrow_keys_and_next_shows_the_next_one(page):
    open_page(page, "pitfalls", DEFAULT)
    main(page).get_by_role("radio", name=f"1. {PITFALLS[0].title}", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", name=f"2. {PITFALLS[1].title}")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name=f"3. {PITFALLS[2].title}")).to_be_visible()
    third = main(page).get_by_role("radio", name=f"3. {PITFALLS[2].title}", exact=True)
    expect(third).to_be_checked()
