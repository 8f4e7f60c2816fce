"""The page Code in a browser: phases, the X-ray by mouse and keyboard, bookmarks, downloads."""

import subprocess
import sys
from dataclasses import replace

from playwright.sync_api import expect

from helpers.looking import main, open_page, stage
from lsedash import LinearSystem, compare
from lsedash.explaining.remarks import REMARKS
from lsedash.looking.listing import PHASES
from lsedash.looking.take_home import printed_lines
from lsedash.text.fields import DEFAULT

CHART = "() => document.querySelector('.js-plotly-plot .scatterlayer') !== null"
BACKGROUND = "element => getComputedStyle(element).backgroundColor"


def show(page, title):
    """Choose a program."""
    main(page).get_by_role("radio", name=title, exact=True).click()
    expect(main(page).get_by_role("group", name="The program")).to_be_visible()
    expect(page.locator("table.programs")).to_have_count(0)  # those it stands in for


def look_at(page, panel):
    main(page).get_by_role("radio", name=panel, exact=True).click()


def remember(page, remark):
    """Choose one of the article's remarks."""
    page.get_by_role("combobox", name="The article's remarks").fill(remark.title)
    page.get_by_role("option", name=f"{remark.number}. {remark.title}").click()


def test_hovering_a_phase_lights_it_in_all_of_them_and_choosing_it_keeps_it_lit(page):
    open_page(page, "code", DEFAULT)
    for phase in PHASES:
        row = page.locator(f'tr[data-phase="{phase}"]')
        before = row.locator("td").nth(4).evaluate(BACKGROUND)
        for _ in range(20):  # as long as fonts arrive, the row may leave the mouse again
            row.locator("td").nth(0).hover()
            lit = {cell.evaluate(BACKGROUND) for cell in row.locator("td").all()}
            if before not in lit:
                break
        assert len(lit) == 1, phase
        assert lit != {before}, phase
    page.get_by_role("radio", name="backward").click()
    table = page.locator("table.programs")
    expect(table).to_have_attribute("data-lit", "backward")
    row = page.locator('tr[data-phase="backward"]')
    other = page.locator('tr[data-phase="update"] td').nth(0)
    assert row.locator("td").nth(3).evaluate(BACKGROUND) != other.evaluate(BACKGROUND)


def test_lines_are_chosen_by_a_click_or_with_the_keyboard_alone_and_the_graph_has_gradients(page):
    open_page(page, "code", DEFAULT)
    show(page, "Autograd")
    page.get_by_text("loss.backward()", exact=True).click()
    state = page.locator(".state")
    expect(state).to_contain_text(".grad = [[[-1.], [-4.], [-3.]]]")
    expect(page.locator(".line.chosen")).to_contain_text("loss.backward()")
    line = page.get_by_role("button", name="Show the X-ray of line 17")
    line.focus()
    page.keyboard.press("Enter")
    expect(line).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Show the X-ray of line 18")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(line).to_be_focused()
    look_at(page, "Graph")
    leaf = page.locator(".st-key-graph svg .leaf")
    expect(leaf).to_contain_text("AccumulateGrad")
    expect(leaf).not_to_contain_text("gradient")
    page.get_by_text("Show the gradient that reaches each node").click()
    expect(leaf).to_contain_text("gradient (-1, -4, -3)")


def test_what_is_no_iteration_gets_a_sentence_where_it_was_typed_and_stays_there(page):
    open_page(page, "code", DEFAULT)
    show(page, "Autograd")
    page.get_by_text("loss.backward()", exact=True).click()
    field = page.get_by_role("spinbutton", name="Iteration (0 to 50)")
    sentence = page.get_by_role("alert").filter(has_text="a whole number, in digits, from 0 to 50")
    for typed in ("1e999", "1e1", "51"):  # of the second Streamlit would take the 1
        field.press("ControlOrMeta+a")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(sentence).to_be_visible()
        assert field.evaluate("field => field.validity.badInput || field.value") in (typed, True)
    field.fill("7")
    page.keyboard.press("Enter")
    expect(page.get_by_text("in iteration 7")).to_be_visible()
    expect(sentence).to_have_count(0)


