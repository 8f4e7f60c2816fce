"""Pitfall: the entries of x are updated one after the other."""

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
        for j in range(len(x)):
            gradient = A[:, j] @ (A @ x - b)

            # update: entry j; those that follow see the new x
            x[j] -= learning_rate * gradient
