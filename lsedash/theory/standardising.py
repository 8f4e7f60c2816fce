"""Standardising: every column of A but that of the ones gets the mean 0 and the deviation 1."""

from dataclasses import replace

import numpy as np

from lsedash.experiment import Experiment
from lsedash.meaning import Meaning, Term
from lsedash.problem import Array
from lsedash.theory.closed_form import Theory
from lsedash.theory.remedy import SAME, Remedy, Words, remedy

WORDS: Words = (
    "standardise",
    "Standardise",
    r"z_j = (a_j - \bar a_j) / s_j,\quad Z y = b",
    "Subtracts from each column of A its mean and divides it by its deviation s (with m - 1), all "
    "but the ones: their unknown takes up the means. Corresponding points have the same loss. ",
)
BACK = "The way back: x_j = y_j / s_j, and the means go from the unknown of the ones."


def standardised(experiment: Experiment, theory: Theory, meaning: Meaning | None) -> Remedy | None:
    """The experiment with standardised columns; None without a column of ones, or if they are so.

    A column that is the same in all rows stays as it is.
    """
    A, b = experiment.system.A, experiment.system.b
    ones = np.flatnonzero((A == 1).all(axis=0))
    varied = np.ptp(A, axis=0) > 0
    if not (len(ones) and varied.any()):
        return None
    means = np.where(varied, A.mean(axis=0), 0.0)
    deviations = np.where(varied, A.std(axis=0, ddof=1 if len(A) > 1 else 0), 1.0)
    if not np.isfinite(deviations).all() or (deviations <= 0).any() or _done(means, deviations):
        return None
    change = np.diag(deviations)
    change[ones[0]] += means
    return remedy(
        WORDS,
        BACK,
        experiment,
        theory,
        (A - means) / deviations,
        b,
        change,
        meaning and _composed(meaning, means, deviations),
    )


def _done(means: Array, deviations: Array) -> bool:
    return bool(np.abs(means).max() <= SAME and np.abs(deviations - 1).max() <= SAME)


def _composed(meaning: Meaning, means: Array, deviations: Array) -> Meaning | None:
    """What the columns mean after one standardisation more; None if the ones are not among them."""
    if Term() not in meaning.terms:
        return None
    terms = [
        replace(term, mean=term.mean + term.deviation * float(mean), deviation=term.deviation * s)
        if term.power
        else term
        for term, mean, s in zip(meaning.terms, means, deviations.tolist(), strict=True)
    ]
    return replace(meaning, terms=tuple(terms))
