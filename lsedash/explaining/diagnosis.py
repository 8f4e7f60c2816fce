"""A system and a learning rate described in words."""

from lsedash.text.convention import OURS, Spoken
from lsedash.text.words import LONG_RUN, brief, iteration_count, plural, spaced, tell_apart
from lsedash.theory.closed_form import Theory
from lsedash.theory.conditioning import iterations_per_digit, outlook
from lsedash.theory.remedy import SAME


def describe_system(theory: Theory) -> str:
    """Shape, rank, solutions, condition number, and iterations per digit, in a few sentences."""
    m, n, rank = theory.system.m, theory.system.n, theory.rank
    head = f"{m} x {n}, {describe_rank(theory)}: {solutions(theory)}."
    if rank == 0:
        return f"{head} The loss is flat: descent stays where it starts."
    kappa = theory.condition_number
    tail = f"Condition number κ(A) = {brief(kappa, 3)}{among(theory)}; "
    tail += f"descent feels its square, {brief(kappa**2, 3)}"
    per_digit = iterations_per_digit(theory)
    return f"{head} {tail}: at the rate that is {LONG_RUN}, {_pace(per_digit)}."


def describe_rank(theory: Theory) -> str:
    """ "rank 3", or that float64 cannot tell: "at the limit of float64: rank 10 of 11 to rounding".

    A rank below the number of rows and columns is a fact only if elimination without rounding finds
    it too.
    """
    if theory.rank_is_exact:
        return f"rank {theory.rank}"
    most = min(theory.system.A.shape)
    return f"at the limit of float64: rank {theory.rank} of {most} to rounding"


def among(theory: Theory) -> str:
    """Which singular values kappa counts, in words; "" at full row or column rank."""
    full = theory.rank == min(theory.system.A.shape)
    if full:
        return ""
    above = "0" if theory.rank_is_exact else "rounding"
    return f" among the singular values above {above}"


def solutions(theory: Theory) -> str:
    """How many solutions the system has, in words."""
    unique = theory.rank == theory.system.n
    told = "" if theory.rank_is_exact else ", to rounding"
    if theory.least_loss > 0:
        return "no exact solution; " + (
            "one least-squares solution" if unique else f"many least-squares solutions{told}"
        )
    if unique:
        return "exactly one solution"
    return f"infinitely many solutions{told}; the start decides"


def _pace(per_digit: float) -> str:
    if per_digit <= 1:
        return "one step is enough"
    return f"a digit takes about {iteration_count(per_digit)} iterations"


REGIMES = {  # by the kind of the steepest mode
    "monotone": "Monotone: no step overshoots.",
    "one-step": "One step solves the steepest mode; no other mode overshoots.",
    "oscillating": "Oscillates along the steep modes, yet converges.",
    "undamped": "At the edge: swings along the steepest direction for ever.",
    "diverging": "Growing: {rate} is above the largest stable learning rate, {edge}{leaves}.",
    "frozen": "Nothing moves at any learning rate: A is zero, and so is every gradient.",
}


def describe_rate(theory: Theory, learning_rate: float, spoken: Spoken = OURS) -> str:
    """The regime of a learning rate, in one sentence."""
    kind = theory.modes(learning_rate)[0].kind
    rate, edge = tell_apart(*map(spoken.rate, (learning_rate, theory.critical_learning_rate)))
    return REGIMES[kind].format(rate=rate, edge=edge, leaves="")


def describe_conditioning(theory: Theory, *, most: int, spoken: Spoken = OURS) -> str:
    """Condition number, iterations per digit and the outlook, in words.

    Args:
        most: the largest number of iterations.
        spoken: the convention in which the rate is written.
    """
    if theory.rank == 0:
        return "A is zero: the loss is flat, and descent stays where it starts."
    kappa = theory.condition_number
    if kappa <= 1 + SAME:
        rate = brief(spoken.rate(theory.optimal_learning_rate))
        return (
            f"κ(A) = 1{among(theory)}: every moving direction is equally steep. "
            f"Comfortable: one iteration at the rate {rate} is enough."
        )
    return (
        f"κ(A) = {brief(kappa, 3)}{among(theory)}, and descent feels its square, "
        f"{brief(kappa**2, 3)}: even at the rate that is {LONG_RUN}, each digit of x takes "
        f"{_count(iterations_per_digit(theory))}. "
        f"{_hope(theory, most)}"
    )


def _count(iterations: float) -> str:
    count = iteration_count(iterations)
    return "one iteration" if count == "1" else f"about {count} iterations"


def _hope(theory: Theory, most: int) -> str:
    digits, iterations = int(most / iterations_per_digit(theory)), spaced(most)
    effects = {
        "comfortable": "are enough for every digit that rounding leaves",
        "slow": f"give about {plural(digits, 'digit')}",
        "hopeless": "do not give even one digit",
    }
    verdict = outlook(theory, most=most)
    return f"{verdict.capitalize()}: {iterations} iterations {effects[verdict]}."
