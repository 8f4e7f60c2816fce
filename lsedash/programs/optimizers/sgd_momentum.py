"""SGD with momentum: the steps add up, each former one by a share."""

import torch


class LinearModel(torch.nn.Module):
    """An odd model: what it multiplies is baked in, x is what it learns."""

    def __init__(self, A, x0):
        super().__init__()
        self.A = A
        self.x = torch.nn.Parameter(x0)  # registered, and requires grad

    def forward(self):
        return torch.matmul(self.A, self.x)


def descend(A, b, x0, learning_rate, iterations, momentum=0.9):
    A = torch.tensor(A)  # (m, n)
    b = torch.tensor(b).reshape(-1, 1)  # (m, 1)
    model = LinearModel(A, torch.tensor(x0).reshape(-1, 1))  # x (n, 1)
    squared_error = torch.nn.MSELoss(reduction="sum")
    # it learns what to update from model.parameters()
    parameters, lr = model.parameters(), learning_rate
    optimizer = torch.optim.SGD(parameters, lr=lr, momentum=momentum)

    for _ in range(iterations + 1):
        # forward
        prediction = model()

        # loss
        loss = 0.5 * squared_error(prediction, b)
        yield model.x, loss  # hand the current point to whoever watches

        # backward
        loss.backward()

        # update
        optimizer.step()

        # clear
        optimizer.zero_grad()
