"""The paste box in a window as low as a projector's."""

from playwright.sync_api import expect

from helpers.looking import visit
from helpers.stages import TWO


def test_a_fault_in_the_paste_box_is_seen_at_once(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    visit(page, TWO)
    page.get_by_role("button", name="Paste…").click()
    page.get_by_role("textbox", name="Numbers").fill("1 2\n3 x")
    use = page.get_by_role("button", name="Use it")
    use.click()
    fault = page.get_by_test_id("stPopoverBody").get_by_text("'x' is not a number")
    expect(fault).to_be_in_viewport(ratio=1)
    assert fault.bounding_box()["y"] < use.bounding_box()["y"]
    page.set_viewport_size({"width": 1400, "height": 1000})
