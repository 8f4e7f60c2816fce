"""The bytes that a first and a second visit take from the server, beside a bare app's, in one run.

    .venv/bin/python benchmarks/visit_bytes.py

A visit lasts from the address to a usable page; the second one comes from the same browser. Answers
count as they were sent, with their headers; of the socket's messages the content counts.
"""

import sys
import tempfile
from base64 import b64decode
from pathlib import Path

from bare import bare_app, served
from conditions import CHARTS, USABLE
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from chromium import find_chromium

LOADED = f"() => document.readyState === 'complete' && {USABLE}"
BINARY = 2  # the kind of a socket's message


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        bare = bare_app(folder)
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        with served(ROOT / "app.py", ROOT) as ours, served(bare, ROOT) as theirs:
            compared(browser, "lsedash", ours, LOADED)
            compared(browser, "bare app", theirs, "() => " + CHARTS.replace("AT", "1"))
        browser.close()


def compared(browser, name, address, condition):
    """Print what a first and a second visit of one browser take."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    for which in ("first", "second"):
        answers, messages = visited(context, address, condition)
        total = sum(answers.values()) / 1024
        kilobytes = sum(messages) / 1024
        largest = sorted(answers.items(), key=lambda item: -item[1])[:3]
        told = ", ".join(f"{path} {size / 1024:.0f}" for path, size in largest if size > 10_000)
        print(f"{name:9} {which:6} visit: {total:7.1f} kB in answers, {kilobytes:5.1f} in messages")
        print(f"          {len(answers)} answers from the server" + (f"; {told}" if told else ""))
    context.close()


def visited(context, address, condition):
    """The bytes of each answer, by path, and of each message of one visit."""
    page = context.new_page()
    line = context.new_cdp_session(page)
    paths, answers, messages = {}, {}, []
    line.on("Network.requestWillBeSent", lambda said: paths.update(named(said)))
    line.on("Network.loadingFinished", lambda said: note(answers, paths, said))
    line.on("Network.webSocketFrameReceived", lambda said: messages.append(size(said["response"])))
    line.send("Network.enable")
    page.goto(address)
    page.wait_for_function(condition)
    page.wait_for_load_state("networkidle")
    page.close()
    return answers, messages


def named(said):
    return {said["requestId"]: said["request"]["url"].partition("://")[2].partition("/")[2]}


def note(answers, paths, said):
    """Add an answer that came over the line; one from the browser's cache has no bytes."""
    path = paths.get(said["requestId"])
    if path is not None and said["encodedDataLength"]:
        answers[path] = answers.get(path, 0) + said["encodedDataLength"]


def size(frame):
    text = frame["payloadData"]
    return len(b64decode(text)) if frame["opcode"] == BINARY else len(text.encode())


if __name__ == "__main__":
    main()
