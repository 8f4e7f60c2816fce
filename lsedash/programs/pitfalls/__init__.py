"""Common mistakes with these programs, in teaching order; each is a program that runs.

To add a pitfall, add one file, which differs from a right program by the wrong lines, one entry
below, and its prediction in `lsedash.theory.pitfalls`, under the same key.
"""

from functools import partial

from lsedash.programs.catalogue import Catalogue
from lsedash.programs.optimizers import OPTIMIZERS
from lsedash.programs.program import Program
from lsedash.programs.variants import VARIANTS

_NUMPY = VARIANTS.named("numpy_by_hand")
_AUTOGRAD = VARIANTS.named("torch_autograd")
_MSE_LOSS = VARIANTS.named("torch_mse_loss")
_MODULE = VARIANTS.named("torch_module")
_OPTIMIZER = VARIANTS.named("torch_optimizer")
_pitfall = partial(Program, package=__name__)

# The mean without the half, for the sweep, which shows how the mean moves the edge.
MEAN_WITHOUT_HALF = _pitfall("mean_without_half", "Mean, no half", "Twice the gradient, over m.")

PITFALLS = Catalogue(
    _pitfall(
        key="minus_gradient",
        title="x = −α · gradient",
        original=_NUMPY,
        symptom="A small rate settles in the wrong place: each step starts from 0, not from x.",
        lesson="Each step starts from the current x: x = x − α · gradient.",
        fix="Subtract from x: x -= learning_rate * gradient.",
        bites="Pseudo-code with this slip; with a small rate nothing blows up, which hides it.",
    ),
    _pitfall(
        key="sign_reversed",
        title="x += α · gradient",
        original=_NUMPY,
        symptom="The loss grows from the first step on, and a smaller rate only delays it.",
        lesson="The gradient points uphill; descent subtracts it.",
        fix="Change the sign: x -= learning_rate * gradient.",
        bites="A residual written b − A x has the same loss and the opposite gradient.",
    ),
    _pitfall(
        key="entry_by_entry",
        title="One entry after the other",
        original=_NUMPY,
        symptom="No error and no warning: x takes another path, with another edge.",
        lesson="All entries of a gradient belong to the same x: compute all, then update all.",
        fix="Compute the whole gradient first, then write x -= learning_rate * gradient.",
        bites="A course's rules for θ₀ and θ₁ in two lines, of which the second sees the new θ₀.",
    ),
    _pitfall(
        key="never_cleared",
        title="The gradient is never cleared",
        original=_AUTOGRAD,
        symptom="The path swings for ever, undamped; beyond twice the edge it grows.",
        lesson="backward() adds to x.grad, and the sum of all gradients acts like a momentum of 1.",
        fix="Clear after each step: x.grad = None, or optimizer.zero_grad().",
        bites="Any hand-written training loop, and gradients accumulated on purpose.",
        twin=_pitfall("momentum_one", "SGD(momentum=1.0)", "Momentum without damping."),
    ),
    _pitfall(
        key="cleared_too_early",
        title="Cleared between backward() and step()",
        original=_OPTIMIZER,
        symptom="A flat line: nothing moves, and there is no warning.",
        lesson="step() uses the gradient that exists at that moment, and here there is none.",
        fix="Call zero_grad() before backward() or after step(), never between the two.",
        bites="Moving one line while tidying a training loop.",
    ),
    _pitfall(
        key="backward_twice",
        title="backward() twice",
        original=_AUTOGRAD,
        symptom="RuntimeError in the first iteration: the graph has been freed.",
        lesson="backward() frees what the graph has saved, so it can use each graph only once.",
        fix="Call it once; backward(retain_graph=True) keeps the graph for a second call.",
        bites="Two losses that share part of a graph, or a state carried over from the last batch.",
    ),
    _pitfall(
        key="recorded_update",
        title="x -= … outside no_grad()",
        original=_AUTOGRAD,
        symptom="RuntimeError at the first update.",
        lesson="A leaf that requires grad must not be changed in place where autograd records.",
        fix="Put the update inside with torch.no_grad(), or let an optimizer do it.",
        bites="Optimizers written by hand, and weights clipped by hand.",
    ),
    _pitfall(
        key="no_longer_a_leaf",
        title="x = x − … outside no_grad()",
        original=_AUTOGRAD,
        symptom="One update works; then a warning and a TypeError, because x.grad is None.",
        lesson="x = x − … makes a new x, a result in the graph; only leaves receive a gradient.",
        fix="Change x in place inside no_grad(): x -= learning_rate * x.grad.",
        bites="The textbook formula typed as it is printed; it also makes the graph grow.",
    ),
    _pitfall(
        key="half_forgotten",
        title="The half is forgotten",
        original=_MSE_LOSS,
        symptom="Twice the loss, and the path of twice the learning rate.",
        lesson="A factor in the loss is a factor in the gradient, hence in the learning rate.",
        fix="Keep the 0.5, or halve the learning rate.",
        bites="A rate from a paper whose loss has the half, in code without it, or vice versa.",
    ),
    _pitfall(
        key="mean_with_half",
        title="MSELoss left at 'mean'",
        original=_MSE_LOSS,
        symptom="The path of the learning rate α/m: slower, with an edge m times higher.",
        lesson="The default reduction is 'mean', which divides the loss and the gradient by m.",
        fix="Use MSELoss(reduction='sum'), or multiply the learning rate by m.",
        bites="A learning rate taken from a formula, or from code with reduction='sum'.",
    ),
    _pitfall(
        key="features_not_scaled",
        title="Features not scaled",
        original=_MSE_LOSS,
        symptom="The edge falls, up to a hundredfold: a learning rate that was fine may diverge.",
        lesson="Least squares does not mind the units of the columns of A; descent does.",
        fix="Give the columns similar sizes: convert units, or divide each by its length.",
        bites="House prices from square feet beside numbers of rooms: the data are in such units.",
    ),
    _pitfall(
        key="broadcast_b",
        title="b of shape (m,) against (m, 1)",
        original=_MSE_LOSS,
        symptom="A warning; then descent converges to the solution of a different system.",
        lesson="Broadcasting makes an m × m matrix of every prediction against every target.",
        fix="Give both the same shape: b.reshape(-1, 1); treat the warning as an error.",
        bites="Regression targets read from a table column, against a model that returns a column.",
    ),
    _pitfall(
        key="float32_by_default",
        title="float32 by default",
        original=_MSE_LOSS,
        symptom="The right path, but only to 7 digits: the loss stops falling too early.",
        lesson="torch.tensor makes float32 of Python's numbers but keeps the float64 of NumPy's.",
        fix="Write torch.tensor(numbers, dtype=torch.float64).",
        bites="Comparing PyTorch with NumPy, and systems with a large condition number.",
    ),
    _pitfall(
        key="mixed_precision",
        title="A in float64, x in float32",
        original=_MSE_LOSS,
        symptom="RuntimeError at the first product, unless everything is float32.",
        lesson="matmul does not convert: both factors must have the same dtype.",
        fix="Use one dtype for all: torch.zeros(n, 1, dtype=A.dtype).",
        bites="Data from NumPy (float64) with parameters that torch made (float32).",
    ),
    _pitfall(
        key="whole_numbers",
        title="A start of whole numbers",
        original=_MSE_LOSS,
        symptom="RuntimeError before anything runs: only floats can require a gradient.",
        lesson="torch.tensor([0, 0]) holds integers, and integers have no derivative.",
        fix="Write 0.0, or give dtype=torch.float64.",
        bites="A start or a weight typed without the decimal point.",
    ),
    _pitfall(
        key="numpy_of_a_leaf",
        title=".numpy() of a tensor with grad",
        original=_AUTOGRAD,
        symptom="RuntimeError as soon as x is yielded.",
        lesson="NumPy cannot record, so PyTorch refuses .numpy() of a tensor that it must record.",
        fix="Write x.detach().numpy(). It shares x's memory; add .copy() to keep the value.",
        bites="Plotting, logging, handing parameters to SciPy.",
    ),
    _pitfall(
        key="init_misspelled",
        title="_init_ with single underscores",
        original=_MODULE,
        symptom="TypeError where the model is made: the constructor takes no arguments.",
        lesson="Python calls only __init__; _init_ is a method that nobody calls.",
        fix="Write two underscores on each side: def __init__(self, A, x0).",
        bites="Any class; without arguments there is no error until an attribute is missing.",
    ),
    _pitfall(
        key="parameters_in_a_list",
        title="Parameters in a Python list",
        original=_OPTIMIZER,
        symptom="ValueError: the optimizer gets an empty parameter list.",
        lesson="A module registers parameters and modules, not lists of them.",
        fix="Use torch.nn.ParameterList([...]), or ModuleList for layers.",
        bites="A number of layers chosen at run time and kept in a list.",
    ),
    _pitfall(
        key="outer_x",
        title="The module owns a copy",
        original=_MODULE,
        symptom="A flat line: the x outside moves, the model's does not.",
        lesson="Update what the model owns: model.x.",
        fix="Inside no_grad(): model.x -= …. An outer x works only if both share one storage.",
        bites="The article's variant 4, as soon as a .clone() or a converting .to() is added.",
    ),
    _pitfall(
        key="parameter_replaced",
        title="The parameter is replaced",
        original=_OPTIMIZER,
        symptom="A flat line: the optimizer holds the former x, which gets no gradient.",
        lesson="An optimizer holds tensors, not names: build it after the model is complete.",
        fix="Build the optimizer last, or, inside no_grad(), write into x: model.x.copy_(start).",
        bites="A head replaced for fine-tuning, or weights assigned, after the optimizer.",
    ),
    _pitfall(
        key="scheduler_first",
        title="scheduler.step() before optimizer.step()",
        original=OPTIMIZERS.named("exponential_decay"),
        symptom="A warning; then every rate comes one step early, and the first is never used.",
        lesson="A scheduler's step sets the rate of the optimizer's next step.",
        fix="Call optimizer.step() first, then scheduler.step().",
        bites="Training loops from before PyTorch 1.1, which had the opposite order.",
    ),
    _pitfall(
        key="history_without_copy",
        title="history.append(x)",
        original=_AUTOGRAD,
        symptom="The path collapses onto one point, though the losses are right.",
        lesson="append stores the tensor, not its value; all entries are one x, updated in place.",
        fix="Write history.append(x.detach().clone()).",
        bites="Recording weights during training; the same happens to NumPy arrays.",
        at_once=True,
    ),
    _pitfall(
        key="graphs_kept",
        title="losses.append(loss)",
        original=_AUTOGRAD,
        symptom="Right numbers, but memory grows: every loss keeps its graph alive.",
        lesson="A tensor with a grad_fn holds on to all operations that led to it.",
        fix="Write losses.append(loss.item()), or use .detach().",
        bites="A running sum of losses for the log: total += loss.",
    ),
)
