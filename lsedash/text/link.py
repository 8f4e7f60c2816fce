"""Links: an experiment, and what a page shows of it, as query parameters and back.

    ?A=1 2 0;0 1 0;0 0 1&b=1 2 3&x0=0 0 0&lr=0.1&iterations=50&tolerance=1e-9&dtype=float64
     &variants=numpy_by_hand,torch_module&show=never_cleared&view=modes&k=17

The parts are the fields of `lsedash.text.fields`, then `names`, which says what the columns of A
mean, `show`, which says what the page shows, and those settings of `lsedash.text.settings` that
belong to the page; `docs/link.md` lists them all. A value equal to the default is left out; the
default experiment is the article's worked example. Learning rates and losses are spoken in the
convention that the part `loss` names. A long link has A, b and x0 packed in one part:
`lsedash.text.packing`. Parts that others append to links are ignored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, quote

from lsedash.experiment import Experiment
from lsedash.meaning import Meaning
from lsedash.problem import InvalidInput
from lsedash.text.appended import is_appended, read_once_more
from lsedash.text.convention import spoken_in
from lsedash.text.experiments import read_texts
from lsedash.text.fields import (
    ALL_VARIANTS,
    CHOSEN_VARIANTS,
    DEFAULT,
    FIELDS,
    PARAMETERS,
    Field,
    read_variants,
)
from lsedash.text.names import NAMES, read_meaning, write_meaning
from lsedash.text.notation import LONGEST_TEXT
from lsedash.text.packing import PACKED, PARTS, pack, unpack
from lsedash.text.setting import DEFAULTS, Settings
from lsedash.text.settings import BY_KEY, LOSS, SETTINGS, of_page
from lsedash.text.words import spaced

KEYS = tuple(FIELDS)
SHOW = "show"
MOST_UNKNOWN = 5  # unknown parts that are named


@dataclass(frozen=True)
class Opened:
    """The content of a link.

    Attributes:
        experiment: the experiment; a value that could not be used is replaced by the default.
        variants: the keys of the variants to run, in the article's order.
        problems: one sentence for each value that could not be used.
        show: what the page shows, such as a pitfall's key; "" if the link does not say.
        settings: the pages' settings; one that could not be used is at its default.
        link: the query parameters that were read.
        unused: those of an experiment that could not be used.
        decoded: whether the link was encoded twice, and therefore decoded once more.
        meaning: what the columns of A mean, if the link says it and it fits A.
    """

    experiment: Experiment
    variants: tuple[str, ...]
    problems: tuple[str, ...]
    show: str = ""
    settings: Settings = DEFAULTS
    link: Mapping[str, str] = field(default_factory=dict)
    unused: dict[str, str] = field(default_factory=dict)
    decoded: bool = False
    meaning: Meaning | None = None


def write_link(
    experiment: Experiment,
    variants: Sequence[str] = ALL_VARIANTS,
    show: str = "",
    settings: Settings = DEFAULTS,
    page: str = "",
    meaning: Meaning | None = None,
) -> dict[str, str]:
    """The query parameters of an experiment on a page, in their order, not yet URL-encoded.

    Args:
        page: the path of the page; only its settings are written.
        meaning: what the columns of A mean; None if nobody knows.
    """
    changed = [field for field in PARAMETERS if not _is_default(field, experiment)]
    spoken = spoken_in(settings[LOSS], experiment.system.m)
    link = {field.key: field.write(field.value(experiment), spoken) for field in changed}
    if set(variants) != set(ALL_VARIANTS):
        link[CHOSEN_VARIANTS.key] = CHOSEN_VARIANTS.write(variants)
    if meaning:
        link[NAMES] = write_meaning(meaning)
    link = pack(link)  # a setting of a page must not decide about it
    if show:
        link[SHOW] = show
    for setting in of_page(page):
        if settings[setting] != setting.default:
            link[setting.key] = setting.write(settings[setting])
    return link


def query_string(link: Mapping[str, str]) -> str:
    """The link as the part of a URL after the question mark."""
    return "&".join(f"{key}={quote(value, safe=',;')}" for key, value in link.items())


def split_link(text: str) -> dict[str, str]:
    """The query parameters of a whole URL, or of its part after the question mark."""
    return dict(parse_qsl(text.partition("?")[2] or text, keep_blank_values=True))


def read_link(link: Mapping[str, str], longest: int = LONGEST_TEXT) -> Opened:
    """Read query parameters; a value that cannot be used is reported and the default is kept.

    Args:
        longest: characters of a value; a longer one is not read.
    """
    too_long = [key for key, text in link.items() if len(text) > longest]
    left_out = unused_parts(link, too_long).keys() | too_long
    kept = {key: text for key, text in link.items() if key not in left_out}
    decoded = decoded_link(kept)
    opened = replace(_read(decoded, longest), decoded=decoded != kept)
    limit = f"is longer than {spaced(longest)} characters and was not read."
    refused = [f"The link's {key[:40]!r} {limit}" for key in too_long]
    return replace(opened, problems=(*refused, *opened.problems))


def decoded_link(link: Mapping[str, str]) -> dict[str, str]:
    """The link, decoded once more if it was encoded twice.

    No part of ours has a percent sign, so there is only one reading of such a link. It is taken if
    more parts can be used then; otherwise the link is left as it is.
    """
    again = read_once_more(link)
    if again != link and len(_read(again).problems) < len(_read(link).problems):
        return again
    return dict(link)


def plain_link(text: str) -> dict[str, str]:
    """The query parameters of a URL as `decoded_link` gives them, nothing in them packed.

    Raises:
        InvalidInput: the packed part cannot be used, or what it holds is there twice.
    """
    plain, faults = unpack(decoded_link(split_link(text)), LONGEST_TEXT)
    if faults:
        raise faults[0]
    return plain


def _read(link: Mapping[str, str], longest: int = LONGEST_TEXT) -> Opened:
    plain, packing = unpack(link, longest)
    experiment, faults = read_texts(plain)
    variants: tuple[str, ...] = ALL_VARIANTS
    if CHOSEN_VARIANTS.key in link:
        variants, wrong = read_variants(link[CHOSEN_VARIANTS.key])
        faults += wrong
    meaning, misfits = (None, []) if packing else _read_names(link, experiment, faults)
    faults += misfits
    settings, unusable = _read_settings(link)
    rest = (*map(str, unusable), *unknown_parts(plain))
    problems = (*map(str, packing), *map(_sentence, faults), *rest)
    return Opened(
        experiment,
        variants or ALL_VARIANTS,
        problems,
        link.get(SHOW, ""),
        settings,
        link,
        unused_parts(link, [fault.field for fault in (*packing, *faults)]),
        meaning=meaning,
    )


def _read_names(
    link: Mapping[str, str], experiment: Experiment, faults: Sequence[InvalidInput]
) -> tuple[Meaning | None, list[InvalidInput]]:
    """What the columns of A mean, and why a text about it cannot be used.

    If A cannot be used, nothing is said of its names.
    """
    if NAMES not in link or any(map(_of_system, faults)):
        return None, []
    try:
        return read_meaning(link[NAMES], experiment.system.n), []
    except InvalidInput as fault:
        return None, [fault]


def unused_parts(link: Mapping[str, str], faulty: Sequence[str]) -> dict[str, str]:
    """The link's parts of an experiment that cannot be used, because of faults in these fields.

    A, b, x0 and the names describe one system together.
    """
    keys = set(faulty)
    if keys & {PACKED, *(field.key for field in PARAMETERS if field.of_system)}:
        keys |= {*PARTS, NAMES}
    if keys & {*PARTS}:
        keys |= {PACKED}
    there = (PACKED, *KEYS, NAMES)
    return {key: link[key] for key in there if key in keys and key in link}


def _read_settings(link: Mapping[str, str]) -> tuple[Settings, list[InvalidInput]]:
    """The settings in a link, and the faults of those that cannot be used."""
    settings, faults = DEFAULTS, []
    for setting in SETTINGS:
        if setting.key in link:
            try:
                settings = settings.replaced(setting, setting.read(link[setting.key]))
            except InvalidInput as fault:
                faults.append(fault)
    return settings, faults


def unknown_parts(link: Mapping[str, str]) -> list[str]:
    """A sentence for each part of the link that is unknown; a few are named, the rest counted."""
    known = {*KEYS, NAMES, SHOW, *BY_KEY}
    unknown = [key for key in link if key not in known and not is_appended(key)]
    sentences = [f"The link has an unknown part, {key[:40]!r}." for key in unknown[:MOST_UNKNOWN]]
    if more := len(unknown) - MOST_UNKNOWN:
        sentences += [f"The link has {more} more unknown parts."] if more > 0 else []
    return sentences


def _sentence(fault: InvalidInput) -> str:
    return f"{fault} The link's A and b were left out." if _of_system(fault) else str(fault)


def _of_system(fault: InvalidInput) -> bool:
    return fault.field in FIELDS and FIELDS[fault.field].of_system


def _is_default(field: Field, experiment: Experiment) -> bool:
    """Whether the link describes the same experiment, to the bit, without this field."""
    if field.of_system:  # a link has both A and b, or neither
        return experiment.system == DEFAULT.system
    return experiment == replace(experiment, **{field.attribute: field.default})
