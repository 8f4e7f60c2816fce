"""A Streamlit server on a free port of this machine."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import lsedash

ROOT = Path(lsedash.__file__).parent.parent
LONGEST_START = 120  # seconds


@dataclass(frozen=True)
class Server:
    """A server that answers: its address, its process, and the file of what it prints."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def status(self):
        """What `/status` says."""
        with urlopen(f"{self.address}/status", timeout=30) as answer:
            return json.load(answer)


@contextmanager
def served(script: Path, log: Path) -> Iterator[Server]:
    """Serve a script with the project's settings.

    Raises:
        RuntimeError: it ended, or took too long to start; with what it printed.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait_for(server)
        yield server
    finally:
        _end(process)


def _wait_for(server: Server) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urlopen(f"{server.address}/_stcore/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)  # between two questions to a server that does not listen yet
    raise RuntimeError(f"The server did not start:\n{server.log.read_text(encoding='utf-8')}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise
