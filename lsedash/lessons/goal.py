"""A goal: a condition on the state of the dashboard.

    1.98 <= alpha_lambda <= 2.02
    loss_ratio < 0.01 and rises = no
    page = pitfalls and not (status(never_cleared) = finished)

`lsedash.lessons.conditions` reads the text; nothing in it is evaluated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose

from lsedash.lessons.facts import QUANTITIES, Facts, Value, value_of
from lsedash.programs.variants import VARIANTS
from lsedash.text.notation import format_number

SAME = 1e-9  # a relative difference of two numbers that count as equal


@dataclass(frozen=True)
class Constant:
    """A number, a word, or yes or no."""

    value: Value


@dataclass(frozen=True)
class Named:
    """A quantity, with its argument, times a number."""

    name: str
    argument: str = ""
    times: float = 1.0


@dataclass(frozen=True)
class Chain:
    """Operands with a comparison between each two: 1 < alpha_lambda < 2."""

    operands: tuple[Constant | Named, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Not:
    """Holds if its condition does not."""

    condition: "Condition"


@dataclass(frozen=True)
class Both:
    """Holds if all its conditions do."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True)
class Either:
    """Holds if any of its conditions does."""

    conditions: tuple["Condition", ...]


Condition = Chain | Not | Both | Either


@dataclass(frozen=True)
class Goal:
    """A condition, and the text that it was read from. `parse_goal` makes it.

    Attributes:
        text: the text.
        condition: what it says.
    """

    text: str
    condition: Condition

    def holds(self, facts: Facts) -> bool:
        """Whether the condition is true of a state of the dashboard."""
        return holds(self.condition, facts)

    @property
    def quantities(self) -> tuple[Named, ...]:
        """The quantities that it asks about."""
        return tuple(_named(self.condition))

    @property
    def programs(self) -> tuple[str, ...]:
        """The keys of the programs that it asks about and that are no variants."""
        asked = [q.argument for q in self.quantities if QUANTITIES[q.name].argument == "program"]
        return tuple(dict.fromkeys(key for key in asked if key and key not in VARIANTS.keys))


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether a condition is true of a state of the dashboard."""
    if isinstance(condition, Not):
        return not holds(condition.condition, facts)
    if isinstance(condition, Both):
        return all(holds(each, facts) for each in condition.conditions)
    if isinstance(condition, Either):
        return any(holds(each, facts) for each in condition.conditions)
    values = [_value(operand, facts) for operand in condition.operands]
    pairs = zip(values, condition.signs, values[1:], strict=False)
    return all(_compare(left, sign, right) for left, sign, right in pairs)


def number_of(named: Named, facts: Facts) -> Value:
    """The value of a quantity, times its number."""
    value = value_of(named.name, named.argument, facts)
    return value * named.times if isinstance(value, float) else value


def _value(operand: Constant | Named, facts: Facts) -> Value:
    return operand.value if isinstance(operand, Constant) else number_of(operand, facts)


def _compare(left: Value, sign: str, right: Value) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return _compare_numbers(left, sign, right)
    return (left == right) == (sign == "=")


def _compare_numbers(left: float, sign: str, right: float) -> bool:
    """Numbers that differ by rounding only are equal; nothing holds of NaN."""
    if left != left or right != right:
        return False
    same = isclose(left, right, rel_tol=SAME)
    if sign in ("=", "!="):
        return same == (sign == "=")
    below = left < right if sign.startswith("<") else left > right
    return (below or same) if sign.endswith("=") else (below and not same)


def _named(condition: Condition) -> Iterator[Named]:
    if isinstance(condition, Not):
        yield from _named(condition.condition)
    elif isinstance(condition, Chain):
        yield from (operand for operand in condition.operands if isinstance(operand, Named))
    else:
        for each in condition.conditions:
            yield from _named(each)


def write_goal(goal: Goal) -> str:
    """The shortest text that reads back to the same condition."""
    return write_condition(goal.condition)


def write_condition(condition: Condition, within: str = "") -> str:
    """A condition as text, in parentheses if its place needs them.

    Args:
        within: what stands around it: "not", "and", "or" or nothing.
    """
    if isinstance(condition, Chain):
        operands = [_write_operand(operand) for operand in condition.operands]
        pairs = zip(condition.signs, operands[1:], strict=True)
        text = " ".join([operands[0], *(f"{sign} {operand}" for sign, operand in pairs)])
        return f"({text})" if within == "not" else text
    if isinstance(condition, Not):
        return f"not {write_condition(condition.condition, 'not')}"
    word = "and" if isinstance(condition, Both) else "or"
    text = f" {word} ".join(write_condition(each, word) for each in condition.conditions)
    return f"({text})" if within in ("not", "and") or within == word else text


def _write_operand(operand: Constant | Named) -> str:
    if isinstance(operand, Constant):
        value = operand.value
        if isinstance(value, bool):
            return "yes" if value else "no"
        return value if isinstance(value, str) else format_number(value)
    times = "" if operand.times == 1 else f"{format_number(operand.times)} "
    argument = f"({operand.argument})" if operand.argument else ""
    return f"{times}{operand.name}{argument}"
