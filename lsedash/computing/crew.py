"""The worker processes: so many that compute, and a spare one that takes a lost one's place.

A process needs seconds until it has imported and run everything once; the spare has done so.
"""

import logging
import pickle
from collections.abc import Callable
from itertools import count
from math import inf
from threading import Condition, RLock, Thread

from lsedash.computing.job import Job
from lsedash.computing.messages import Message, Start
from lsedash.computing.process import WorkerProcess
from lsedash.computing.store import Store

MOST_FAILED_STARTS = 10  # in a row; then nobody waits for a worker any more
LONGEST_PAUSE = 60.0  # seconds between two starts
LOG = logging.getLogger(__name__)


class Crew:
    """Workers and a spare. A thread starts another process for each that has ended.

    Args:
        size: how many compute at a time.
        lock: is held by whoever calls a method, and whenever a process is started.
        hear: as for `WorkerProcess`.
        give_up: called when no worker is ready, and none can be started.

    Attributes:
        failed_starts: how many processes in a row could not be started, or ended while they
            started.
    """

    def __init__(
        self,
        size: int,
        lock: RLock,
        hear: Callable[[WorkerProcess, Message | None], None],
        give_up: Callable[[], None],
    ) -> None:
        self._size, self._hear, self._give_up = size, hear, give_up
        self._processes: list[WorkerProcess] = []
        self._first = b""
        self._numbers = count(-1, -1)  # of warm-ups
        self._changed = Condition(lock)
        self._is_closed = False
        self.failed_starts = 0
        self._fill()
        Thread(target=self._keep_full, daemon=True).start()

    @property
    def workers(self) -> list[WorkerProcess]:
        """The processes that compute."""
        return self._processes[: self._size]

    def everyone(self) -> list[WorkerProcess]:
        """The workers and the spare."""
        return list(self._processes)

    @property
    def is_broken(self) -> bool:
        """Whether no worker is warm, and none can be started."""
        is_warm = any(worker.is_warm for worker in self._processes)
        return self.failed_starts >= MOST_FAILED_STARTS and not is_warm

    def freest(
        self, has_room: Callable[[WorkerProcess], bool] = lambda _: True
    ) -> WorkerProcess | None:
        """The worker with the fewest jobs, warm ones first; None if none is ready with room.

        (A worker that is not ready reads nothing yet, so a long message to it would have to wait.)
        """
        ready = [worker for worker in self.workers if worker.is_ready and has_room(worker)]
        return min(ready, key=WorkerProcess.load, default=None)

    def worker_of(self, job: Job) -> WorkerProcess | None:
        """The worker that has a job, if one has it."""
        return next((w for w in self.workers if w.tasks.get(job.number) is job), None)

    def warm_up(self, start: Start) -> list[Job]:
        """Let everyone do this once, and whoever joins later; the jobs that do it now."""
        self._first = pickle.dumps(start, pickle.HIGHEST_PROTOCOL)
        return [self._warm(worker) for worker in self._processes]

    def welcome(self, worker: WorkerProcess) -> None:
        """A worker has imported everything, or done its warm-up."""
        if worker.is_warm:
            self.failed_starts = 0

    def lose(self, worker: WorkerProcess, *, was_warm: bool) -> None:
        """A worker has ended: the spare takes its place, and another spare is started."""
        self._processes.remove(worker)
        if not was_warm:
            self._count_failed("it ended before it was ready")
        self._changed.notify_all()

    def end(self) -> None:
        """End all processes."""
        self._is_closed = True
        self._changed.notify_all()
        for worker in self._processes:
            worker.end()

    def _keep_full(self) -> None:
        with self._changed:
            while not self._is_closed:
                if len(self._processes) > self._size:
                    self._changed.wait()
                elif not self._changed.wait_for(lambda: self._is_closed, self._pause()):
                    self._fill()

    def _fill(self) -> None:
        while len(self._processes) <= self._size:
            try:
                worker = WorkerProcess(self._hear)
            except (OSError, RuntimeError) as fault:  # no memory, descriptor or thread is left
                self._count_failed(str(fault))
                return
            self._processes.append(worker)
            if self._first:
                self._warm(worker)

    def _pause(self) -> float:
        """Seconds until the next start: next to none at first, then longer after each failure."""
        if not self.failed_starts:
            return 0.0
        return min(LONGEST_PAUSE, 2.0 ** (self.failed_starts - MOST_FAILED_STARTS))

    def _count_failed(self, why: str) -> None:
        self.failed_starts += 1
        text = "A worker process could not start: %s. It is start %d in a row that failed."
        LOG.warning(text, why, self.failed_starts)
        if self.is_broken:
            self._give_up()

    def _warm(self, worker: WorkerProcess) -> Job:
        number = next(self._numbers)
        job = Job(("warm-up", number), number, Store(0))
        job.start, job.seen, job.is_warm_up = self._first, inf, True
        worker.take(job)
        return job
