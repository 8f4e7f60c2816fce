"""The four edges, 2, 1, m and 2m over lambda_max: predicted, and then measured in torch."""

import numpy as np
import pytest
import torch

from lsedash import LinearSystem, Theory
from lsedash.text.convention import CONVENTIONS, spoken_in

A = np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0], [1.0, 1.0], [2.0, 0.5]])
SYSTEM = LinearSystem(A, np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
M, TOP = 5, float(np.linalg.eigvalsh(A.T @ A)[-1])
LOSSES = {  # as a course writes them
    "half-sum": (lambda r: 0.5 * (r**2).sum(), 2 / TOP),
    "sum": (lambda r: (r**2).sum(), 1 / TOP),
    "mean": (torch.nn.MSELoss(), M / TOP),
    "half-mean": (lambda r: (r**2).sum() / (2 * M), 2 * M / TOP),
}
ITERATIONS = 2000


def measured(key, rate):
    """The distance to the limit, first and last, of a descent on the loss as it is written."""
    loss_of, _ = LOSSES[key]
    A, b = torch.tensor(SYSTEM.A), torch.tensor(SYSTEM.b)
    limit = torch.linalg.lstsq(A, b[:, None]).solution.ravel()
    x = torch.ones(2, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=rate)
    first = float((x.detach() - limit).norm())
    for _ in range(ITERATIONS):
        optimizer.zero_grad()
        loss = loss_of(A @ x, b) if key == "mean" else loss_of(A @ x - b)
        loss.backward()
        optimizer.step()
    return first, float((x.detach() - limit).norm())


@pytest.mark.parametrize("key", CONVENTIONS)
def test_descent_on_each_loss_converges_below_its_predicted_edge_and_grows_above(key):
    predicted = spoken_in(key, M).rate(Theory(SYSTEM).critical_learning_rate)
    assert predicted == pytest.approx(LOSSES[key][1], rel=1e-12)
    first, below = measured(key, 0.99 * predicted)
    _, above = measured(key, 1.01 * predicted)
    assert below < 1e-6 * first
    assert above > 1e6 * first
