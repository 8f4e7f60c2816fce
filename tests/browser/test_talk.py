"""Presenter mode: what the last row sees, a talk by clicker, and the page in a frame of a deck."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import lsedash
from helpers.accessibility import DRAWN_IN
from helpers.codes import read_picture
from helpers.layout import illegible, settle
from helpers.looking import expect_verified, parts, rate, stage, visit
from lsedash.text.fields import DEFAULT
from lsedash.ui.pages.registry import PAGES

DOCUMENT = Path(lsedash.__file__).parent.parent / "docs" / "talk.md"
SIZES = ({"width": 1920, "height": 1080}, {"width": 1280, "height": 720})
TALK = [
    "?lr=0.1",
    "?lr=0.2",
    "?lr=0.36&present=3",
    "https://class.example.edu/why?lr=0.3",
    "/why?lr=0.3&show=conditioning",
    "/pitfalls?lr=0.2",
    "/learning-rates",
    "?A=1 1;1 2&b=1 2&lr=0.1",
    "?A=1 1;1 2&b=1 2&lr=0.25",
    "/code?lr=0.3",
]
LARGE = "body [data-large] .js-plotly-plot"
INSIDE = """large => [...document.querySelectorAll(`[data-testid=stage] > *, ${large} .main-svg`)]
  .map((element) => element.getBoundingClientRect())
  .every(({ right, bottom }) => right <= innerWidth + 1 && bottom <= innerHeight + 1)"""
OPEN = """address => {
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
TAKEN = """key => !document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))"""
RECORDED = """() => {
  const { x, y } = document.querySelector(".loss .js-plotly-plot").data[0];
  return [x.length, document.querySelector(".loss path.ghost").getAttribute("d")];
}"""


@pytest.fixture
def page(page):
    """A page that leaves no beats and no theme behind in the browser."""
    yield page
    page.evaluate("() => localStorage.clear()")


def bring_beats(page, links):
    page.keyboard.press("l")
    box = page.get_by_role("dialog", name="Beats of the talk")
    box.get_by_role("textbox").fill("\n".join(links))
    box.get_by_role("button", name="Use these beats").click()
    expect(box).to_be_hidden()


def wanted(link):
    """The page's title and the parts of the address to which a beat leads."""
    path = re.sub(r"https://[^/]*", "", link).partition("?")[0].strip("/")
    (title,) = [each.title for each in PAGES if each.path == path]
    return title, {"present": "1"} | parts(link)


def expect_beat(page, link):
    title, query = wanted(link)
    page.wait_for_url(lambda url: parts(url) == query)
    expect(page).to_have_title(f"{title} · lsedash" if title != "Descend" else "lsedash")
    if title == "Descend":
        expect(stage(page)).to_have_attribute("data-learning-rate", query["lr"])
        expect_verified(page)


def test_the_last_row_can_read_every_text_at_1920x1080_and_1280x720(page):
    page.set_viewport_size(SIZES[1])
    page.goto("/?lr=0.36&present=1")
    expect_verified(page)
    found = {}
    for address in ("/?lr=0.36", *TALK[4:6], "/learning-rates?k=9", TALK[9]):
        title, _ = wanted(address)
        page.evaluate(OPEN, f"{address}&present=1")
        expect(page).to_have_title(f"{title} · lsedash" if title != "Descend" else "lsedash")
        if title in ("Why", "Pitfalls", "Learning rates"):
            expect(page.locator(LARGE)).to_be_visible()
        for size in SIZES:
            page.set_viewport_size(size)
            settle(page)
            if title != "Code":
                assert page.evaluate(INSIDE, LARGE), (address, size)
            found |= {(address, size["width"], fault): 24 for fault in illegible(page, 24)}
    assert found == {}


def test_a_talk_of_ten_beats_is_driven_by_page_down_alone(page):
    visit(page, DEFAULT)
    page.evaluate("() => { window.loaded = 'once'; }")
    page.keyboard.press("p")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.locator(".st-key-pages")).to_be_hidden()
    bring_beats(page, TALK)
    for link in TALK:
        page.keyboard.press("PageDown")
        expect_beat(page, link)
    assert page.evaluate("() => window.loaded") == "once"
    page.keyboard.press("PageDown")
    expect(page.get_by_text("This is the last beat.")).to_be_visible()
    expect(page.locator(".presenter-keys")).to_be_hidden()
    for key, link in (("PageUp", TALK[8]), ("ArrowLeft", TALK[7]), ("ArrowRight", TALK[8])):
        page.keyboard.press(key)
        expect_beat(page, link)
    points, ghost = page.evaluate(RECORDED)
    assert ghost.count("L") == points - 1
    expect(page.locator(".loss text.ghost")).to_have_text("before: 0.1")
    rate(page).press("PageDown")
    rate(page).press("ArrowLeft")
    expect_beat(page, TALK[8])


