"""The grid of A, b and x0: no number is cut, b stays in view, the largest size is said."""

import numpy as np
from playwright.sync_api import expect

from helpers.looking import cell, enter, expect_experiment, visit
from lsedash import Experiment, LinearSystem
from lsedash.presets import random_system

CUT = """() => [...document.querySelectorAll("[data-cell]")]
  .filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.value)"""
WIDE = Experiment(
    LinearSystem([[-4.437, 1 / 3, -1.2345678901234567e-10]], [-2.0000000000000004]), None, 0.01, 5
)


def button(page, name):
    return page.get_by_role("button", name=name)


def test_a_long_number_is_shown_in_six_digits_until_it_is_edited_and_stays_exact(page):
    visit(page, WIDE)
    assert page.evaluate(CUT) == []
    third = cell(page, "A-1-2")
    expect(third).to_have_value("0.333333")
    expect(third).to_have_attribute("title", "0.3333333333333333")
    third.focus()
    expect(third).to_have_value("0.3333333333333333")
    assert page.evaluate(CUT) == []
    cell(page, "A-1-1").fill("-123456.789012")
    assert page.evaluate(CUT) == []
    cell(page, "b-1").focus()
    expect(third).to_have_value("0.333333")
    expect(cell(page, "A-1-1")).to_have_value("-123457")
    A = [[-123456.789012, *WIDE.system.A[0, 1:]]]
    expect_experiment(page, Experiment(LinearSystem(A, WIDE.system.b), None, 0.01, 5))


def test_b_stays_beside_a_and_the_largest_size_is_said_before_it_is_reached(page):
    experiment = Experiment(random_system(3, m=9, n=11, seed=1), None, 0.1, 5)
    visit(page, experiment)
    limit = page.get_by_text("up to 12 rows and columns. For more, use Paste")
    expect(limit).to_be_visible()
    for name in ("A-1-11", "A-1-1"):
        cell(page, name).scroll_into_view_if_needed()
        expect(cell(page, "b-1")).to_be_in_viewport(ratio=0.99)
    frame = page.locator(".grid").bounding_box()
    b = cell(page, "b-1").bounding_box()
    assert b["x"] + b["width"] <= frame["x"] + frame["width"] + 1
    button(page, "Add a column").click()
    expect(button(page, "Add a column")).to_be_disabled()
    expect(button(page, "Add a column")).to_have_attribute(
        "title", "Up to 12; for more, use Paste…."
    )
    expect(limit).to_be_visible()
    for name in ("Remove the last column",) * 4:
        button(page, name).click()
    button(page, "Remove the last row").click()
    expect(limit).to_have_count(0)
    enter(cell(page, "b-1"), "2.5")
    A, b = experiment.system.A[:8, :8], np.array([2.5, *experiment.system.b[1:8]])
    expect_experiment(page, Experiment(LinearSystem(A, b), None, 0.1, 5))
