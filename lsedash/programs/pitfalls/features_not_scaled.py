"""Pitfall: one column is in another unit than the rest."""

import torch


def descend(A, b, x0, learning_rate, iterations):
    A = torch.tensor(A)  # (m, n)
    A[:, 0] *= 10  # its unit is ten times smaller
    b = torch.tensor(b).reshape(-1, 1)  # (m, 1)
    x = torch.tensor(x0).reshape(-1, 1).requires_grad_()  # (n, 1)
    # the default reduction is "mean", and MSELoss has no half
    squared_error = torch.nn.MSELoss(reduction="sum")

    for _ in range(iterations + 1):
        # forward
        prediction = torch.matmul(A, x)

        # loss: PyTorch's loss function
        loss = 0.5 * squared_error(prediction, b)
        yield x, loss  # hand out the current point

        # backward
        loss.backward()

        # update
        with torch.no_grad():
            x -= learning_rate * x.grad

        # clear
        x.grad = None
