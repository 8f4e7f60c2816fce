"""The worker processes: as many as work at a time, and a spare one that takes a lost one's place.

A process needs seconds until it has imported and run everything once; the spare has done so.
"""

import pickle
from collections.abc import Callable
from itertools import count
from math import inf

from lsedash.computing.job import Job
from lsedash.computing.messages import Message, Start
from lsedash.computing.process import WorkerProcess
from lsedash.computing.store import Store


class Crew:
    """Workers and a spare.

    Args:
        size: how many work at a time.
        hear: as for `WorkerProcess`.

    Attributes:
        workers: those that work.
    """

    def __init__(self, size: int, hear: Callable[[WorkerProcess, Message | None], None]) -> None:
        self._hear = hear
        self._first = b""
        self._numbers = count(-1, -1)  # of warm-ups
        self.workers = [WorkerProcess(hear) for _ in range(size)]
        self._spare = WorkerProcess(hear)

    def everyone(self) -> list[WorkerProcess]:
        """The workers and the spare."""
        return [*self.workers, self._spare]

    def freest(self) -> WorkerProcess:
        """The worker that will soonest have time for another job."""
        return min(self.workers, key=WorkerProcess.load)

    def worker_of(self, job: Job) -> WorkerProcess | None:
        """Who works on a job."""
        return next((w for w in self.workers if w.tasks.get(job.number) is job), None)

    def warm_up(self, start: Start) -> list[Job]:
        """Let everyone do this once, and whoever joins later; the jobs that do it now."""
        self._first = pickle.dumps(start, pickle.HIGHEST_PROTOCOL)
        return [self._warm(worker) for worker in self.everyone()]

    def replace(self, lost: WorkerProcess) -> None:
        """Let the spare take the place of one that has ended, and start another spare."""
        if lost is not self._spare:
            self.workers[self.workers.index(lost)] = self._spare
        self._spare = WorkerProcess(self._hear)
        if self._first:
            self._warm(self._spare)

    def end(self) -> None:
        """End all processes."""
        for worker in self.everyone():
            worker.end()

    def _warm(self, worker: WorkerProcess) -> Job:
        number = next(self._numbers)
        job = Job(("warm-up", number), number, Store(0))
        job.start, job.seen, job.is_warm_up = self._first, inf, True
        worker.take(job)
        return job
