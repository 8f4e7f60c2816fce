"""QR codes of links: which address one holds, and how it is drawn."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from io import StringIO
from itertools import groupby
from urllib.parse import quote, unquote_plus, urlsplit

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from lsedash.text.link import KEYS
from lsedash.text.names import NAMES
from lsedash.text.packing import PACKED
from lsedash.ui.serving.network import answers_only_here, is_loopback, network_host, with_host
from lsedash.ui.widgets.html import draw

# 77 modules a side: from 20 m a phone's camera has 3 to 4 points for each if the code is 2 m high.
MOST_CHARACTERS = 500
QUIET = 4  # modules around a code that stay white
UNREACHABLE = "This page was opened at {host}, which no other device can reach."


@dataclass(frozen=True)
class Code:
    """What the page shows.

    Attributes:
        address: what the code holds; "" if there is nothing that others could open.
        svg: the drawing; "" without an address.
        said: what a visitor must know about it; "" if it is the page's own link.
    """

    address: str
    svg: str = ""
    said: str = ""


def answer(request: Request) -> Response:
    """The code of the page's link, as JSON. (Starlette calls it in a thread.)"""
    link = request.query_params.get("link", "")
    try:
        parts = urlsplit(link)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # no port, or no number of a host
        known = False
    if not known:
        return Response("A QR code needs the link of a page.", status_code=400)
    return JSONResponse(asdict(code_of(link)), headers={"cache-control": "no-store"})


def code_of(link: str) -> Code:
    """The code of a page's link, or of what fits and others can reach."""
    reachable = _reachable(link)
    if not reachable.address:
        return reachable
    code = _fitting(reachable)
    return replace(code, svg=drawn(code.address)) if code.address else code


def _reachable(link: str) -> Code:
    """The link with an address that other devices know."""
    host = urlsplit(link).hostname or ""
    if not is_loopback(host):
        return Code(link)
    said = UNREACHABLE.format(host=host)
    if answers_only_here():
        return Code("", said=f"{said} The server answers this machine alone.")
    known = network_host()
    if known is None:
        return Code("", said=f"{said} This machine has no address in a network.")
    return Code(with_host(link, known), said=f"{said} The code has this machine's address.")


def _fitting(code: Code) -> Code:
    """The same if it can be read from the last row, else what can be: less of the link."""
    if len(code.address) <= MOST_CHARACTERS:
        return code
    path, _, query = code.address.partition("?")
    same = f"{path}?{query.replace('%20', '+')}"
    if len(same) <= MOST_CHARACTERS:
        return replace(code, address=same)
    too_long = (
        f"The link has {len(code.address)} characters, too many for a QR code that the last row "
        "can read; "
    )
    shorter = _only(code.address, lambda key: key in (PACKED, *KEYS, NAMES))
    if len(shorter) <= MOST_CHARACTERS:
        rest = "this code opens the same experiment without the choices on the page."
    else:
        shorter = _only(code.address, lambda _key: False)
        rest = "this code opens the page with the worked example."
    if len(shorter) > MOST_CHARACTERS:
        return Code("", said=f"{code.said} {too_long}use Copy link instead.".strip())
    return Code(shorter, said=f"{code.said} {too_long}{rest}".strip())


def _only(link: str, keep: Callable[[str], bool]) -> str:
    """The link with only those parts of its query whose key is to be kept."""
    parts = urlsplit(link)
    pairs = parts.query.split("&")
    kept = [pair for pair in pairs if keep(unquote_plus(pair.partition("=")[0]))]
    return parts._replace(query="&".join(kept), fragment="").geturl()


@lru_cache(maxsize=64)
def drawn(address: str) -> str:
    """The code as SVG, which scales to any window."""
    matrix = [list(row) for row in _code(address).matrix_iter(border=QUIET)]
    dark = "".join(f"M{x} {y}h{n}v1h-{n}z" for y, row in enumerate(matrix) for x, n in _runs(row))
    return str(draw("serving/code.html", size=len(matrix), dark=dark))


def _runs(row: list[int]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow each other."""
    x = 0
    for dark, modules in groupby(row):
        count = len(list(modules))
        if dark:
            yield x, count
        x += count


def in_terminal(address: str) -> str:
    """The code in half blocks, to be written in white on black."""
    text = StringIO()
    _code(address).terminal(text, border=QUIET, compact=True)
    return text.getvalue()


def _code(address: str) -> segno.QRCode:
    # The lowest level that fits: nothing soils a projected code, and large modules count.
    return segno.make(quote(address, safe="%:/?&=#[]@!$'()*+,;~"), error="l", micro=False)
