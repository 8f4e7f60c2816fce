"""The variants, in the article's order. To add a variant, add one file and one line below."""

from lsedash.programs.catalogue import Catalogue
from lsedash.programs.program import Program

VARIANTS = Catalogue(
    Program("numpy_by_hand", "NumPy by hand", "Nothing: the gradient is written out as a formula."),
    Program("torch_autograd", "Autograd", "Autograd finds the gradient for you."),
    Program("torch_mse_loss", "MSELoss", "A loss object replaces your formula."),
    Program("torch_module", "Module", "A model owns x as its parameter."),
    Program("torch_optimizer", "Optimizer", "The optimizer takes the step for you."),
)
NUMPY = VARIANTS.named("numpy_by_hand")  # the program with which the others are compared
