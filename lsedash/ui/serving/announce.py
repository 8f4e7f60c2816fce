"""The address for the local network, and its QR code, in the terminal of the server."""

import sys

import streamlit as st

from lsedash.ui.serving.codes import in_terminal
from lsedash.ui.serving.network import network_address

WHITE_ON_BLACK = "\x1b[97;40m{}\x1b[0m"  # whatever colours the terminal has


def announce() -> None:
    """Print them, unless nobody looks at the terminal or other devices cannot reach the server."""
    address = network_address()
    if address is None or (st.get_option("server.headless") and not sys.stdout.isatty()):
        return
    try:
        print(announcement(address, colours=sys.stdout.isatty()), flush=True)
    except UnicodeEncodeError:  # a terminal without half blocks
        print(f"  In your network: {address}", flush=True)


def announcement(address: str, *, colours: bool) -> str:
    """What is printed: the code, then the address."""
    lines = in_terminal(address).splitlines()
    shown = [WHITE_ON_BLACK.format(line) for line in lines] if colours else lines
    return "\n".join([*(f"  {line}" for line in shown), f"  In your network: {address}", ""])
