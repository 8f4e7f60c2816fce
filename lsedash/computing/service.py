"""The computing service: jobs go to worker processes, results come back by key.

Whoever asks names the result by a key. Equal keys are computed once, and whoever asks for the same
at the same time waits for the same job.
"""

import atexit
import os
import pickle
from collections import deque
from collections.abc import Hashable
from itertools import count
from threading import RLock
from time import monotonic

from lsedash.computing.crew import Crew
from lsedash.computing.job import Crashed, Job, Report
from lsedash.computing.messages import (
    DROP,
    FAILED,
    READY,
    REPORT,
    RESULT,
    SNAPSHOT,
    TURN,
    Message,
    Start,
)
from lsedash.computing.process import WorkerProcess
from lsedash.computing.store import Store

ROOM = 256 * 1024 * 1024  # bytes of results
MOST_TASKS = 8  # jobs that one worker has at a time; the others wait
MOST_CRASHES = 2
MOST_FAILED_STARTS = 10  # of workers, in a row
ABANDONED = 5.0  # seconds

CRASHED = "This computation ended the process that ran it, twice. It is not tried again."
NO_WORKERS = "The server cannot start the processes that compute; its log says why."


class Service:
    """Worker processes, the jobs that they work on, the jobs that wait, and the results.

    Args:
        workers: how many processes; as many as there are cores if None.
        room: bytes for the results that are kept.
        patience: seconds after which a job is dropped if nobody waits for it.

    Attributes:
        begun, hits, shared: how many questions so far began a job, had their result in the store,
            and were asked while somebody else waited for the same.
    """

    def __init__(
        self, workers: int | None = None, room: int = ROOM, patience: float = ABANDONED
    ) -> None:
        self.store = Store(room)
        self.patience = patience
        self.begun = self.hits = self.shared = 0
        self._lock = RLock()
        self._numbers = count()
        self._jobs: dict[Hashable, Job] = {}  # that have not ended, by key
        self._waiting: deque[Job] = deque()
        self._failed_starts = 0
        self._is_closed = False
        self._crew = Crew(workers or os.cpu_count() or 1, self._hear)
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
                self._jobs[key] = job
                self.begun += 1
                self._waiting.append(job)
            else:
                self.shared += 1
            job.askers.add(asker)
            self._assign()
            return job

    def leave(self, job: Job, asker: str) -> None:
        """Somebody does not want the result any more; nobody works for nobody."""
        with self._lock:
            job.askers.discard(asker)
            if not (job.askers or job.parts or job.has_ended):
                self._drop(job)

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
            worker = self._crew.worker_of(job)
            if worker is not None:
                worker.say(SNAPSHOT, job.number)
            else:  # it is begun, so that there is something to show
                self._waiting.remove(job)
                self._crew.freest().take(job)
            self.leave(job, asker)
            return part

    def before(self, job: Job) -> int:
        """How many jobs are begun before this one."""
        with self._lock:
            return self._waiting.index(job) if job in self._waiting else 0

    def counts(self) -> dict[str, int]:
        """How many jobs are worked on and wait, how many questions came, what results are kept."""
        with self._lock:
            return {
                "working": sum(len(worker.tasks) for worker in self._crew.workers),
                "waiting": len(self._waiting),
                "begun": self.begun,
                "hits": self.hits,
                "shared": self.shared,
                "kept": len(self.store),
                "bytes": self.store.size,
            }

    def processes(self) -> list[int]:
        """The process numbers of the workers; the last one is the spare's."""
        with self._lock:
            return [worker.process.pid for worker in self._crew.everyone()]

    def warm_up(self, start: Start) -> None:
        """Let every worker do this once, and whoever joins later; wait until all have done it."""
        with self._lock:
            jobs = self._crew.warm_up(start)
        for job in jobs:
            job.wait(None)

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            self._is_closed = True
            self._crew.end()

    def _assign(self) -> None:
        """Hand waiting jobs to the workers that have the fewest."""
        while self._waiting:
            worker = self._crew.freest()
            if len(worker.tasks) >= MOST_TASKS:
                return
            worker.take(self._waiting.popleft())

    def _drop(self, job: Job) -> None:
        """Forget a job that nobody wants."""
        job.is_dropped = True
        worker = self._crew.worker_of(job)
        if worker is not None:
            worker.say(DROP, job.number)
            del worker.tasks[job.number]
        elif job in self._waiting:
            self._waiting.remove(job)
        if self._jobs.get(job.key) is job:
            del self._jobs[job.key]
        self._assign()

    def _hear(self, worker: WorkerProcess, message: Message | None) -> None:
        """Handle a message of a worker, or its end."""
        with self._lock:
            if message is None:
                self._replace(worker)
                return
            kind, *content = message
            if kind == READY:
                worker.is_ready, self._failed_starts = True, 0
                return
            job = worker.tasks.get(content[0])
            if job is None:  # dropped meanwhile
                return
            if kind == TURN:
                worker.turn = job.number
            elif kind == REPORT:
                job.report = Report(*content[1:])
                if monotonic() - job.seen > self.patience:
                    self._drop(job)
            elif kind == RESULT:
                self._keep(worker, job, *content[1:])
            elif kind == FAILED:
                self._end(worker, job, pickle.loads(content[1]))

    def _keep(self, worker: WorkerProcess, job: Job, result: bytes, is_last: bool) -> None:
        parts, job.parts = job.parts, []
        for part in parts:
            self.store.put(part.key, result)
            part.end()
        if is_last:
            if self._jobs.get(job.key) is job:  # not a warm-up
                self.store.put(job.key, result)
            self._end(worker, job)
        elif not job.askers and not job.is_dropped:
            self._drop(job)

    def _end(self, worker: WorkerProcess, job: Job, fault: Exception | None = None) -> None:
        worker.tasks.pop(job.number, None)
        if self._jobs.get(job.key) is job:
            del self._jobs[job.key]
        for part in job.parts:
            part.end(fault)
        job.end(fault)
        self._assign()

    def _replace(self, worker: WorkerProcess) -> None:
        """Put another worker in the place of one that has ended; run its jobs again."""
        if self._is_closed:
            return
        self._failed_starts += not worker.is_ready
        jobs = list(worker.tasks.values())
        worker.tasks.clear()
        self._crew.replace(worker)
        for job in reversed(jobs):
            job.crashes += job.number == worker.turn
            if job.is_warm_up:
                job.end()
            elif job.crashes >= MOST_CRASHES:
                self._end(worker, job, Crashed(CRASHED))
            elif self._failed_starts >= MOST_FAILED_STARTS:
                self._end(worker, job, Crashed(NO_WORKERS))
            else:
                self._waiting.appendleft(job)
        self._assign()
