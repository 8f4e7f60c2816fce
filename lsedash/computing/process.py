"""A worker process as its server sees it."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO, Any

import lsedash
from lsedash.computing.job import Job
from lsedash.computing.messages import DROP, SNAPSHOT, START, Message, received, send
from lsedash.computing.threads import ONE_THREAD

PIPE = 2**20  # bytes; a result has up to 53 million
LOG = logging.getLogger(__name__)


def environment() -> dict[str, str]:
    """A worker's environment: it finds the modules that we find, and computes in one thread."""
    package = str(Path(lsedash.__file__).parent.parent)
    paths = [package, *filter(None, sys.path)]
    threads = dict.fromkeys(ONE_THREAD, "1")
    return {**os.environ, **threads, "PYTHONPATH": os.pathsep.join(paths)}


def widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold more, where the system can do that.

    (Between two reads the server's other threads run: 50 MB took 3.4 s beside two busy ones, and
    0.7 s through a wide pipe.)
    """
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


class WorkerProcess:
    """One worker process and the jobs that were handed to it.

    Args:
        hear: called in a thread of its own with this worker and each message that it sends, and
            with None when it has ended.

    Attributes:
        tasks: the jobs that it has, by number.
        turn: the number of the job that it works on.
        is_ready: whether it has imported everything.

    Raises:
        OSError, RuntimeError: the system gives no further process, descriptor or thread.
    """

    def __init__(self, hear: Callable[["WorkerProcess", Message | None], None]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "lsedash.computing.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
        )
        assert self.process.stdout is not None
        widen(self.process.stdout)
        self.tasks: dict[int, Job] = {}
        self.turn: int | None = None
        self.is_ready = False
        try:
            Thread(target=self._listen, args=(hear,), daemon=True).start()
        except RuntimeError:
            self._close()
            raise

    @property
    def is_warm(self) -> bool:
        """Whether it has done its warm-up, too."""
        return self.is_ready and not any(job.is_warm_up for job in self.tasks.values())

    def take(self, job: Job) -> None:
        """Hand it a job."""
        self.tasks[job.number] = job
        self.say(START, job.number, job.start)
        if job.parts:
            self.say(SNAPSHOT, job.number)

    def give_back(self, job: Job) -> None:
        """Let it forget a job."""
        del self.tasks[job.number]
        self.say(DROP, job.number)

    def say(self, *message: Any) -> None:
        """Send it a message; if it has ended, `hear` is about to be told."""
        assert self.process.stdin is not None
        with suppress(OSError, ValueError):
            send(self.process.stdin, *message)  # type: ignore[arg-type]

    def count(self, *, is_long: bool) -> int:
        """How many of its jobs are long, or are not known to be."""
        return sum(job.is_long == is_long for job in self.tasks.values())

    def not_begun(self) -> list[Job]:
        """Its jobs that had no turn yet."""
        return [job for job in self.tasks.values() if not job.has_begun]

    def load(self) -> tuple[bool, int]:
        """Less for a worker that is warm, then for one with fewer jobs."""
        return not self.is_warm, len(self.tasks)

    def end(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        self.process.kill()
        self.process.wait()
        with suppress(OSError):
            self.process.stdin.close()

    def _close(self) -> None:
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.end()

    def _listen(self, hear: Callable[["WorkerProcess", Message | None], None]) -> None:
        assert self.process.stdout is not None
        for message in received(self.process.stdout):  # type: ignore[arg-type]
            self._pass_on(hear, message)
        self._close()
        self._pass_on(hear, None)

    def _pass_on(
        self, hear: Callable[["WorkerProcess", Message | None], None], message: Message | None
    ) -> None:
        try:
            hear(self, message)
        except Exception:  # the next message must be heard all the same
            LOG.exception("A message of worker %d was not handled", self.process.pid)
