"""Links: an experiment as query parameters and back.

    ?A=1 2 0;0 1 0;0 0 1&b=1 2 3&x0=0 0 0&lr=0.1&iterations=50&tolerance=1e-9&dtype=float64
     &variants=numpy_by_hand,torch_module&show=never_cleared

The parts are the fields of `lsedash.text.fields` and `show`, which says what the page shows.
A value equal to the default is left out; the default experiment is the article's worked example.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote

from lsedash.experiment import Experiment
from lsedash.problem import InvalidInput
from lsedash.text.fields import (
    ALL_VARIANTS,
    CHOSEN_VARIANTS,
    DEFAULT,
    FIELDS,
    PARAMETERS,
    Field,
    read_texts,
    read_variants,
)

KEYS = tuple(FIELDS)
SHOW = "show"


@dataclass(frozen=True)
class Opened:
    """The content of a link.

    Attributes:
        experiment: the experiment; a value that could not be used is replaced by the default.
        variants: the keys of the variants to run, in the article's order.
        show: what the page shows, such as a pitfall's key; "" if the link does not say.
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
    changed = [field for field in PARAMETERS if not _is_default(field, experiment)]
    link = {field.key: field.write(field.value(experiment)) for field in changed}
    if set(variants) != set(ALL_VARIANTS):
        link[CHOSEN_VARIANTS.key] = CHOSEN_VARIANTS.write(variants)
    if show:
        link[SHOW] = show
    return link


def query_string(link: Mapping[str, str]) -> str:
    """The link as the part of a URL after the question mark."""
    return "&".join(f"{key}={quote(value, safe=',;')}" for key, value in link.items())


def split_link(text: str) -> dict[str, str]:
    """The query parameters of a whole URL, or of its part after the question mark."""
    return dict(parse_qsl(text.partition("?")[2] or text, keep_blank_values=True))


def read_link(link: Mapping[str, str]) -> Opened:
    """Read query parameters; a value that cannot be used is reported and the default is kept."""
    experiment, faults = read_texts(link)
    variants: tuple[str, ...] = ALL_VARIANTS
    if CHOSEN_VARIANTS.key in link:
        variants, wrong = read_variants(link[CHOSEN_VARIANTS.key])
        faults += wrong
    problems = (*map(_sentence, faults), *unknown_parts(link))
    return Opened(experiment, variants or ALL_VARIANTS, problems, link.get(SHOW, ""))


def unknown_parts(link: Mapping[str, str]) -> list[str]:
    """A sentence for each part of the link that is unknown."""
    return [f"The link has an unknown part, {key!r}." for key in link if key not in (*KEYS, SHOW)]


def _sentence(fault: InvalidInput) -> str:
    return f"{fault} The link's A and b were left out." if _of_system(fault) else str(fault)


def _of_system(fault: InvalidInput) -> bool:
    return FIELDS[fault.field].of_system


def _is_default(field: Field, experiment: Experiment) -> bool:
    """Whether the link describes the same experiment, to the bit, without this field."""
    if field.of_system:  # a link has both A and b, or neither
        return experiment.system == DEFAULT.system
    return experiment == replace(experiment, **{field.attribute: field.default})
