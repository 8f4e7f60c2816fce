"""Pitfall: the schedule takes its step before the optimizer."""

import torch


class LinearModel(torch.nn.Module):
    """A model without input: A is fixed, and x is its parameter."""

    def __init__(self, A, x0):
        super().__init__()
        self.A = A
        self.x = torch.nn.Parameter(x0)  # registered, and requires grad

    def forward(self):
        return torch.matmul(self.A, self.x)


def descend(A, b, x0, learning_rate, iterations):
    A = torch.tensor(A)  # (m, n)
    b = torch.tensor(b).reshape(-1, 1)  # (m, 1)
    model = LinearModel(A, torch.tensor(x0).reshape(-1, 1))  # x (n, 1)
    squared_error = torch.nn.MSELoss(reduction="sum")
    # the optimizer updates what model.parameters() lists
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    schedulers = torch.optim.lr_scheduler
    scheduler = schedulers.ExponentialLR(optimizer, 0.98)

    for _ in range(iterations + 1):
        # forward
        prediction = model()

        # loss
        loss = 0.5 * squared_error(prediction, b)
        yield model.x, loss  # hand out the current point

        # backward
        loss.backward()

        # update
        scheduler.step()
        optimizer.step()

        # clear
        optimizer.zero_grad()
