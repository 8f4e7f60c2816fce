"""Links, the back button, several tabs, downloads: what leaves the page and comes back to it."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
from playwright.sync_api import expect

from helpers.accessibility import draw_in, serious_in_both_schemes
from helpers.codes import read_picture
from helpers.looking import (
    TITLES,
    cell,
    enter,
    expect_experiment,
    expect_losses,
    linked,
    losses,
    rate,
    visit,
)
from lsedash import LinearSystem
from lsedash.presets import PRESETS
from lsedash.text.fields import DEFAULT

TWO = PRESETS[1].experiment


def test_a_stranger_who_opens_the_link_sees_the_same_to_the_last_bit(page, new_context):
    visit(page, DEFAULT)
    enter(cell(page, "A-3-1"), "1/3")
    enter(cell(page, "x0-2"), "-1e-7")
    A = DEFAULT.system.A.copy()
    A[2, 0] = 1 / 3
    experiment = replace(DEFAULT, system=LinearSystem(A, DEFAULT.system.b), x0=[0, -1e-7, 0])
    expect_experiment(page, experiment)
    stranger = new_context().new_page()
    stranger.goto(page.url)
    expect_losses(stranger, experiment)
    for name in TITLES.values():
        assert np.array_equal(losses(page, name), losses(stranger, name))
    page.reload()
    expect_losses(page, experiment)


def test_copy_link_copies_the_address(page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, replace(TWO, iterations=33))
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.url
    assert linked(copied) == replace(TWO, iterations=33)


def test_the_qr_code_of_the_link_fills_the_window_and_can_be_read_in_both_schemes(page):
    asked = "%2F%2F127.0.0.1%3A", "%2F%2Fclass.example.edu%3A"  # the link in the question
    page.route("**/qr?**", lambda route: route.continue_(url=route.request.url.replace(*asked)))
    visit(page, replace(TWO, iterations=33))
    button = page.get_by_role("button", name="QR code")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="QR code of this page's link")
    expect(dialog).to_be_visible()
    link = page.url.replace("127.0.0.1", "class.example.edu")
    expect(dialog.get_by_text(link, exact=True)).to_be_visible()
    for scheme in ("light", "dark"):
        draw_in(page, scheme)
        assert read_picture(page.screenshot()) == [link]
    assert dialog.get_by_role("img").bounding_box()["height"] > 0.8 * page.viewport_size["height"]
    assert serious_in_both_schemes(page) == {}
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    page.unroute("**/qr?**")  # the server of the tests answers this machine alone
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("which no other device can reach")
    expect(dialog.get_by_role("img")).to_be_hidden()
    dialog.get_by_role("button", name="Close").click()
    expect(button).to_be_focused()


def test_the_back_button_brings_back_the_former_experiment(page):
    visit(page, DEFAULT)
    enter(rate(page), "0.2")
    expect_experiment(page, replace(DEFAULT, learning_rate=0.2))
    enter(rate(page), "0.3")
    expect_experiment(page, replace(DEFAULT, learning_rate=0.3))
    page.go_back()
    expect_experiment(page, replace(DEFAULT, learning_rate=0.2))
    expect(rate(page)).to_have_value("0.2")
    page.go_forward()
    expect_experiment(page, replace(DEFAULT, learning_rate=0.3))


def test_the_download_has_a_line_for_each_point(page):
    visit(page, replace(TWO, iterations=12))
    page.get_by_text("Print the losses as the article does").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download losses (CSV)").click()
    assert coming.value.suggested_filename == "losses.csv"
    header, *lines = csv.reader(Path(coming.value.path()).read_text(encoding="utf-8").splitlines())
    assert header == ["k", *TITLES, "predicted"]
    assert [int(line[0]) for line in lines] == list(range(13))
    assert [float(line[1]) for line in lines] == losses(page).tolist()
