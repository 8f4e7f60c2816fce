"""From a file on the disk to a descent on it."""

import numpy as np
from playwright.sync_api import expect

from helpers.accessibility import serious
from helpers.looking import expect_experiment, linked, visit
from lsedash import Experiment, LinearSystem
from lsedash.text.fields import DEFAULT

SIZES = [[2104.0, 3], [1600, 3], [2400, 3], [1416, 2], [3000, 4]]
PRICES = [399.9, 329.9, 369, 232, 539.9]
HOUSES = "size,rooms,price\n" + "".join(
    f"{size:g},{rooms:g},{price:g}\n" for (size, rooms), price in zip(SIZES, PRICES, strict=True)
)
COMMAS = "1,5 2,5 3,5\n4,5 5,5 6,5\n"
DROP = """text => {
  const data = new DataTransfer();
  data.items.add(new File([text], "dropped.txt"));
  for (const type of ["dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true }));
  }
}"""


def dialog(page):
    return page.get_by_role("dialog", name="Your data")


def test_a_file_becomes_a_verified_descent_in_two_clicks(page, tmp_path):
    file = tmp_path / "houses.csv"
    file.write_text(HOUSES, encoding="utf-8")
    visit(page, DEFAULT)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Data…").click()
    chooser.value.set_files(file)
    expect(dialog(page).get_by_role("heading")).to_have_text("houses.csv")
    expect(dialog(page).get_by_role("cell", name="399.9")).to_be_visible()
    assert serious(page) == {}
    use = dialog(page).get_by_role("button", name="Use it")
    expect(use).to_be_in_viewport()
    expect(use).to_be_focused()
    use.click()
    page.wait_for_url("**names=price*")
    expect(dialog(page)).to_be_hidden()
    experiment = linked(page.url)
    A = np.column_stack([np.ones(5), SIZES])
    assert experiment.system == LinearSystem(A, PRICES)
    expect_experiment(page, experiment)
    expect(page.get_by_test_id("stage")).to_have_attribute("data-state", "verified")


def test_a_dropped_file_is_read_whatever_is_open_and_what_is_ambiguous_is_asked_by_keyboard(page):
    visit(page, Experiment(LinearSystem([[2]], [3])))
    page.evaluate(DROP, COMMAS)
    expect(dialog(page)).to_contain_text("Which is right?")
    choices = dialog(page).get_by_role("button", name="This one")
    first = dialog(page).locator("section", has_text="decimal commas").get_by_role("button")
    assert choices.count() > 1
    expect(choices.first).to_be_focused()
    first.press("Enter")
    use = dialog(page).get_by_role("button", name="Use it")
    expect(use).to_be_enabled()
    role = dialog(page).get_by_label("What column 2 is")
    role.focus()
    role.select_option("left out")
    expect(dialog(page).get_by_role("status").last).to_contain_text("A is 2 x 2")
    expect(role).to_be_focused()  # though everything was drawn anew
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    assert linked(page.url).system.n == 1
    page.evaluate(DROP, "no table at all")
    expect(dialog(page).get_by_role("status").first).not_to_be_empty()
    expect(use).to_be_hidden()
