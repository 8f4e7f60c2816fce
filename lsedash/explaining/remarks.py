"""The article's ten remarks, each with the place where a running program shows it."""

from dataclasses import dataclass

from lsedash.looking.listing import line_of
from lsedash.programs.catalogue import Catalogue
from lsedash.programs.pitfalls import PITFALLS
from lsedash.programs.variants import VARIANTS
from lsedash.text.words import number_word

PROGRAMS = Catalogue(*VARIANTS, *PITFALLS)  # what a remark may show


@dataclass(frozen=True)
class Remark:
    """One remark and where to look.

    Attributes:
        number: the article's, from 1.
        title: what it is about, in a few words.
        text: what to see, in one or two sentences.
        program: the key of the variant or pitfall that shows it.
        code: a text that is on the line to look behind, and on no other.
        iteration: at which one.
        look: the names of the objects to look at.
        graph: whether it is the graph that shows it.
    """

    number: int
    title: str
    text: str
    program: str
    code: str
    look: tuple[str, ...]
    iteration: int = 0
    graph: bool = False

    @property
    def line(self) -> int:
        """The number of the line to look behind."""
        return line_of(PROGRAMS.named(self.program).source, self.code)


REMARKS = (
    Remark(
        number=1,
        title="The loss is a number of NumPy's",
        text="NumPy's loss is a numpy.float64, or numpy.float32 in that precision, not a Python "
        "float. It computes the same.",
        program="numpy_by_hand",
        code="loss = 0.5",
        look=("loss",),
    ),
    Remark(
        number=2,
        title="A tensor without dimensions",
        text="PyTorch's loss is a tensor of shape (): a block of numbers with no axis, one entry. "
        "A tensor here is an array, not the mathematician's object.",
        program="torch_autograd",
        code="loss = 0.5",
        look=("loss",),
    ),
    Remark(
        number=3,
        title="Forward builds a graph",
        text="Every operation on x left a node behind, and what it needs for the way back. "
        "backward() walks from the loss to the leaf x, and brings it the gradient.",
        program="torch_autograd",
        code="yield x",
        look=("residual", "loss"),
        graph=True,
    ),
    Remark(
        number=4,
        title="x.grad is the loss' gradient",
        text="x.grad is not a gradient of x: it is that of the loss with respect to x, Aᵀ(Ax − b), "
        "and has the shape of x.",
        program="torch_autograd",
        code="loss.backward()",
        look=("x",),
    ),
    Remark(
        number=5,
        title="The update is not recorded",
        text="Inside no_grad() autograd does not record: x is changed in place and is still a leaf "
        "without a grad_fn.",
        program="torch_autograd",
        code="x -= learning_rate",
        look=("x",),
    ),
    Remark(
        number=6,
        title="Gradients stay until cleared",
        text="The step is done, but x.grad is still there: PyTorch does not know that an "
        "iteration ends. The next backward() would add to it.",
        program="torch_optimizer",
        code="optimizer.step()",
        look=("model.x",),
        iteration=1,
    ),
    Remark(
        number=7,
        title="MSELoss: mean or sum",
        text="MSELoss takes the mean unless reduction='sum' is given, and it has no half. With "
        "both, the loss equals that of the baseline.",
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
        text="The parameter stands in a plain list, so the module does not know of it: 0 "
        "registered parameters, and the optimizer is refused its empty list.",
        program="parameters_in_a_list",
        code="model = LinearModel",
        look=("model", "model.x"),
    ),
)
