"""A picture of a chart is what is seen: on every page, as PNG and as SVG."""

import pytest
from playwright.sync_api import expect

from helpers.looking import open_page, visit
from helpers.pictures import corner_if_opaque, saved
from helpers.stages import TWO
from lsedash import VARIANTS
from lsedash.programs.pitfalls import PITFALLS
from lsedash.text.fields import DEFAULT

WORKED = "A = [1 2 0; 0 1 0; 0 0 1] · b = [1 2 3]"
PARTS = ("ground", "predicted", "limit", "start-handle", "balls", "scatterlayer", "markers")


def expect_twice_the_size(page, png, svg, selector):
    """The SVG is as large as the chart with words around it, the PNG twice as wide and high."""
    box = page.locator(selector).bounding_box()
    width, height = svg.size
    assert 0 <= width - box["width"] <= 30
    assert height > box["height"]
    assert png.size == (2 * width, 2 * height)


def test_a_picture_of_the_path_has_all_that_is_seen(page):
    visit(page, TWO)
    png, svg = (saved(page, "Path chart", kind) for kind in ("PNG", "SVG"))
    rate = f"{TWO.learning_rate:g}"
    assert png.name == f"path-alpha-{rate}-{TWO.iterations}-iterations.png"
    assert svg.name == png.name.replace(".png", ".svg")
    expect_twice_the_size(page, png, svg, ".path .chart")
    assert {variant.title for variant in VARIANTS} | {"predicted"} <= set(svg.words)
    assert {"x₁", "x₂", "x0", "limit"} <= set(svg.words)
    assert svg.words[-1].endswith(f"α = {rate} · N = {TWO.iterations}")
    for part in PARTS:
        (element,) = svg.drawn(part)
        assert any(shape.get("d") or shape.get("r") for shape in element.iter()), part
    (contours,) = svg.drawn("ground")
    expected = page.locator(".path .ground")
    assert contours.get("d") == expected.get_attribute("d")
    assert expected.evaluate("path => getComputedStyle(path).stroke") in contours.get("style")


def test_a_picture_is_light_or_dark_as_shown_and_plotly_offers_no_other(page):
    corners = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        visit(page, TWO)
        corners.append(corner_if_opaque(page, saved(page, "Loss chart", "PNG")))
        background = page.get_by_test_id("stApp").evaluate(
            "app => getComputedStyle(app).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
        )
        assert corners[-1] == background
    page.emulate_media(color_scheme="light")
    assert corners[0] != corners[1]
    expect(page.locator(".modebar-btn").first).to_be_attached()
    assert "png" not in page.locator(".loss .modebar").inner_html().lower()


SETTING = f"{WORKED} · α = 0.1"
PAGES = {
    "learning-rates": (
        "Losses of the race",
        ".st-key-race_losses .js-plotly-plot",
        "losses-of-the-race-50-iterations.png",
        {"iteration k", "loss ½‖Ax − b‖²", f"{WORKED} · N = 50"},
    ),
    "why": (
        "Loss as a stack of its modes",
        ".st-key-modes_loss .js-plotly-plot",
        "loss-as-a-stack-of-its-modes-alpha-0.1-50-iterations.png",
        {"mode 1", "iteration k", f"{SETTING} · N = 50"},
    ),
    "code": (
        "Graph of the loss of Autograd at iteration 0",
        ".st-key-graph [data-testid=stGraphVizChart]",
        "graph-of-the-loss-of-autograd-at-iteration-0-alpha-0.1.png",
        {"MulBackward0", "AccumulateGrad", SETTING},
    ),
    "pitfalls": (
        f"Loss: {PITFALLS[0].title}",
        "[class*=st-key-loss_] .js-plotly-plot",
        "loss-x-alpha-gradient-alpha-0.1-50-iterations.png",
        {"right", "wrong", "predicted", f"{SETTING} · N = 50"},
    ),
}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_pictures_of_its_charts(page, path):
    title, box, name, words = PAGES[path]
    open_page(page, path, DEFAULT, "torch_autograd" if path == "code" else "")
    if path == "code":
        page.get_by_role("radio", name="Graph").click()
    png, svg = (saved(page, f"{title} chart", kind) for kind in ("PNG", "SVG"))
    assert png.name == name
    assert words <= set(svg.words)
    expect_twice_the_size(page, png, svg, box)
    assert corner_if_opaque(page, png)
