"""What a visitor takes away from Descend: the stage as a page, and a line that embeds it."""

from html.parser import HTMLParser

from helpers.first_page import opened
from lsedash.stage.embedding import snippet
from lsedash.text.link import query_string, read_link


class Frames(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.frames = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.frames.append((tag, dict(attrs)))


def address_in(line):
    ((tag, attributes),) = Frames(line).frames
    assert tag == "iframe"
    assert "\n" not in line.strip()
    return attributes["src"]


def test_one_line_embeds_the_experiment_of_now():
    page = opened({"lr": "0.3", "open": "1", "view": "fit"})
    buttons = {button.label: button for button in page.get("download_button")}
    assert {"Download losses (CSV)", "Download this stage (HTML)"} <= set(buttons)
    (line,) = [code.value for code in page.code if "iframe" in code.value]
    query = address_in(line).partition("?")[2].split("&")
    assert query[-1] == "embed=true"
    assert set(query[:-1]) == {"lr=0.3", "view=fit"}


def test_nothing_in_a_link_breaks_out_of_the_line():
    link = {"names": '"><script>alert(1)</script>', "lr": "0.3"}
    src = address_in(snippet("https://example.org/base/?old=1", link))
    assert src == f"https://example.org/base/?{query_string(link)}&embed=true"
    assert address_in(snippet("https://example.org/", {})) == "https://example.org/?embed=true"
    assert not read_link({"lr": "0.3", "embed": "true"}).problems
