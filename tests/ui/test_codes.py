"""The QR code of a page's link holds an address that other devices reach, and can be read."""

import io
import json
import sys
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from helpers.answers import served
from helpers.codes import half_blocks, modules, read_modules
from lsedash.presets import PRESETS
from lsedash.text.link import query_string, read_link, write_link
from lsedash.ui.serving import announce, network
from lsedash.ui.serving.codes import MOST_CHARACTERS, code_of, in_terminal
from lsedash.ui.serving.network import network_address, network_host

CLASS = "https://class.example.edu"


@pytest.fixture
def setting(monkeypatch):
    """Set an option of Streamlit's for one test."""
    options = {"server.address": None, "browser.serverAddress": "localhost", "server.port": 8501}
    options |= {"server.sslCertFile": None, "server.headless": False}
    monkeypatch.setattr(network.st, "get_option", lambda name: options.get(name, ""))
    return options


def padded(length):
    """A link of this length, which holds an experiment and a page's setting."""
    link = f"{CLASS}/why?lr=0.2&remark="
    return link + "x" * (length - len(link))


LINKS = {
    preset.title: f"{CLASS}/?{query_string(write_link(preset.experiment, meaning=preset.meaning))}"
    for preset in PRESETS
}
SHORT = [preset for preset in PRESETS if len(LINKS[preset.title]) <= MOST_CHARACTERS]


@pytest.mark.parametrize("preset", SHORT, ids=lambda preset: preset.title)
def test_the_code_of_every_preset_whose_link_is_short_enough_opens_the_preset(preset):
    link = LINKS[preset.title]
    code = code_of(link)
    (read,) = read_modules(modules(code.svg))
    assert (code.address, code.said) == (read, "")
    opened = read_link(dict(parse_qsl(urlsplit(read).query)))
    assert (opened.experiment, opened.meaning) == (preset.experiment, preset.meaning)
    assert opened.problems == ()


@pytest.mark.parametrize("length", [60, 200, MOST_CHARACTERS])
def test_a_code_is_dark_on_white_with_a_quiet_zone_of_four_modules(length):
    link = padded(length)
    dark = modules(code_of(link).svg)
    assert read_modules(dark) == [link]
    inside = dark[4:-4, 4:-4]
    corners = (inside[:7, :7], inside[:7, -7:], inside[-7:, :7])
    assert {corner.sum() for corner in corners} == {33}  # the eyes
    assert inside[-7:, -7:].sum() != 33  # it is not seen in a mirror
    assert dark.sum() == inside.sum()
    assert inside[0].any()
    assert len(inside) <= 77  # more could not be read from the last row
    assert 'fill="#fff"' in code_of(link).svg


def test_a_link_too_long_for_a_code_leaves_out_the_page_s_choices_and_says_so():
    code = code_of(padded(MOST_CHARACTERS + 1))
    assert code.address == f"{CLASS}/why?lr=0.2"
    assert read_modules(modules(code.svg)) == [code.address]
    assert f"The link has {MOST_CHARACTERS + 1} characters, too many" in code.said
    assert "the same experiment without the choices on the page" in code.said


def test_an_experiment_too_long_for_a_code_leaves_the_page_and_says_so():
    code = code_of(f"{CLASS}/why?A={'1.25+' * 200}&k=3")
    assert code.address == f"{CLASS}/why"
    assert read_modules(modules(code.svg)) == [code.address]
    assert "this code opens the page with the worked example" in code.said


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "127.1.2.3"])
def test_a_page_opened_at_localhost_has_the_machine_s_address_in_its_code(
    setting, monkeypatch, host
):
    setting["browser.serverAddress"] = "10.1.2.3"
    code = code_of(f"http://{host}:8600/why?lr=0.2")
    assert code.address == "http://10.1.2.3:8600/why?lr=0.2"
    assert "which no other device can reach" in code.said
    assert host.strip("[]") in code.said
    monkeypatch.setattr("lsedash.ui.serving.codes.network_host", lambda: None)
    alone = code_of(f"http://{host}:8600/why?lr=0.2")
    assert (alone.address, alone.svg) == ("", "")
    assert "no address in a network" in alone.said


def test_a_server_that_answers_its_own_machine_alone_gives_no_code(setting):
    setting["server.address"] = "127.0.0.1"
    code = code_of("http://localhost:8501/")
    assert (code.address, code.svg) == ("", "")
    assert "answers this machine alone" in code.said
    assert network_host() is None


def test_a_browser_gets_the_code_as_json_from_beside_the_modules():
    link = f"{CLASS}/?A=1+2;3+4&b=1+1"
    status, headers, body = served("/lsedash/any/qr", query=f"link={quote(link, safe='')}")
    assert status == 200
    assert headers["content-type"] == "application/json"
    assert json.loads(body)["address"] == link
    assert read_modules(modules(json.loads(body)["svg"])) == [link]


@pytest.mark.parametrize(
    "link",
    ["", "x", "javascript:alert(1)", "ftp://a/", "http://", "http://a:x/", "http://[1/", "//a/b"],
)
def test_what_is_no_link_gets_no_code(link):
    status, _, body = served("/qr", query=f"link={quote(link, safe='')}")
    assert (status, body) == (400, b"A QR code needs the link of a page.")


def test_a_link_of_any_length_is_answered():
    for link in (
        f"{CLASS}/{'x' * 20_000}",
        f"{CLASS}/?A={'1;' * 20_000}",
        f"{CLASS}/?{'&' * 9000}",
    ):
        status, _, body = served("/qr", query=f"link={quote(link, safe='')}")
        assert status == 200
        assert len(json.loads(body)["address"]) <= MOST_CHARACTERS


def test_the_terminal_shows_the_address_in_the_network_and_a_code_of_it(
    setting, monkeypatch, capsys
):
    setting["browser.serverAddress"] = "10.1.2.3"
    announce.announce()
    *lines, said = capsys.readouterr().out.strip("\n").split("\n")
    assert said == "  In your network: http://10.1.2.3:8501/"
    code = "\n".join(line[2:] for line in lines)
    assert read_modules(half_blocks(code)) == ["http://10.1.2.3:8501/"]
    assert all(len(line) < 78 for line in lines)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    announce.announce()  # where half blocks cannot be written
    sys.stdout.seek(0)
    assert sys.stdout.read() == "  In your network: http://10.1.2.3:8501/\n"


def test_a_log_and_a_server_for_this_machine_alone_have_no_code(setting, capsys):
    setting["server.headless"] = True
    announce.announce()
    setting |= {"server.headless": False, "server.address": "localhost"}
    announce.announce()
    assert capsys.readouterr().out == ""


def test_colours_of_the_terminal_do_not_turn_the_code_round():
    code = in_terminal(CLASS)
    coloured = announce.announcement(CLASS, colours=True).split("\n")
    for line, plain in zip(coloured, code.splitlines(), strict=False):
        assert line == f"  \x1b[97;40m{plain}\x1b[0m"


def test_the_address_in_the_network_is_no_loopback(setting):
    found = network_address()
    assert found is None or not network.is_loopback(urlsplit(found).hostname)
    setting |= {"browser.serverAddress": "dash.example.edu", "server.sslCertFile": "cert.pem"}
    assert network_address() == "https://dash.example.edu:8501/"
    for number in ("2001:db8::1", "[2001:db8::1]"):
        setting["browser.serverAddress"] = number
        assert network_address() == "https://[2001:db8::1]:8501/"
