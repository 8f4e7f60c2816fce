"""Under which address other devices reach this server."""

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from lsedash.ui.js import prefix

NOWHERE = ("192.0.2.1", 9)  # an address for documentation; asking for the way there sends nothing


def network_host() -> str | None:
    """The name or number by which other devices know this machine; None if there is none.

    Streamlit's setting `browser.serverAddress` goes before the number that this machine knows.
    """
    if answers_only_here():
        return None
    told = st.get_option("browser.serverAddress")
    if told and not is_loopback(told):
        return in_address(str(told))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(NOWHERE)
            host = str(way.getsockname()[0])
        except OSError:
            return None
    return None if is_loopback(host) else host


def network_address() -> str | None:
    """The dashboard's address for other devices; None if they cannot reach it."""
    host = network_host()
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    return f"{scheme}://{host}:{st.get_option('server.port')}{prefix()}/" if host else None


def answers_only_here() -> bool:
    """Whether the server was told to answer its own machine alone."""
    return is_loopback(st.get_option("server.address") or "")


def in_address(host: str) -> str:
    """A host as it stands in an address: a number of IPv6 in brackets."""
    return f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host


def is_loopback(host: str) -> bool:
    """Whether a host's name or number means the machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        found = ip_address(host.strip("[]"))
    except ValueError:  # a name
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def with_host(link: str, host: str) -> str:
    """The same link with another host."""
    parts = urlsplit(link)
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=f"{host}{port}").geturl()
