"""Find a Chromium that starts, for the tests that drive the dashboard.

As a program it prints the path; with --install it sees to it that there is one.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import gettempdir

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHT_FOLDERS = (".cache/ms-playwright", "Library/Caches/ms-playwright")
PLAYWRIGHT_PATTERNS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium_headless_shell-*/*/*headless?shell",
)
MISSING = (
    "The browser tests need Chromium and none was found. Install it with your system's package "
    "manager (Debian: apt-get install chromium) or with `.venv/bin/playwright install chromium`, "
    "or set CHROMIUM to the path of one."
)


def find_chromium() -> str | None:
    """The path of a Chromium that starts: CHROMIUM, one on PATH, one of Playwright's; else None."""
    return next((path for path in _candidates() if _starts(path)), None)


def install_chromium() -> str | None:
    """Find a Chromium, else get one from Playwright, else, as root on Debian, from apt.

    Of several processes that ask at the same time one gets it.
    """
    with (Path(gettempdir()) / f"lsedash-chromium-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return find_chromium() or _get_chromium()


def _get_chromium() -> str | None:
    playwright = (sys.executable, "-m", "playwright", "install", "chromium")
    _try(playwright, seconds=120)  # without a network it would wait much longer
    found = find_chromium()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _try(("apt-get", "update"), seconds=600)
        _try(("apt-get", "install", "-y", "chromium"), seconds=1800)
        found = find_chromium()
    return found


def _candidates() -> Iterator[str]:
    if "CHROMIUM" in os.environ:
        yield os.environ["CHROMIUM"]
    yield from filter(None, map(shutil.which, ON_PATH))
    folders = [Path.home() / folder for folder in PLAYWRIGHT_FOLDERS]
    if "PLAYWRIGHT_BROWSERS_PATH" in os.environ:
        folders.insert(0, Path(os.environ["PLAYWRIGHT_BROWSERS_PATH"]))
    for folder in folders:
        for pattern in PLAYWRIGHT_PATTERNS:
            yield from map(str, sorted(folder.glob(pattern), reverse=True))


def _starts(path: str) -> bool:
    """Some are only a stub that asks for a snap, some lack the libraries they need."""
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _try(command: Sequence[str], *, seconds: int) -> None:
    """Run a command that may fail or hang; whether it helped is found out afterwards."""
    print("$", " ".join(command), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        print(f"gave up after {seconds} seconds", flush=True)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)  # what it started itself as well


if __name__ == "__main__":
    chromium = install_chromium() if "--install" in sys.argv else find_chromium()
    if chromium is None:
        sys.exit(MISSING)
    print(chromium)
