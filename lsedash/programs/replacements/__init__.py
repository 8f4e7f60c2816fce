"""Programs that differ from one of the variants only in how they round.

Each replaces one operation of its variant by another one for the same result. If two programs
differ in the last bits of x, these show which operation causes it. To add a replacement, add one
file and one entry below; `lsedash.checking.ladder` says which variant it explains.
"""

from lsedash.programs.catalogue import Catalogue
from lsedash.programs.program import Program
from lsedash.programs.variants import NUMPY, VARIANTS

REPLACEMENTS = Catalogue(
    Program(
        key="autograd_sum_of_squares",
        title="Autograd of a sum of squares",
        original=VARIANTS.named("torch_autograd"),
        package=__name__,
        lesson="Autograd computes the gradient of the squared norm as ‖r‖ · (r / ‖r‖), which is "
        "rounded twice. The gradient of the sum of squares is r, which is exact.",
    ),
    Program(
        key="optimizer_plain_update",
        title="Optimizer, its step written out",
        original=VARIANTS.named("torch_optimizer"),
        package=__name__,
        lesson="SGD multiplies and subtracts in one operation, which a processor may round "
        "only once. Written out, the product is rounded before it is subtracted.",
    ),
    Program(
        key="numpy_matmul",
        title="NumPy with PyTorch's matmul",
        original=NUMPY,
        package=__name__,
        lesson="NumPy and PyTorch multiply matrices by different code. Each adds up the terms "
        "of a row in its own order, and every order rounds differently.",
    ),
    Program(
        key="numpy_bmm",
        title="NumPy with PyTorch's bmm",
        original=NUMPY,
        package=__name__,
        lesson="PyTorch multiplies a batch of matrices by different code than one matrix. It adds "
        "up the terms of a row in its own order, and every order rounds differently.",
    ),
)
