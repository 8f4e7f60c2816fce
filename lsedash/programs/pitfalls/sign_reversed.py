"""Pitfall: the step goes up the gradient."""

import numpy as np


def descend(A, b, x0, learning_rate, iterations):
    x = np.array(x0)

    for _ in range(iterations + 1):
        # forward
        residual = A @ x - b

        # loss: 1/2 ||A x - b||^2
        loss = 0.5 * np.linalg.norm(residual) ** 2
        yield x, loss  # hand out the current point

        # backward: the gradient of the loss with respect to x, by formula
        gradient = A.T @ residual

        # update
        x += learning_rate * gradient
