"""The results that a visitor's page shows, by name, and the jobs that compute them.

A visit keeps the jobs, which name results; the results themselves are kept by the service.
"""

from time import perf_counter

from lsedash.computing.messages import Start, key_of
from lsedash.computing.shared import service
from lsedash.text.words import brief
from lsedash.ui.state.callbacks import unbroken
from lsedash.ui.state.visit import Asked, current


def ask(name: str, start: Start) -> Asked:
    """The visit's job for a result; a job of this name with other inputs is left.

    Args:
        name: the name of the result, such as "comparison".
        start: begins the computation; the snapshot of its last report is the result.
    """
    visit, key = current(), key_of(start)
    asked = visit.asked.get(name)
    if asked is not None and asked.key == key and not asked.job.is_dropped:
        return asked
    if asked is not None:
        service().leave(asked.job, visit.identity)
    job = service().ask(key, start, visit.identity)
    asked = visit.asked[name] = Asked(key, job, perf_counter())
    return asked


def forget(name: str) -> None:
    """Forget a job, so that the next one to ask for its result begins anew."""
    current().asked.pop(name, None)


@unbroken
def stop() -> None:
    """Stop what is computed for this visitor, and keep its results so far."""
    visit = current()  # the last access to the session state, so nothing interrupts the rest
    for name, asked in visit.asked.items():
        job = service().stop(asked.job, visit.identity)
        visit.asked[name] = Asked(asked.key, job, asked.began)


def leave_unfinished() -> None:
    """Leave the jobs that have not ended, because the page was drawn without them."""
    visit = current()
    for name, asked in list(visit.asked.items()):
        if not asked.job.has_ended:
            service().leave(asked.job, visit.identity)
            del visit.asked[name]


def ended_by(name: str, limit: float) -> str:
    """Who ended a computation before its end: "by the button", or "by the limit of 30 s".

    Args:
        limit: its deadline in seconds.
    """
    asked = current().asked.get(name)
    stopped = asked is not None and asked.job.is_part
    return "by the button" if stopped else f"by the limit of {brief(limit)} s"
