"""What every view of a page promises: it stays put, fits, can be read, and shuts nobody out.

A view is opened once for all of it.
"""

import pytest
from playwright.sync_api import expect

from helpers.accessibility import COLOURS, draw_in, drawn_in, serious
from helpers.layout import WINDOWS, faults_at, illegible, settle
from helpers.looking import main
from helpers.tabs import patient, watched
from lsedash.ui.pages.registry import PAGES

FIRST = [(page.path, "") for page in PAGES]
FURTHER = [
    ("learning-rates", "show=sweep"),
    ("learning-rates", "show=optimizers"),
    *[("why", f"show={part}") for part in ("geometry", "prediction", "rounding", "conditioning")],
    ("code", "show=remark_6"),
    ("code", "show=remark_3"),
    ("code", "show=torch_optimizer"),
    ("code", "show=torch_optimizer&panel=take-home"),
    ("pitfalls", "show=outer_x"),
]
ALL = {f"{path or 'descend'} {query}".strip(): (path, query) for path, query in FIRST + FURTHER}

MOST_SHIFTED = 0.02  # of the window, as browsers measure it: https://web.dev/articles/cls
# Sums up what browsers call layout shifts, and keeps each with what has moved.
WATCH_SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
  const name = (node) => node?.dataset?.testid ?? node?.className ?? node?.nodeName;
  for (const { value, sources } of list.getEntries()) {
    window.shifts.push([value, sources.map(({ node }) => name(node))]);
  }
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture(scope="module")
def place(shared_context):
    """A tab for all views, which notes what jumps."""
    page = shared_context.new_page()
    page.add_init_script(WATCH_SHIFTS)
    yield page
    page.close()


@pytest.fixture(scope="module", params=ALL)
def view(request, place, shared_context, server, browser_context_args):
    """A view that is open, its name, and what jumped while it was loaded."""
    path, query = ALL[request.param]
    with watched(shared_context, server):
        patient(place).set_viewport_size(browser_context_args["viewport"])
        place.goto(f"/{path}?{query}")
        expect(place.locator(".st-key-pages")).to_be_visible()
        settle(place)
        yield request.param, place, place.evaluate("window.shifts")
        # Streamlit keeps a closed sidebar closed for later visits; other tests want it open.
        place.evaluate("localStorage.clear()")


@pytest.mark.parametrize("view", list(ALL)[: len(FIRST)], indirect=True)
def test_no_page_jumps_while_it_is_loaded(view):
    name, _, shifts = view
    assert sum(value for value, *_ in shifts) < MOST_SHIFTED, (name, shifts)


def test_nothing_overlaps_or_is_cut_from_a_phone_to_a_hall_with_the_sidebar_open_and_closed(view):
    name, page, _ = view
    first = ALL[name] in FIRST
    found = {
        f"{size}, sidebar {'open' if opened else 'closed'}": faults
        for size, opened, always in WINDOWS
        if (first or always) and (faults := faults_at(page, size, opened=opened))
    }
    assert found == {}


def unfold(page):
    """Open the formulas of a part, if there are any."""
    folded = main(page).get_by_text("The formulas", exact=True)
    if folded.count():
        folded.click()
        expect(main(page).locator("[class*='st-key-formulas_'] .katex").first).to_be_visible()
        settle(page)


def test_every_text_has_14_pixels_and_a_contrast_of_4_5_and_nobody_is_shut_out_in_both_schemes(
    view,
):
    _, page, _ = view
    unfold(page)
    now = drawn_in(page)
    found = {}
    for scheme, rules in ((now, None), ("light" if now == "dark" else "dark", COLOURS)):
        draw_in(page, scheme)
        settle(page)
        found[scheme] = illegible(page), serious(page, rules)
    assert found == {"light": ([], {}), "dark": ([], {})}
