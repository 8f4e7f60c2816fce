"""The computing service: jobs go to worker processes, results come back by key.

Whoever asks names the result by a key. Equal keys are computed once, and whoever asks for the same
at the same time waits for the same job.
"""

import atexit
import pickle
from collections.abc import Hashable
from itertools import count
from threading import RLock
from time import monotonic

from lsedash.computing.job import Job
from lsedash.computing.jobs import Jobs
from lsedash.computing.messages import SNAPSHOT, Start
from lsedash.computing.store import Store

ROOM = 256 * 1024 * 1024  # bytes of results
OBJECTS = 16 * 1024  # bytes of a comparison of five programs beside its numbers, as measured
ABANDONED = 60.0  # seconds; in a crowd, a page that waits looks for its result as seldom


class Service:
    """Worker processes, the jobs that they work on, the jobs that wait, and the results.

    Args:
        workers: how many processes compute.
        room: bytes for the results that are kept.
        patience: seconds after which a job is dropped if nobody waits for it.

    Attributes:
        begun, hits, shared: how many questions so far began a job, had their result in the store,
            and were asked while somebody else waited for the same.
    """

    def __init__(self, workers: int, room: int = ROOM, patience: float = ABANDONED) -> None:
        self.store = Store(room, OBJECTS)
        self.begun = self.hits = self.shared = 0
        self._lock = RLock()
        self._numbers = count()
        self._jobs = Jobs(workers, self.store, self._lock, patience)
        atexit.register(self.close)

    def ask(self, key: Hashable, start: Start, asker: str) -> Job:
        """The job that computes a result; others may have asked for it, and it may have ended.

        Args:
            key: names the result; equal keys must mean equal results.
            start: begins the computation in a worker. The snapshot of its last report is the
                result. It must be picklable.
            asker: who asks, so that `leave` and `stop` concern nobody else.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                job = Job(key, next(self._numbers), self.store)
                if key in self.store:
                    self.hits += 1
                    job.end()
                    return job
                job.start = pickle.dumps(start, pickle.HIGHEST_PROTOCOL)
                self.begun += 1
                self._jobs.add(job)
            else:
                self.shared += 1
                job.seen = max(job.seen, monotonic())
            job.askers.add(asker)
            return job

    def leave(self, job: Job, asker: str) -> None:
        """Somebody does not want the result any more; nobody works for nobody."""
        with self._lock:
            job.askers.discard(asker)
            if not (job.askers or job.parts or job.has_ended):
                self._jobs.drop(job)

    def stop(self, job: Job, asker: str) -> Job:
        """End a job for one asker with the result so far; for others it goes on.

        Returns:
            The job whose result that is; the job itself if it has ended.
        """
        with self._lock:
            if job.has_ended or job.is_part or job.is_dropped:
                return job
            key = ("part", job.key, asker)
            part = Job(key, next(self._numbers), self.store, is_part=True)
            job.parts.append(part)
            worker = self._jobs.crew.worker_of(job)
            if worker is not None:
                worker.say(SNAPSHOT, job.number)
            self._jobs.queue.hurry(job)  # so that there is something to show
            self.leave(job, asker)
            return part

    def before(self, job: Job) -> int | None:
        """How many jobs begin before this one; None if it does not wait for its first turn."""
        with self._lock:
            return self._jobs.queue.before(job)

    def counts(self) -> dict[str, int]:
        """How many jobs run and wait, questions came, results are kept, starts failed in a row."""
        with self._lock:
            return {
                "working": sum(len(worker.tasks) for worker in self._jobs.crew.workers),
                "waiting": len(self._jobs.queue),
                "begun": self.begun,
                "hits": self.hits,
                "shared": self.shared,
                "kept": len(self.store),
                "bytes": self.store.size,
                "failed_starts": self._jobs.crew.failed_starts,
            }

    def processes(self) -> list[int]:
        """The process numbers of the workers; the last one is the spare's."""
        with self._lock:
            return [worker.process.pid for worker in self._jobs.crew.everyone()]

    def warm_up(self, start: Start) -> None:
        """Let every worker do this once, and whoever joins later; wait until all have done it."""
        with self._lock:
            jobs = self._jobs.crew.warm_up(start)
        for job in jobs:
            job.wait(None)

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            self._jobs.close()
