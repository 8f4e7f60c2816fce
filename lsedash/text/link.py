"""Links: an experiment as query parameters and back.

    ?A=1 2 0;0 1 0;0 0 1&b=1 2 3&x0=0 0 0&lr=0.1&iterations=50&tolerance=1e-9&dtype=float64
     &variants=numpy_by_hand,torch_module&show=never_cleared

`show` is what the page of the link is to show. Whatever equals the default is left out; the default
experiment is the article's worked example.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import numpy as np

from lsedash.experiment import Experiment
from lsedash.presets import PRESETS
from lsedash.problem import InvalidSystem, LinearSystem
from lsedash.programs.variants import VARIANTS
from lsedash.text.notation import (
    format_matrix,
    format_number,
    format_vector,
    parse_matrix,
    parse_number,
    parse_vector,
)

DEFAULT = PRESETS[0].experiment
ALL_VARIANTS = tuple(variant.key for variant in VARIANTS)
KEYS = ("A", "b", "x0", "lr", "iterations", "tolerance", "dtype", "variants")
SHOW = "show"


@dataclass(frozen=True)
class Opened:
    """What a link says.

    Attributes:
        experiment: the experiment, the default's value in place of each that could not be used.
        variants: the keys of the variants to run, in the article's order.
        show: what a page is to show, such as a pitfall's key; "" if the link does not say.
        problems: one sentence for each value that could not be used.
    """

    experiment: Experiment
    variants: tuple[str, ...]
    problems: tuple[str, ...]
    show: str = ""


def write_link(
    experiment: Experiment, variants: Sequence[str] = ALL_VARIANTS, show: str = ""
) -> dict[str, str]:
    """The query parameters of an experiment, in the order of `KEYS`, not yet URL-encoded."""
    system = experiment.system
    link = {}
    if system != DEFAULT.system:
        link["A"] = format_matrix(system.A)
        link["b"] = format_vector(system.b)
    if experiment != replace(experiment, x0=np.zeros(system.n)):  # -0 counts: links are exact
        link["x0"] = format_vector(experiment.x0)
    if experiment.learning_rate != DEFAULT.learning_rate:
        link["lr"] = format_number(experiment.learning_rate)
    if experiment.iterations != DEFAULT.iterations:
        link["iterations"] = str(experiment.iterations)
    if experiment.tolerance is not None:
        link["tolerance"] = format_number(experiment.tolerance)
    if experiment.dtype != DEFAULT.dtype:
        link["dtype"] = experiment.dtype
    if set(variants) != set(ALL_VARIANTS):
        link["variants"] = ",".join(key for key in ALL_VARIANTS if key in variants)
    if show:
        link[SHOW] = show
    return link


def query_string(link: Mapping[str, str]) -> str:
    """The link as the part of a URL behind the question mark."""
    return "&".join(f"{key}={quote(value, safe=',;')}" for key, value in link.items())


def read_link(link: Mapping[str, str]) -> Opened:
    """Read query parameters; what cannot be used is left at its default and reported."""
    problems: list[str] = []
    system = _system(link, problems)
    experiment = Experiment(system, None, DEFAULT.learning_rate, DEFAULT.iterations)
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "x0": ("x0", lambda text: parse_vector(text, name="x0")),
        "lr": ("learning_rate", lambda text: parse_number(text, field="lr", name="lr")),
        "iterations": ("iterations", parse_count),
        "tolerance": ("tolerance", lambda text: parse_number(text, name="tolerance")),
        "dtype": ("dtype", str),
    }
    for key, (attribute, reader) in readers.items():
        if key in link:
            try:
                experiment = replace(experiment, **{attribute: reader(link[key])})
            except InvalidSystem as problem:
                problems.append(str(problem))
    variants = _variants(link.get("variants"), problems)
    problems += [
        f"The link has an unknown part, {key!r}." for key in link if key not in (*KEYS, SHOW)
    ]
    return Opened(experiment, variants, tuple(problems), link.get(SHOW, ""))


def parse_count(text: str) -> int:
    """A whole number of iterations.

    Raises:
        InvalidSystem: it is not one.
    """
    value = parse_number(text, field="iterations", name="iterations")
    if not value.is_integer():
        raise InvalidSystem(
            f"Iterations must be a whole number, 0 or more; it is {text.strip()}.",
            field="iterations",
        )
    return int(value)


def _system(link: Mapping[str, str], problems: list[str]) -> LinearSystem:
    """A and b stand or fall together: one without the other is another problem."""
    if "A" not in link and "b" not in link:
        return DEFAULT.system
    try:
        A = parse_matrix(link["A"]) if "A" in link else DEFAULT.system.A
        b = parse_vector(link["b"]) if "b" in link else DEFAULT.system.b
        return LinearSystem(A, b)
    except InvalidSystem as problem:
        problems.append(f"{problem} The link's A and b were left out.")
        return DEFAULT.system


def _variants(text: str | None, problems: list[str]) -> tuple[str, ...]:
    if text is None:
        return ALL_VARIANTS
    asked = [key.strip() for key in text.split(",")]
    problems += [f"There is no variant {key[:40]!r}." for key in asked if key not in ALL_VARIANTS]
    return tuple(key for key in ALL_VARIANTS if key in asked) or ALL_VARIANTS
