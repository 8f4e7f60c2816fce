"""What others do to links on the way: they append parts of their own, or encode the link again."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote

# Names of parts that mail programs, networks and advertisements append, and Streamlit's own.
NAMES = """
    _ga _gl _hsenc _hsmi cmpid dclid embed embed_options epik fbclid gad_source gbraid gclid gclsrc
    igsh igshid irclickid li_fat_id mibextid mkt_tok msclkid ncid rdt_cid ref ref_src ref_url
    s_kwcid sccid sfnsn share_id smid srsltid trk ttclid twclid usp wbraid wickedid yclid ysclid
"""
PREFIXES = ("utm_", "mc_", "hsa_", "pk_", "mtm_", "matomo_", "piwik_", "ga_", "fb_", "vero_")
ENCODED = re.compile("%[0-9A-Fa-f]{2}")


def is_appended(key: str) -> bool:
    """Whether others append parts of this name to links."""
    small = key.lower()
    return small in NAMES.split() or small.startswith(PREFIXES)


def read_once_more(link: Mapping[str, str]) -> dict[str, str]:
    """The parts of a link after they were decoded once more; the same if nothing is encoded.

    If the whole query was encoded again, it came as the name of one part without a value.
    """
    parts: dict[str, str] = {}
    for key, value in link.items():
        if "=" in key and not value:
            parts |= parse_qsl(key, keep_blank_values=True)
        else:
            parts[key] = unquote(value) if ENCODED.search(value) else value
    return parts