def expect_remark(page, remark):
    expect(page.get_by_test_id("stAlert")).to_contain_text(remark.text[:30])
    if remark.graph:
        expect(page.locator(".st-key-graph svg .leaf")).to_have_count(1)
        expect(page.locator(".st-key-graph svg .saved").first).to_be_visible()
    else:
        expect(page.locator(".state .looked").first).to_be_visible()
        expect(page.locator(".line.chosen")).to_contain_text(remark.code)


def test_every_bookmark_opens_the_place_that_shows_the_remark(page):
    open_page(page, "code", DEFAULT)
    for remark in REMARKS:
        remember(page, remark)
        expect_remark(page, remark)
        page.wait_for_url(f"**/code?show=remark_{remark.number}")


def test_a_bookmark_can_be_sent_as_a_link(page):
    open_page(page, "code", DEFAULT, show="remark_6")
    expect_remark(page, REMARKS[5])
    expect(page.locator(".line.chosen")).to_be_in_viewport()


def test_one_press_of_back_undoes_one_change_of_page(page):
    open_page(page, "code", DEFAULT)
    remember(page, REMARKS[5])
    page.wait_for_url("**/code?show=remark_6")
    page.get_by_role("link", name="Pitfalls").click()
    expect(page.get_by_role("heading", name="1. ")).to_be_visible()
    before = page.evaluate("() => history.length")
    page.get_by_role("link", name="Code").click()
    expect_remark(page, REMARKS[5])
    assert page.evaluate("() => history.length") == before + 1
    page.go_back()
    expect(page.get_by_role("heading", name="1. ")).to_be_visible()


def test_the_downloaded_script_prints_what_the_page_shows(page, tmp_path):
    system = LinearSystem([[1, 2, 0.1], [0, 1, 0], [1 / 3, 0, 1], [0.7, 0, 0]], [1, 2, 3, 4])
    experiment = replace(DEFAULT, system=system, x0=[0.1, 0, 0], iterations=17)
    open_page(page, "code", experiment)
    show(page, "Module")
    look_at(page, "Take home")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download the script").click()
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    done = subprocess.run(
        [sys.executable, file], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    *losses, x = done.stdout.splitlines()
    assert losses == list(printed_lines(compare(experiment)["torch_module"], experiment))
    assert x.startswith("x = [")
    expect(page.get_by_test_id("stCode")).to_contain_text(losses[-1])


def test_the_way_to_another_page_and_back_keeps_the_experiment(page):
    experiment = replace(DEFAULT, learning_rate=0.2)
    open_page(page, "code", experiment)
    assert page.url.endswith("/code?lr=0.2")
    page.get_by_role("link", name="Descend").click()
    expect(stage(page)).to_have_attribute("data-state", "verified")
    assert page.url.endswith("/?lr=0.2")
    page.go_back()
    expect(page.locator("table.programs")).to_be_visible()
    assert page.url.endswith("/code?lr=0.2")
    page.go_forward()
    expect(stage(page)).to_have_attribute("data-state", "verified")
    assert page.url.endswith("/?lr=0.2")


def test_the_link_to_another_page_carries_a_rate_that_was_just_changed(page):
    open_page(page, "", DEFAULT)
    field = page.get_by_test_id("rate-input")
    field.fill("0.25")
    field.press("Enter")
    page.wait_for_url("**/?lr=0.25")
    page.get_by_role("link", name="Code").click()
    expect(page.locator("table.programs")).to_be_visible()
    page.wait_for_url("**/code?lr=0.25")


def test_arrow_keys_with_shift_lead_to_the_next_remark_and_through_the_program(page):
    open_page(page, "code", DEFAULT, show="remark_4")
    expect_remark(page, REMARKS[3])
    expect(page.get_by_role("button", name="Next remark")).to_be_visible()
    page.keyboard.press("Shift+ArrowRight")
    expect_remark(page, REMARKS[4])
    page.keyboard.press("Shift+ArrowLeft")
    expect_remark(page, REMARKS[3])
    chosen = page.locator(".line.chosen")
    before = chosen.inner_text()
    page.keyboard.press("Shift+ArrowDown")
    expect(chosen).not_to_have_text(before, use_inner_text=True)
    page.keyboard.press("Shift+ArrowUp")
    expect_remark(page, REMARKS[3])
