"""NumPy by hand, with PyTorch's bmm for the products."""

import numpy as np
import torch


def product(A, x):
    column = torch.tensor(x).reshape(1, -1, 1)  # shaped as in torch_autograd
    return torch.bmm(A, column).numpy().reshape(-1)


def descend(A, b, x0, learning_rate, iterations):
    A = torch.tensor(A).unsqueeze(0)  # (1, m, n)
    x = np.array(x0)

    for _ in range(iterations + 1):
        # forward
        residual = product(A, x) - b

        # loss: 1/2 ||A x - b||^2
        loss = 0.5 * np.linalg.norm(residual) ** 2
        yield x, loss  # hand out the current point

        # backward: the gradient of the loss with respect to x, by formula
        gradient = product(A.transpose(1, 2), residual)

        # update: one step downhill
        x -= learning_rate * gradient
