"""Programs that differ from one of the variants by how they round, and by nothing else.

If x differs between two programs in its last bits, one of these says which operation did it: it
does the same sum by another operation. A further one is one file and one entry below; which
variant it explains is said in `lsedash.checking.ladder`.
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
        lesson="The gradient of the squared norm comes as ‖r‖ · (r / ‖r‖), which is rounded "
        "twice. That of the sum of squares is r, which is exact.",
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
        "of a row in an order of its own, and every order rounds differently.",
    ),
    Program(
        key="numpy_bmm",
        title="NumPy with PyTorch's bmm",
        original=NUMPY,
        package=__name__,
        lesson="A batch of matrices is multiplied by other code again than one matrix. It "
        "adds up the terms of a row in an order of its own, and every order rounds "
        "differently.",
    ),
)
