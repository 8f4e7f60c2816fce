"""The closed form that the browser draws while something is dragged, against `Theory`."""

import numpy as np
import pytest

from lsedash import LinearSystem, Theory
from lsedash.stage.packed import spectrum

KS = [0, 1, 2, 3, 7, 20, 50, 333, 1000, 4999, 20_000]
COUNTS = [1, 50, 20_000]  # iterations for which the best rate is compared
SHARES = [0.003, 0.3, 0.5, 0.9, 1.0, 1.001, 1.4]  # of the largest stable learning rate

UNPACK = "const { spectrum: open } = await import('/ui/js/packed.js');"
DESCEND = f"""async (cases) => {{
  const {{ descend }} = await import('/ui/js/closed-form.js');
  const {{ bestRate }} = await import('/ui/pages/descend/stage/static/best-rate.js');
  {UNPACK}
  return cases.map(({{ spectrum, rate, ks, iterations }}) => {{
    const {{ places, losses }} = descend(open(spectrum), rate, ks);
    const best = iterations.map((count) => bestRate(open(spectrum), count));
    return [Array.from(places, String), Array.from(losses, String), best];
  }});
}}"""
MOVE = f"""async ({{ spectrum, place, rate, last, window }}) => {{
  const {{ movedTo, limit, leavesAt, startLoss }} = await import('/ui/js/closed-form.js');
  {UNPACK}
  const moved = movedTo(open(spectrum), place);
  return {{
    residual: Array.from(moved.residual), start: Array.from(moved.start), loss: startLoss(moved),
    limit: Array.from(limit(moved)), left: leavesAt(moved, rate, last, window),
  }};
}}"""


def systems(count=210, seed=5):
    """Systems of every shape and rank with a start each, the largest 64 x 64."""
    rng = np.random.default_rng(seed)
    for i in range(count):
        m, n = rng.integers(1, 9, 2) if i % 30 else (64, 64)
        A = rng.standard_normal((m, n)) * 10.0 ** rng.integers(-3, 4)
        if i % 3 == 0:  # of a lower rank
            A[:, -1] = A[:, 0]
            A[-1] = A[0]
        if i % 41 == 40:
            A[:] = 0
        yield LinearSystem(A, rng.standard_normal(m)), rng.standard_normal(n)


@pytest.fixture
def module(page):
    """A page of the server's own on which its modules can be imported."""
    page.goto("/ui/pages/descend/stage/static/stage.html")
    return page


def relative(found, expected):
    """The largest difference relative to the largest value, where floats hold both."""
    found, expected = np.array(found, dtype=float), np.asarray(expected)
    finite = np.isfinite(expected)
    assert np.array_equal(np.isfinite(found), finite)
    size = np.abs(expected[finite]).max(initial=0.0) or 1.0
    return np.abs(found[finite] - expected[finite]).max(initial=0.0) / size


def test_the_browser_s_closed_form_and_best_rate_are_the_theory_s(module):
    cases, expected = [], []
    for i, (system, x0) in enumerate(systems()):
        theory = Theory(system)
        edge = theory.critical_learning_rate if theory.rank else 1.0
        rate = SHARES[i % len(SHARES)] * edge
        told = spectrum(theory, x0, np.eye(system.n))
        cases.append({"spectrum": told, "rate": rate, "ks": KS, "iterations": COUNTS})
        best = [theory.best_learning_rate(x0, count) for count in COUNTS] if theory.rank else []
        expected.append((theory.iterates(x0, rate, KS).ravel(), theory.losses(x0, rate, KS), best))
    found = module.evaluate(DESCEND, cases)
    assert len(found) == len(expected) >= 200
    for (places, losses, marked), (iterates, predicted, best) in zip(found, expected, strict=True):
        reachable = np.isfinite(iterates.reshape(len(KS), -1)).all(axis=1)
        places = np.array(places, dtype=float).reshape(len(KS), -1)
        assert relative(places[reachable], iterates.reshape(len(KS), -1)[reachable]) <= 1e-12
        assert relative(losses, predicted) <= 1e-12
        assert marked == (pytest.approx(best, rel=1e-9) if best else [None] * len(COUNTS))


def test_a_start_moved_in_the_browser_is_a_start_moved_in_python(module):
    for i, (system, x0) in enumerate(systems(40, seed=8)):
        theory, n = Theory(system), system.n
        directions = np.linalg.qr(np.random.default_rng(i).standard_normal((n, n)))[0][: min(n, 2)]
        place = directions @ x0 + np.arange(1, len(directions) + 1)
        moved = x0 + (place - directions @ x0) @ directions
        rate = 1.3 * theory.critical_learning_rate if theory.rank else 1.0
        end = directions @ theory.descent_limit(moved)
        reach = 5 * np.abs(place - end).max()
        window = np.column_stack([end - reach, end + reach])
        found = module.evaluate(
            MOVE,
            {
                "spectrum": spectrum(theory, x0, directions),
                "place": place.tolist(),
                "rate": rate,
                "last": 300,
                "window": window.tolist(),
            },
        )
        assert relative(found["residual"], theory.residual_along(moved)) <= 1e-12
        assert found["start"] == place.tolist()
        assert found["loss"] == pytest.approx(system.loss(moved), rel=1e-9, abs=1e-12)
        assert relative(found["limit"], end) <= 1e-9
        path = theory.iterates(moved, rate, range(301)) @ directions.T
        outside = ~((path >= window[:, 0]) & (path <= window[:, 1])).all(axis=1)
        assert found["left"] == (int(outside.argmax()) if outside.any() else None)
