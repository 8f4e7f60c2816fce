"""The jobs that wait for a worker, and which worker is handed which job.

There are two queues, because nobody knows how long a job takes before it has run. Every job begins
in the queue of new jobs. If it turns out to be long while its worker has many long jobs already, it
goes into the queue of long jobs, where it holds up no new one.
"""

from collections import deque
from collections.abc import Callable

from lsedash.computing.crew import Crew
from lsedash.computing.job import Job
from lsedash.computing.process import WorkerProcess

MOST_NEW = 8  # jobs in one worker that are not known to be long
MOST_LONG = 8  # each can hold 50 MB


class Queue:
    """The jobs that wait for the workers of a crew."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._new: deque[Job] = deque()
        self._long: deque[Job] = deque()

    def __len__(self) -> int:
        return len(self._new) + len(self._long)

    def __contains__(self, job: Job) -> bool:
        return job in self._new or job in self._long

    def add(self, job: Job) -> None:
        """Let a job wait behind the others."""
        self._of(job).append(job)
        self.move()

    def add_first(self, job: Job) -> None:
        """Let a job wait before the others: its worker has ended, and it begins again."""
        job.begin_again()
        self._of(job).appendleft(job)

    def remove(self, job: Job) -> None:
        """Forget a job, if it waits."""
        if job in self:
            self._of(job).remove(job)

    def clear(self) -> list[Job]:
        """Forget all jobs that wait, and return them."""
        jobs = [*self._new, *self._long]
        self._new.clear()
        self._long.clear()
        return jobs

    def hurry(self, job: Job) -> None:
        """Begin a job that waits, however many jobs the workers have."""
        if job not in self:
            return
        self.remove(job)
        worker = self._crew.freest()
        if worker is None:
            self._of(job).appendleft(job)
        else:
            worker.take(job)

    def before(self, job: Job) -> int | None:
        """How many jobs begin before this one; None if it does not wait."""
        if job.has_begun:
            return None
        worker = self._crew.worker_of(job)
        if worker is not None:
            return worker.not_begun().index(job)
        if job not in self:
            return None
        handed_out = sum(len(worker.not_begun()) for worker in self._crew.workers)
        return handed_out + self._of(job).index(job)

    def move(self) -> None:
        """Hand jobs to the workers that have time for them."""
        self._hand_out(self._new, lambda worker: worker.count(is_long=False) < MOST_NEW)
        self._hand_out(self._long, lambda worker: worker.count(is_long=True) < MOST_LONG)

    def found_long(self, worker: WorkerProcess, job: Job) -> None:
        """Let a job that has turned out to be long go on, or wait until others have ended."""
        job.is_long = True
        if worker.count(is_long=True) > MOST_LONG and not job.parts:
            worker.give_back(job)
            job.begin_again()
            self._long.append(job)
        self.move()

    def _hand_out(self, jobs: deque[Job], has_room: Callable[[WorkerProcess], bool]) -> None:
        while jobs:
            worker = self._crew.freest(has_room)
            if worker is None:
                return
            worker.take(jobs.popleft())

    def _of(self, job: Job) -> deque[Job]:
        return self._long if job.is_long else self._new
