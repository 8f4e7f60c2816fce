"""What the stage costs, beside bare pages that do nothing else, in one run on one machine.

    .venv/bin/python benchmarks/stage.py [--rounds 9] [--parts abcde]

(a) drag: the interval between drawn frames while the learning rate is dragged, on the path and with
    *Fit* in view, against a page that only writes the `d` of one SVG path with as many points;
(b) answer: from a key press to the verified curves' paint, against a Streamlit app with one
    `st.slider` and two `st.plotly_chart`s of the same data, made beforehand;
(c) first visit: from the address to a usable stage, against that app's two charts, nothing cached;
(d) the bytes that one update sends;
(e) pages: from the address of another page to all its charts, against (c)'s first page.

The two sides take turns. Headless Chromium, no GPU.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

import numpy as np
from bare import BARE_PAGE, TWO, bare_app, served
from conditions import CHARTS, DRAWN, NOTE_PRESS, PAINTED, USABLE, WATCH_FRAMES
from playwright.sync_api import sync_playwright

from lsedash import Experiment, LinearSystem
from lsedash.figures.style import drawn_points
from lsedash.presets import PRESETS
from lsedash.text.link import query_string, write_link

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from chromium import find_chromium

MOVES = 150
LARGE = Experiment(
    LinearSystem(np.eye(64) + np.eye(64, k=1), np.ones(64)), None, 0.1, 20_000, tolerance=1e-3
)
ROWS = np.random.default_rng(3).standard_normal((97, 2)) * 0.1
HOUSES = Experiment(LinearSystem(ROWS, ROWS @ [2, -1] + 0.1 * ROWS[:, 0] ** 2), None, 0.5, 50)
COLUMN = np.linspace(-1, 1, 4096)[:, None] / 32
TALL = Experiment(LinearSystem(COLUMN, 3 * COLUMN[:, 0]), None, 0.2, 50)

PAGES = {"why": 3, "learning-rates": 5}  # and how many charts each opens with


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--parts", default="abcde", help="which of the five; abcde")
    options = parser.parse_args()
    rounds, parts = options.rounds, options.parts
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        bare = bare_app(folder)
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        with served(ROOT / "app.py", ROOT) as ours, served(bare, ROOT) as theirs:
            for name, experiment in (("n = 2, 50 iterations", TWO), ("n = 64, 20 000", LARGE)):
                if "a" in parts:
                    drag(browser, ours, name, experiment, rounds)
            for name, experiment in (("n = 2", TWO), ("97 rows", HOUSES), ("4096", TALL)):
                if "a" in parts:
                    drag(browser, ours, f"Fit, {name}", experiment, rounds, fit=True)
            if "b" in parts:
                answer(browser, ours, theirs, rounds)
            if "c" in parts:
                first_visit(browser, ours, theirs, rounds)
            for name, experiment in (("worked example", PRESETS[0].experiment), ("n = 64", LARGE)):
                if "d" in parts:
                    sent(browser, ours, name, experiment)
            if "e" in parts:
                pages(browser, ours, rounds)
        browser.close()


def drag(browser, ours, name, experiment, rounds, *, fit=False):
    """(a)"""
    stage = open_stage(browser, ours, experiment, "view=fit&k=2" if fit else "")
    path = "[data-testid=preview-fit]" if fit else "[data-testid=preview-path]"
    points = len(drawn_points(experiment.iterations + 1))
    bare = browser.new_page()
    bare.set_content(BARE_PAGE % points)
    handle = stage.get_by_test_id("rate-handle").bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    intervals = {"stage": [], "bare": []}
    drawn = changing = 0
    for _ in range(max(rounds // 3, 2)):
        stage.bring_to_front()
        stage.mouse.move(x, y)
        stage.mouse.down()
        intervals["stage"] += moved(stage, path, x, y)
        drawn += int(stage.evaluate("() => window.frames_drawn.length"))
        changing += int(stage.evaluate("() => window.changing"))
        stage.mouse.move(x, y)
        stage.mouse.up()
        stage.wait_for_function("() => " + USABLE)
        bare.bring_to_front()
        intervals["bare"] += moved(bare, "path", 100, 200)
    print(f"(a) drag, {name}: {points} points; {drawn} frames drawn for {changing} changing moves")
    table = {key: (median(v), float(np.percentile(v, 95))) for key, v in intervals.items()}
    for key, (middle, late) in table.items():
        print(f"    {key:6} median {middle:6.2f} ms   p95 {late:6.2f} ms")
    ratios = [a / b for a, b in zip(table["stage"], table["bare"], strict=True)]
    print(f"    ratio  median {ratios[0]:6.3f}      p95 {ratios[1]:6.3f}")
    stage.close()
    bare.close()


def moved(page, selector, x, y):
    """Move the mouse; the intervals between frames in which the path had changed, in ms."""
    page.evaluate(WATCH_FRAMES, selector)
    for i in range(MOVES):
        page.mouse.move(x - 100 + i, y)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    times = page.evaluate(
        "() => { cancelAnimationFrame(window.watching); return window.frames_drawn; }"
    )
    return np.diff(times).tolist()


def answer(browser, ours, theirs, rounds):
    """(b)"""
    stage = open_stage(browser, ours, TWO)
    bare = browser.new_page(viewport={"width": 1400, "height": 900})
    bare.goto(theirs)
    bare.wait_for_function("() => " + CHARTS.replace("AT", "1"))
    for page in (stage, bare):
        page.evaluate(NOTE_PRESS)
    slider = bare.locator("[data-testid=stSlider] input, [role=slider]").first
    times = {"stage": [], "bare": []}
    for i in range(2 * rounds + 1):
        stage.bring_to_front()
        stage.get_by_test_id("rate-handle").focus()
        stage.keyboard.press("ArrowLeft" if i % 2 else "ArrowRight")
        times["stage"].append(stage.evaluate(PAINTED, USABLE))
        bare.bring_to_front()
        slider.focus()
        bare.keyboard.press("ArrowRight")
        times["bare"].append(bare.evaluate(PAINTED, CHARTS.replace("AT", str(i + 2))))
    compared("(b) key press to painted answer", times)
    stage.close()
    bare.close()


def first_visit(browser, ours, theirs, rounds):
    """(c)"""
    visits = {
        "stage": (address_of(ours, TWO), USABLE),
        "bare": (theirs, CHARTS.replace("AT", "1")),
    }
    compared("(c) first visit to usable", visited(browser, visits, rounds))


def pages(browser, ours, rounds):
    """(e)"""
    for name, count in PAGES.items():
        visits = {
            "page": (f"{ours}/{name}", DRAWN.replace("COUNT", str(count))),
            "first": (ours, USABLE),
        }
        compared(f"(e) /{name} to its charts", visited(browser, visits, rounds))


def visited(browser, visits, rounds):
    """Visit each of (address, condition) in turn, with nothing cached; the times in ms."""
    times = {key: [] for key in visits}
    for _ in range(rounds):
        for key, (address, condition) in visits.items():
            context = browser.new_context(viewport={"width": 1400, "height": 900})
            context.add_init_script("window.pressed = 0")
            page = context.new_page()
            page.goto(address)
            times[key].append(page.evaluate(PAINTED, condition))
            context.close()
    return times


def compared(name, times):
    """Print medians, and the median of the ratios round by round, the first round left out."""
    print(name)
    for key, values in times.items():
        print(f"    {key:6} median {median(values[1:]):7.1f} ms   of {len(values) - 1}")
    ours, theirs = times.values()
    ratios = [a / b for a, b in zip(ours[1:], theirs[1:], strict=True)]
    print(f"    ratio  median {median(ratios):7.3f}")


def sent(browser, ours, name, experiment):
    """(d)"""
    received = []
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.on(
        "websocket",
        lambda line: line.on("framereceived", lambda frame: received.append(len(frame))),
    )
    page.goto(address_of(ours, experiment))
    page.wait_for_function("() => " + USABLE)
    received.clear()
    page.get_by_test_id("rate-handle").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => " + USABLE)
    print(f"(d) one update, {name}: {sum(received) / 1024:.1f} kB in {len(received)} messages")
    context.close()


def open_stage(browser, ours, experiment, settings=""):
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{address_of(ours, experiment)}&{settings}")
    page.wait_for_function("() => " + USABLE)
    return page


def address_of(ours, experiment):
    return f"{ours}/?{query_string(write_link(experiment))}"


if __name__ == "__main__":
    main()
