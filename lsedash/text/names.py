"""What the columns of A and the entries of b mean, as a text and back.

    price;1;size;size,2;rooms,1,3.17,0.76

The target comes first, then one term for each column of A: 1 for the column of ones, otherwise a
feature and, where they are needed, its power, its mean and its deviation. In a name, `~2C` is the
character with these bytes, as in a link with a percent sign; so every name can be written.
"""

import re
from urllib.parse import unquote

from lsedash.meaning import Meaning, Term
from lsedash.problem import InvalidInput
from lsedash.text.notation import format_number, parse_count, parse_number
from lsedash.text.words import plural

NAMES = "names"  # the key in a link
ONES = "1"
_SPECIAL = re.compile(rf"[~,;%]|^\s+|\s+$|^{ONES}$")
_BROKEN = re.compile("%|~(?![0-9A-Fa-f]{2})")


def write_meaning(meaning: Meaning) -> str:
    """The text that reads back to the same meaning; it has no percent sign."""
    return ";".join([_write_name(meaning.target), *map(_write_term, meaning.terms)])


def read_meaning(text: str, columns: int) -> Meaning:
    """The meaning that a text describes.

    Args:
        columns: of A.

    Raises:
        InvalidInput: the text is none, or it has not one term for each column.
    """
    target, *terms = (part.strip() for part in text.split(";"))
    try:
        if len(terms) != columns:
            raise InvalidInput(
                f"There are names for {plural(len(terms), 'column')}, but A has "
                f"{plural(columns, 'column')}."
            )
        return Meaning(tuple(map(_read_term, terms)), _read_name(target))
    except InvalidInput as fault:
        sentence = f"{fault} The link's names were left out."
        raise InvalidInput(sentence, field=NAMES) from None


def _write_term(term: Term) -> str:
    if not term.power:
        return ONES
    standardised = (term.mean, term.deviation) != (0, 1)
    parts = [_write_name(term.feature)]
    if term.power > 1 or standardised:
        parts.append(str(term.power))
    if standardised:
        parts += [format_number(term.mean), format_number(term.deviation)]
    return ",".join(parts)


def _read_term(text: str) -> Term:
    if text == ONES:
        return Term()
    name, *numbers = text.split(",")
    if len(numbers) not in (0, 1, 3):
        raise InvalidInput(
            "After a name come its power, or its power, mean and deviation, with commas between "
            f"them; here is {_shown(text)}."
        )
    feature, about = _read_name(name.strip()), f"The names, {_shown(name)}"
    power = parse_count(numbers[0], name=f"{about}, power", least=1) if numbers else 1
    if len(numbers) < 3:
        return Term(feature, power)
    mean, deviation = (parse_number(number, name=about) for number in numbers[1:])
    return Term(feature, power, mean, deviation)


def _write_name(name: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        return "".join(f"~{byte:02X}" for byte in match[0].encode())

    return _SPECIAL.sub(escaped, name)


def _read_name(text: str) -> str:
    """The name; `~` stands for the percent sign of a link, which is decoded once only."""
    try:
        if _BROKEN.search(text):
            raise ValueError
        return unquote(text.replace("~", "%"), errors="strict")
    except ValueError:  # bytes that are no characters, too
        raise InvalidInput(f"The name {_shown(text)} cannot be read.") from None


def _shown(text: str) -> str:
    return repr(text if len(text) <= 24 else f"{text[:21]}...")