def test_a_hidden_beat_shows_nothing_of_its_result_until_enter(page):
    visit(page, DEFAULT)
    page.keyboard.press("p")
    bring_beats(page, ["?lr=0.36", "/why?lr=0.36"])
    page.keyboard.press("h")
    page.keyboard.press("PageDown")
    expect_beat(page, "?lr=0.36")
    results = (
        page.locator(".stage .regime"),
        page.locator(".stamp"),
        page.locator(".readout"),
        page.get_by_test_id("rate-handle"),
        page.locator(".path .scatterlayer .trace path").first,
        page.locator(".path .predicted"),
        page.locator(".path .limit text"),
        page.locator(".loss .main-svg").first,
        page.locator(".stage .legend button").first,
    )
    expect(rate(page)).to_be_visible()
    expect(page.locator(".path .start-handle")).to_be_visible()
    expect(page.locator(".path .ground")).to_be_visible()
    for result in results:
        expect(result).to_be_hidden()
    page.keyboard.press("Enter")
    for result in results:
        expect(result).to_be_visible()
    page.keyboard.press("PageDown")
    expect_beat(page, "/why?lr=0.36")
    expect(page.locator(LARGE)).to_have_count(1)
    expect(page.locator(LARGE)).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(page.locator(LARGE)).to_be_visible()


def test_the_keys_of_presenter_mode_are_those_of_the_document(page):
    asked = "%2F%2F127.0.0.1%3A", "%2F%2Fclass.example.edu%3A"  # the link in the question
    page.route("**/qr?**", lambda route: route.continue_(url=route.request.url.replace(*asked)))
    page.set_viewport_size(SIZES[0])
    visit(page, DEFAULT)
    page.get_by_role("button", name="Present", exact=True).click()
    page.wait_for_url(lambda url: parts(url) == {"present": "1"})
    listed = page.locator(".presenter-keys > span").all_text_contents()
    told = re.findall(r"^\| `(.*?)` \| (.*?) \|$", DOCUMENT.read_text(encoding="utf-8"), re.M)
    assert [text for text in listed if text not in told_texts(told)] == []
    page.keyboard.press("q")
    code = page.get_by_role("dialog", name="QR code of this page's link")
    expect(code).to_be_visible()
    link = re.sub(r"127\.0\.0\.1(:\d+).*", r"class.example.edu\1/", page.url)
    assert read_picture(page.screenshot()) == [link]
    assert code.get_by_role("img").bounding_box()["height"] > 0.8 * SIZES[0]["height"]
    page.keyboard.press("q")
    expect(code).to_be_hidden()
    for scheme in ("dark", "light"):
        page.keyboard.press("t")
        page.wait_for_function(DRAWN_IN, arg=scheme)
    page.keyboard.press("2")
    expect(page.locator(".card.loss")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    expect(page.locator(".card.loss")).to_be_visible()
    page.wait_for_url(lambda url: parts(url) == {})


def told_texts(told):
    """What the list of keys says of each key, as the document has it."""
    return {f"{key} {re.split(r'[:;]', does)[0]}" for key, does in told}


def test_in_a_frame_the_stage_fills_it_and_the_keys_of_a_clicker_go_to_the_deck(page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 600, "height": 500})
    page.goto("/?lr=0.3&embed=true")
    expect_verified(page)
    settle(page)
    expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()
    box = stage(page).bounding_box()
    assert box["width"] > 580
    assert box["y"] + box["height"] == pytest.approx(500, abs=2)
    page.evaluate("() => localStorage.setItem('lsedash.beats', '?lr=0.1')")
    page.keyboard.press("p")
    for key in ("PageDown", "PageUp"):
        assert page.evaluate(TAKEN, key) is False
    page.keyboard.press("Escape")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()").endswith("/?lr=0.3")
    assert "embed=true" in page.url


def test_a_clicker_leads_through_the_steps_of_a_lesson_in_large_type(page):
    page.set_viewport_size(SIZES[1])
    page.goto("/?lesson=edge&present=1")
    small = {}
    for key, step in (("", 1), ("PageDown", 2), ("PageUp", 1)):
        if key:
            page.keyboard.press(key)
        expect(page.locator(".lesson-kind")).to_contain_text(f"step {step} of")
        settle(page)
        small[step] = illegible(page, 24)
    assert small == {1: [], 2: []}
