"""The jobs that have not ended: in the queue or in the workers, whose messages are handled here."""

import logging
import pickle
from collections.abc import Hashable
from threading import RLock
from time import monotonic

from lsedash.computing.crew import Crew
from lsedash.computing.job import Crashed, Job, Report
from lsedash.computing.messages import FAILED, READY, REPORT, RESULT, TURN, Message
from lsedash.computing.process import WorkerProcess
from lsedash.computing.queue import Queue
from lsedash.computing.refused import MINUTES, Refused
from lsedash.computing.store import Store

MOST_CRASHES = 2
CRASHED = (
    "This computation ended the process that ran it, twice. "
    f"It is not tried again for {MINUTES} minutes."
)
NO_WORKERS = "The server cannot start the processes that compute; its log says why."
LOG = logging.getLogger(__name__)


class Jobs:
    """The jobs that have not ended, by key.

    Args:
        workers: how many processes compute.
        store: takes the results.
        lock: is held by whoever calls a method, and while a message is handled.
        patience: seconds after which a job is dropped if nobody waits for it.

    Attributes:
        crew: the workers.
        queue: the jobs that wait for one.
    """

    def __init__(self, workers: int, store: Store, lock: RLock, patience: float) -> None:
        self._store, self._lock, self._patience = store, lock, patience
        self._jobs: dict[Hashable, Job] = {}
        self._refused = Refused()
        self._is_closed = False
        with lock:
            self.crew = Crew(workers, lock, self._hear, self._give_up)
            self.queue = Queue(self.crew)

    def get(self, key: Hashable) -> Job | None:
        """The job with this key, if there is one."""
        return self._jobs.get(key)

    def add(self, job: Job) -> None:
        """Let a new job be computed, unless it is known to end its worker."""
        if job.key in self._refused:
            job.end(Crashed(CRASHED))
            return
        self._jobs[job.key] = job
        self.queue.add(job)
        if self.crew.is_broken:
            self._give_up()

    def close(self) -> None:
        """End all workers."""
        self._is_closed = True
        self.crew.end()

    def drop(self, job: Job) -> None:
        """Forget a job that nobody wants."""
        job.is_dropped = True
        worker = self.crew.worker_of(job)
        if worker is not None:
            worker.give_back(job)
        self.queue.remove(job)
        if self._jobs.get(job.key) is job:
            del self._jobs[job.key]
        self.queue.move()

    def _hear(self, worker: WorkerProcess, message: Message | None) -> None:
        """Handle a message of a worker, or its end."""
        with self._lock:
            if self._is_closed:
                return
            if message is None:
                self._lose(worker)
            elif message[0] == READY:
                worker.is_ready = True
                self.crew.welcome(worker)
                self.queue.move()
            elif (job := worker.tasks.get(message[1])) is not None:  # not dropped meanwhile
                try:
                    self._handle(worker, job, message)
                except Exception as fault:  # told to whoever asked
                    LOG.exception("A message about a computation was not handled")
                    self._end(worker, job, fault)

    def _handle(self, worker: WorkerProcess, job: Job, message: Message) -> None:
        """Handle what a worker says about a job."""
        kind, _, *content = message
        if kind == TURN:
            worker.turn, job.has_begun = job.number, True
        elif kind == REPORT:
            job.report = Report(*content)
            if monotonic() - job.seen > self._patience:
                self.drop(job)
            elif not job.is_long:
                self.queue.found_long(worker, job)
        elif kind == RESULT:
            self._keep(worker, job, *content)
        elif kind == FAILED:
            self._end(worker, job, pickle.loads(content[0]))

    def _keep(self, worker: WorkerProcess, job: Job, result: bytes, is_last: bool) -> None:
        while job.parts:
            self._store.put(job.parts[-1].key, result)
            job.parts.pop().end()
        if is_last:
            if self._jobs.get(job.key) is job:  # not a warm-up
                self._store.put(job.key, result)
            self._end(worker, job)
        elif not job.askers and not job.is_dropped:
            self.drop(job)

    def _end(self, worker: WorkerProcess, job: Job, fault: Exception | None = None) -> None:
        """A job has ended in a worker, which has room for another."""
        worker.tasks.pop(job.number, None)
        if job.is_warm_up:
            self.crew.welcome(worker)
        self._tell(job, fault)
        self.queue.move()

    def _tell(self, job: Job, fault: Exception | None) -> None:
        """End a job for everybody who waits for it or for its result so far."""
        if self._jobs.get(job.key) is job:
            del self._jobs[job.key]
        for part in job.parts:
            part.end(fault)
        job.end(fault)

    def _lose(self, worker: WorkerProcess) -> None:
        """A worker has ended: run its jobs again."""
        was_warm, jobs = worker.is_warm, list(worker.tasks.values())
        worker.tasks.clear()
        for job in reversed(jobs):
            job.crashes += job.number == worker.turn
            if job.is_warm_up:
                job.end()
            elif job.crashes >= MOST_CRASHES:
                self._refused.add(job.key)
                self._tell(job, Crashed(CRASHED))
            else:
                self.queue.add_first(job)
        self.crew.lose(worker, was_warm=was_warm)
        self.queue.move()

    def _give_up(self) -> None:
        """No worker can be started: nobody waits in vain."""
        for job in self.queue.clear():
            self._tell(job, Crashed(NO_WORKERS))
