"""The address: what the stage keeps is in it, an opened link stays, and steps back are few."""

import re
from dataclasses import replace

from playwright.sync_api import expect

from helpers.looking import enter, expect_verified, linked, parts, rate, stage, visit
from lsedash import Experiment
from lsedash.presets import random_system
from lsedash.text.fields import DEFAULT


def pressed(page, name):
    """Whether a button of the stage is pressed in."""
    return stage(page).get_by_role("button", name=name, exact=True).get_attribute("aria-pressed")


def seen(page):
    """What the stage shows of the settings that it keeps."""
    return (
        pressed(page, "3-D"),
        pressed(page, "Module"),
        page.locator(".readout b").text_content(),
        page.get_by_label("Iterations per second").input_value(),
    )


def test_view_camera_k_and_hidden_programs_are_in_the_link_and_a_reload_keeps_them(page):
    visit(page, DEFAULT)
    steps = page.evaluate("() => history.length")
    page.get_by_role("button", name="3-D").click()
    expect(page.get_by_role("button", name="3-D")).to_have_attribute("aria-pressed", "true")
    chart = page.locator(".path .nsewdrag").bounding_box()
    page.mouse.move(chart["x"] + 100, chart["y"] + 100)
    page.mouse.down()
    page.mouse.move(chart["x"] + 220, chart["y"] + 130, steps=4)
    assert "camera" not in parts(page.url)
    page.mouse.up()
    module = page.locator(".legend").get_by_role("button", name="Module")
    module.click()
    page.get_by_label("Iterations per second").select_option("200")
    page.get_by_test_id("scrub").fill("17")
    page.wait_for_url(lambda url: {"camera", "k", "hide", "speed"} <= set(parts(url)))
    link = parts(page.url)
    camera = link.pop("camera")
    assert link == {"view": "space", "k": "17", "hide": "torch_module", "speed": "200"}
    assert re.fullmatch(r"2[0-9],3[0-9]", camera)  # turned by a radian, tilted by a quarter
    assert page.evaluate("() => history.length") == steps
    before = seen(page)
    page.reload()
    expect_verified(page)
    expect(page.locator(".readout")).to_contain_text("k = 17 of 50")
    assert seen(page) == before == ("true", "false", "k = 17", "200")
    page.locator(".path .plot").press("ArrowLeft")  # by 12 pixels, which are 5.7 degrees
    turn, tilt = map(int, camera.split(","))
    camera = f"{turn - 6},{tilt}"
    page.wait_for_url(lambda url: parts(url)["camera"] == camera)
    enter(rate(page), "0.2")
    page.wait_for_url(lambda url: parts(url) == {"lr": "0.2", "camera": camera, **link})
    page.get_by_test_id("last").click()
    page.wait_for_url(lambda url: "k" not in parts(url))
    page.go_back()
    expect(page.locator(".readout")).to_contain_text("k = 17 of 50")
    assert parts(page.url) == {"camera": camera, **link}
    page.get_by_role("button", name="Reset").click()
    expect(module).to_have_attribute("aria-pressed", "true")
    page.wait_for_url(lambda url: parts(url).keys() == {"view", "camera", "speed"})


def test_a_link_to_a_page_leads_to_the_experiment_in_this_tab_and_in_another(page):
    visit(page, replace(DEFAULT, learning_rate=0.2))
    enter(rate(page), "0.15")
    page.wait_for_url(lambda url: linked(url).learning_rate == 0.15)
    why = page.locator(".st-key-pages").get_by_role("link", name="Why")
    expect(why).to_have_attribute("href", re.compile(r"/why\?lr=0\.15$"))
    with page.context.expect_page() as opened:
        why.click(modifiers=["ControlOrMeta"])
    assert parts(opened.value.url) == {"lr": "0.15"}
    opened.value.close()
    addresses = []
    page.on("framenavigated", lambda frame: addresses.append(frame.url))
    why.click()
    expect(page.get_by_role("heading", name="Why")).to_be_visible()
    page.wait_for_url("**/why?lr=0.15")
    assert [parts(url) for url in addresses] == [{"lr": "0.15"}]  # at no time without the rate


def test_a_page_of_another_version_of_the_server_loads_itself_anew_with_its_experiment(page):
    experiment = replace(DEFAULT, learning_rate=0.2)
    visit(page, experiment)
    page.evaluate("() => { document.documentElement.dataset.lsedash = 'older'; }")
    with page.expect_event("load"):
        page.locator(".st-key-pages").get_by_role("link", name="Why").click()
    expect(page.get_by_role("heading", name="Why")).to_be_visible()
    assert linked(page.url) == experiment
    assert page.evaluate("() => document.documentElement.dataset.lsedash") != "older"


def test_a_link_too_long_to_be_sent_with_every_page_leads_to_every_page_all_the_same(page):
    large = Experiment(random_system(10, m=30, n=30), None, 0.01, 20)
    visit(page, large)
    links = page.locator(".st-key-pages")
    why = links.get_by_role("link", name="Why")
    why.hover()
    assert linked(why.get_attribute("href")) == large
    links.get_by_role("link", name="Code").click()
    expect(page.get_by_role("heading", name="Code")).to_be_visible()
    page.wait_for_url(lambda url: parts(url) and linked(url) == large)
    page.go_back()
    expect_verified(page)
    assert linked(page.url) == large
