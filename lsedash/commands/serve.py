"""`lsedash` without a command: become the dashboard's server."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from lsedash.computing.shared import number_of_workers
from lsedash.computing.threads import ONE_THREAD
from lsedash.lessons.catalogue import FOLDER, lessons_in
from lsedash.problem import InvalidInput

NOTHING_TO_SERVE = 1  # an exit status


def serve(*, port: int | None, browser: bool, lessons: str | None = None) -> int:
    """Become the dashboard's server; returns only if there is nothing to serve.

    Args:
        lessons: a folder of lessons to offer beside ours.

    Raises:
        InvalidInput: the environment asks for something that is no number of workers, or there is
            no such folder.
    """
    number_of_workers()  # is refused here, and not after seconds
    offered = {} if lessons is None else {FOLDER: _folder(lessons)}
    app = doorway()
    if app is not None:
        # A new process, because the thread limits count only before NumPy is first imported.
        command = _server_command(app, port, browser)
        os.execve(sys.executable, command, _one_thread({**os.environ, **offered}))
    print("lsedash: app.py is missing; install lsedash again.", file=sys.stderr)
    return NOTHING_TO_SERVE


def _folder(name: str) -> str:
    """The whole path of a folder of lessons; each file that is no lesson is told, and left out."""
    folder = Path(name).absolute()
    if not folder.is_dir():
        raise InvalidInput(f"There is no folder {name} with lessons.")
    lessons, refused = lessons_in(folder)
    for sentence in refused:
        print(f"lsedash: {sentence}", file=sys.stderr)
    if not (lessons or refused):
        print(f"lsedash: {name} holds no lesson; its files end with .toml.", file=sys.stderr)
    return str(folder)


def doorway(package: Path = Path(__file__).parent.parent) -> Path | None:
    """The app.py to serve: the one inside an installed package, else the one of the checkout."""
    candidates = (package / "doorway" / "app.py", package.parent / "app.py")
    return next((path for path in candidates if path.is_file()), None)


def _server_command(app: Path, port: int | None, browser: bool) -> list[str]:
    # -P: the server must not import modules from the folder in which lsedash was started.
    command = [sys.executable, "-P", "-m", "streamlit", "run", str(app)]
    command += [f"--server.port={port}"] if port is not None else []
    command += [] if browser else ["--server.headless=true"]
    return command


def _one_thread(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with one thread for each library, unless it says how many."""
    return {**dict.fromkeys(ONE_THREAD, "1"), **environment}
