"""Packed links: A, b and x0 in one part, for a link that would be long without it.

    z=eNozVDBQMLQGYgXDGkMFIwVjABvpAzI    which is A=1 0;0 1;1 1&b=1 2 3

The texts of the columns of A, with ";" between them, then b, then x0 unless it is zero, with "|"
before each; deflated (the zlib format, whose checksum tells a damaged text), as URL-safe base64
without "=". The texts are those of a link that is not packed, so the numbers are exact to the bit,
and they deflate better than their bytes do: data have few digits, and a column repeats itself.
"""

import re
import zlib
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

from lsedash.problem import InvalidInput
from lsedash.text.words import join_names, spaced

PACKED = "z"
PARTS = ("A", "b", "x0")
ADDRESS = "http://localhost:8501/?"  # as short as what stands before a link's query can be
LONGEST_PLAIN = 2000 - len(ADDRESS)  # characters of a link's query; a longer one is packed
DAMAGED = (
    "The link's packed A and b, its part z, are damaged and were not read: the link was cut or "
    "changed on its way. Copy the whole link once more."
)
TWICE = "The link has {0} as text and packed, in its part z; the text was taken."
_PLAIN = re.compile(r"[-+0-9.eE/ ;|]+")


def pack(link: Mapping[str, str]) -> dict[str, str]:
    """The link, its A, b and x0 packed if it is long and gets shorter by that."""
    if "A" not in link or length_of(link) <= LONGEST_PLAIN:
        return dict(link)
    rest = {key: text for key, text in link.items() if key not in PARTS}
    packed = {PACKED: _packed(link["A"], link["b"], link.get("x0", "")), **rest}
    return packed if length_of(packed) < length_of(link) else dict(link)


def unpack(link: Mapping[str, str], longest: int) -> tuple[dict[str, str], list[InvalidInput]]:
    """The link with A, b and x0 instead of its packed part, and what has to be said about that.

    Args:
        longest: characters of A, b and x0 together; longer ones are not unpacked.
    """
    rest = {key: text for key, text in link.items() if key != PACKED}
    if PACKED not in link:
        return rest, []
    if twice := [key for key in ("A", "b") if key in link]:
        return rest, [InvalidInput(TWICE.format(join_names(twice)))]
    try:
        parts = _unpacked(link[PACKED], longest)
    except InvalidInput as fault:
        return {key: text for key, text in rest.items() if key not in PARTS}, [fault]
    twice = [key for key in parts if key in rest]
    return {**parts, **rest}, [InvalidInput(TWICE.format(key)) for key in twice]


def length_of(link: Mapping[str, str]) -> int:
    """The characters of a link's query."""
    return sum(len(key) + len(quote(text, safe=",;")) + 2 for key, text in link.items()) - 1


@lru_cache(maxsize=32)  # each page has a link of its own, with the same system
def _packed(A: str, b: str, x0: str) -> str:
    text = "|".join([_transposed(A), b, *([x0] if x0 else [])])
    return urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


@lru_cache(maxsize=4)  # a link is read more than once while it is opened
def _unpacked(text: str, longest: int) -> dict[str, str]:
    texts = _inflated(text, longest).split("|")
    if not 2 <= len(texts) <= len(PARTS):
        raise _fault(DAMAGED)
    return dict(zip(PARTS, (_transposed(texts[0]), *texts[1:]), strict=False))


def _inflated(text: str, longest: int) -> str:
    """The text that was deflated, never more of it than `longest` characters."""
    inflater = zlib.decompressobj()
    try:
        packed = b64decode(text + "=" * (-len(text) % 4), "-_", validate=True)
        plain = inflater.decompress(packed, longest + 1).decode("ascii")
    except (zlib.error, ValueError):
        raise _fault(DAMAGED) from None
    if len(plain) > longest:
        limit = f"are longer than {spaced(longest)} characters when unpacked and were not read."
        raise _fault(f"The link's packed A and b, its part z, {limit}")
    if not inflater.eof or inflater.unused_data or not _PLAIN.fullmatch(plain):
        raise _fault(DAMAGED)
    return plain


def _transposed(text: str) -> str:
    """The rows of a table from its columns, or the other way round."""
    lines = [line.split(" ") for line in text.split(";")]
    if len({len(line) for line in lines}) > 1:
        raise _fault(DAMAGED)
    return ";".join(" ".join(line) for line in zip(*lines, strict=True))


def _fault(sentence: str) -> InvalidInput:
    return InvalidInput(sentence, field=PACKED)
