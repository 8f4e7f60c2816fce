"""L-BFGS: quasi-Newton steps, which may need the loss several times."""

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
    parameters, lr = model.parameters(), learning_rate
    optimizer = torch.optim.LBFGS(parameters, lr=lr, max_iter=1)

    for _ in range(iterations + 1):
        # forward
        prediction = model()

        # loss
        loss = 0.5 * squared_error(prediction, b)
        yield model.x, loss  # hand out the current point

        def closure():
            # clear, forward, loss, backward: each time step() asks
            optimizer.zero_grad()
            loss = 0.5 * squared_error(model(), b)
            loss.backward()
            return loss

        # update
        optimizer.step(closure)
