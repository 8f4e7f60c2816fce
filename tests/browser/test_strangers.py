"""Texts of strangers stay texts."""

from playwright.sync_api import expect

from lsedash.text.link import query_string
from lsedash.ui.widgets.notes import JOINER

TYPED = [
    "https://a.example/x",
    "www.b.example",
    "c@d.example",
    ":smile: :material/link:",
    "**bold** ![x](y) <- [l](https://e.example) -> <b> $x$",
]
SIGNS = "a, img, b, strong, em, .katex, [data-testid=stIconMaterial]"


def test_nothing_in_a_notice_becomes_a_link_or_another_sign(page):
    page.goto(
        "/?" + query_string(dict.fromkeys(TYPED[:4], "1") | {"show": TYPED[4], "lr": TYPED[1]})
    )
    notices = page.locator("[data-testid=stAlert] [data-testid=stMarkdownContainer]")
    expect(notices).to_have_count(2)
    shown = " ".join(notices.all_text_contents()).replace(JOINER, "")
    for text in TYPED:
        assert text[:40] in shown
    for sign in SIGNS.split(", "):
        expect(notices.locator(sign)).to_have_count(0)
