"""The article's ten remarks, each with the line of a program that shows it."""

from dataclasses import dataclass

from lsedash.looking.listing import line_of
from lsedash.programs.catalogue import Catalogue
from lsedash.programs.pitfalls import PITFALLS
from lsedash.programs.variants import VARIANTS
from lsedash.text.words import number_word

PROGRAMS = Catalogue(*VARIANTS, *PITFALLS)  # that a remark may refer to


@dataclass(frozen=True)
class Remark:
    """One remark and where to see it.

    Attributes:
        number: in the article, from 1.
        title: its subject, in a few words.
        text: what to see, in a few sentences.
        program: the key of the variant or pitfall that shows it.
        code: a text that only the line in question contains.
        look: the names of the objects to look at after that line.
        iteration: the iteration to look at.
        graph: whether the graph shows it.
        compares: whether it compares all programs, so that their differences show it, too.
    """

    number: int
    title: str
    text: str
    program: str
    code: str
    look: tuple[str, ...]
    iteration: int = 0
    graph: bool = False
    compares: bool = False

    @property
    def line(self) -> int:
        """The number of the line after which to look."""
        return line_of(PROGRAMS.named(self.program).source, self.code)


REMARKS = (
    Remark(
        number=1,
        title="The loss is a NumPy number",
        text="NumPy's loss is a numpy.float64 (or numpy.float32), not a Python float. It computes "
        "in the same way.",
        program="numpy_by_hand",
        code="loss = 0.5",
        look=("loss",),
    ),
    Remark(
        number=2,
        title="A tensor without dimensions",
        text="PyTorch's loss is a tensor of shape (): a single number, with no axes. "
        "A tensor here is an array, not the mathematician's object.",
        program="torch_autograd",
        code="loss = 0.5",
        look=("loss",),
    ),
    Remark(
        number=3,
        title="Forward builds a graph",
        text="Every operation on x adds a node to the graph, with the tensors that its derivative "
        "needs. backward() walks from the loss to the leaf x and stores the gradient there.",
        program="torch_autograd",
        code="yield x",
        look=("residual", "loss"),
        graph=True,
    ),
    Remark(
        number=4,
        title="x.grad is the loss's gradient",
        text="x.grad is not a gradient of x: it is the gradient of the loss with respect to x, "
        "Aᵀ(Ax − b), and has the shape of x.",
        program="torch_autograd",
        code="loss.backward()",
        look=("x",),
    ),
    Remark(
        number=5,
        title="The update is not recorded",
        text="Inside no_grad() autograd does not record: x changes in place and stays a leaf "
        "without a grad_fn.",
        program="torch_autograd",
        code="x -= learning_rate",
        look=("x",),
    ),
    Remark(
        number=6,
        title="Gradients stay until cleared",
        text="After the step x.grad is still there: PyTorch does not know that the iteration is "
        "over. The next backward() would add to it.",
        program="torch_optimizer",
        code="optimizer.step()",
        look=("model.x",),
        iteration=1,
    ),
    Remark(
        number=7,
        title="MSELoss: mean or sum",
        text="MSELoss takes the mean unless reduction='sum' is given, and it has no factor ½. With "
        "the sum and the factor, the loss equals NumPy's.",
        program="torch_mse_loss",
        code="loss = 0.5",
        look=("squared_error", "loss"),
    ),
    Remark(
        number=8,
        title="Same start, same iterates",
        text="After the same number of updates from the same start, in 64 bits, x is the same in "
        f"all {number_word(len(VARIANTS))} programs, to rounding; not always to the last bit.",
        program="torch_mse_loss",
        code="yield x",
        look=("x",),
        iteration=50,
        compares=True,
    ),
    Remark(
        number=9,
        title="What the optimizer updates",
        text="The optimizer was given model.parameters(): its only group holds the tensor "
        "model.x itself, in the same memory, with its type and shape.",
        program="torch_optimizer",
        code="optimizer = torch",
        look=("optimizer.param_groups[0]['params'][0]", "model.x"),
    ),
    Remark(
        number=10,
        title="A list is not registered",
        text="The parameter is in a plain list, so the module does not know it: it has 0 "
        "registered parameters, and the optimizer refuses an empty list.",
        program="parameters_in_a_list",
        code="model = LinearModel",
        look=("model", "model.x"),
    ),
)
