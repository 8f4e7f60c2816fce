"""What Hypothesis makes: numbers, systems of every shape and rank, experiments."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lsedash import Experiment, LinearSystem
from lsedash.theory.closed_form import Theory

whole = st.integers(-4, 4)
finite = st.floats(allow_nan=False, allow_infinity=False)
moderate = st.floats(1e-3, 1e3) | st.floats(-1e3, -1e-3) | st.just(0.0)
sizes = st.integers(1, 5)


@st.composite
def matrices(draw):
    """Square, tall, wide, of full rank and below it, down to A = 0."""
    m, n = draw(sizes), draw(sizes)
    if draw(st.booleans()):
        return draw(arrays(float, (m, n), elements=moderate))
    rank = draw(st.integers(0, min(m, n)))
    return draw(arrays(float, (m, rank), elements=whole)) @ draw(
        arrays(float, (rank, n), elements=whole)
    )


@st.composite
def whole_systems(draw, consistent=None):
    """Whole numbers only, so that what is singular is so exactly."""
    m, n = draw(sizes), draw(sizes)
    rank = draw(st.integers(0, min(m, n)))
    left = draw(arrays(int, (m, rank), elements=whole))
    A = left @ draw(arrays(int, (rank, n), elements=whole))
    solvable = draw(st.booleans()) if consistent is None else consistent
    b = (
        A @ draw(arrays(int, n, elements=whole))
        if solvable
        else draw(arrays(int, m, elements=whole))
    )
    return LinearSystem(A, b)


@st.composite
def systems(draw):
    """Solvable ones and others."""
    A = draw(matrices())
    m, n = A.shape
    if draw(st.booleans()):
        return LinearSystem(A, A @ draw(arrays(float, n, elements=whole)))
    return LinearSystem(A, draw(arrays(float, m, elements=moderate)))


@st.composite
def descents(draw, systems=systems, fastest=3.0, iterations=60):
    """Experiments from creeping to diverging; the rate is a share of the largest stable one."""
    system = draw(systems())
    critical = Theory(system).critical_learning_rate
    share = draw(st.floats(0.01, fastest))
    x0 = draw(arrays(float, system.n, elements=moderate))
    rate = share * critical if np.isfinite(critical) else share
    return Experiment(system, x0, rate, draw(st.integers(0, iterations)))


@st.composite
def experiments(draw):
    """Any experiment at all, runnable or not."""
    m, n = draw(sizes), draw(sizes)
    return Experiment(
        LinearSystem(
            draw(arrays(float, (m, n), elements=finite)), draw(arrays(float, m, elements=finite))
        ),
        draw(arrays(float, n, elements=finite)),
        draw(st.floats(0, exclude_min=True, allow_infinity=False)),
        draw(st.integers(0, 10**9)),
        draw(st.none() | st.floats(0, allow_infinity=False)),
        draw(st.sampled_from(["float64", "float32"])),
    )
