"""HTML as a tree, so that tests ask what it says and not how it is written."""

from html.parser import HTMLParser
from xml.etree import ElementTree

VOID = {"br", "img", "wbr"}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.builder, self.open = ElementTree.TreeBuilder(), []

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        self.builder.start(tag, dict(attrs))
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes what is not open"
        self.builder.end(tag)

    def handle_data(self, data):
        self.builder.data(data)


def parsed(html):
    """The HTML inside one element; a tag that is not closed, or closed twice, is refused."""
    reader = _Reader()
    reader.feed(f"<body>{html}</body>")
    reader.close()
    assert reader.open == []
    return reader.builder.close()


def text(element):
    """What an element says."""
    return "".join(element.itertext())


def of_class(tree, name):
    """The elements of a class."""
    return [each for each in tree.iter() if name in each.get("class", "").split()]


def tables(html):
    """Each table by the label of its frame: the texts of its cells, row by row, its head first."""
    return {
        frame.get("aria-label"): [
            [text(cell) for cell in row if cell.tag in ("td", "th")] for row in frame.iter("tr")
        ]
        for frame in parsed(html).iter("div")
        if frame.get("role") == "region" and frame.find("table") is not None
    }


def records(html, label):
    """The rows of a table, each the texts of its cells by the heads of their columns."""
    heads, *rows = tables(html)[label]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def shape(tree):
    """The tags and the names of attributes, without what they say."""
    return [(each.tag, sorted(each.attrib)) for each in tree.iter()]


def said(tree):
    """All texts and all values of attributes."""
    return [text(tree), *(value for each in tree.iter() for value in each.attrib.values())]
