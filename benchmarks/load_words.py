"""Waits in words."""

import numpy as np

NO_ANSWER = "-"


def quantiles(waits, *percents) -> list[float]:
    """In seconds; empty if nobody waited."""
    seconds = [wait.seconds for wait in waits]
    return np.percentile(seconds, percents).tolist() if seconds else []


def milliseconds(seconds) -> str:
    return " / ".join(f"{1e3 * value:.0f}" for value in seconds) + " ms" if seconds else NO_ANSWER


def ratio(ours, theirs) -> str:
    """The ratio of the 95th percentiles."""
    if not (ours and theirs):
        return NO_ANSWER
    return f"{quantiles(ours, 95)[0] / quantiles(theirs, 95)[0]:.2f}"


def said(crowd) -> str:
    """What a crowd waited for, in a sentence."""
    return (
        f"{len(crowd.firsts)} first pages p50 / p95 {milliseconds(quantiles(crowd.firsts, 50, 95))}"
        f", {len(crowd.edits)} edits p50 / p95 / p99 "
        f"{milliseconds(quantiles(crowd.edits, 50, 95, 99))}; truncated {crowd.truncated}, errors "
        f"{len(crowd.errors)} {sorted(set(crowd.errors))[:3]}"
    )


def megabytes(size) -> str:
    return "not known" if size is None else f"{size / 2**20:.0f} MB"
