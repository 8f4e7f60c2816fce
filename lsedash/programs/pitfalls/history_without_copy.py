"""Pitfall: every entry of the history is the same tensor x."""

import torch


def descend(A, b, x0, learning_rate, iterations):
    # bmm multiplies batches of matrices; this is a batch of one
    A = torch.tensor(A).unsqueeze(0)  # (1, m, n)
    b = torch.tensor(b).reshape(1, -1, 1)  # (1, m, 1)
    x = torch.tensor(x0).reshape(1, -1, 1).requires_grad_()  # (1, n, 1)
    history = []

    for _ in range(iterations + 1):
        # forward: every operation on x is recorded in a graph
        residual = torch.bmm(A, x) - b

        # loss: 1/2 ||A x - b||^2
        loss = 0.5 * torch.linalg.vector_norm(residual) ** 2
        history.append((x, loss))

        # backward: walk the graph back; the gradient of the loss with
        # respect to x lands in x.grad
        loss.backward()

        # update: the step itself must not be recorded
        with torch.no_grad():
            x -= learning_rate * x.grad

        # clear: otherwise the next backward() adds to this gradient
        x.grad = None

    yield from history
