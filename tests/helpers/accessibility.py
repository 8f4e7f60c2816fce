"""What keeps someone from using a page, as far as a program can tell, in both colour schemes."""

from axe_playwright_python.sync_playwright import Axe

from helpers.layout import illegible

# What fades in or out is judged when it has arrived.
STILL = """() => document.querySelector("[data-stale=true]") === null
  && document.getAnimations().every((animation) => animation.playState !== "running")"""


# The page is drawn in the colours of a scheme.
DRAWN_IN = """scheme => {
  const app = document.querySelector("[data-testid=stApp]");
  const [red, green, blue] = getComputedStyle(app).backgroundColor.match(/[0-9.]+/g).map(Number);
  return red + green + blue < 384 === (scheme === "dark");
}"""


# Of all other results axe then reports a single place, which takes less time. The contrast of texts
# takes it longer than all other rules together; `illegible` sees more of them in a tenth of that.
VIOLATIONS = {
    "resultTypes": ["violations"],
    "rules": {"color-contrast": {"enabled": False}},
}

# What another scheme can change besides the contrast of texts.
COLOURS = {"runOnly": {"type": "rule", "values": ["link-in-text-block"]}}


def draw_in(page, scheme):
    """Change the colour scheme, and wait until the page is drawn in it."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(DRAWN_IN, arg=scheme)


def drawn_in(page):
    """The colour scheme that the page is drawn in."""
    dark = page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    return "dark" if dark else "light"


def serious_in_both_schemes(page):
    """The violations in light and in dark, by scheme and rule; the page is left in the other."""
    first = drawn_in(page)
    second = "light" if first == "dark" else "dark"
    draw_in(page, first)
    violations = {f"{first}: {rule}": places for rule, places in serious(page).items()}
    draw_in(page, second)
    again = serious(page, COLOURS)
    return violations | {f"{second}: {rule}": places for rule, places in again.items()}


def serious(page, options=None):
    """The violations that keep someone from using the page, with where they are.

    Args:
        options: of axe, such as which rules to run.
    """
    page.wait_for_function(STILL)
    found = Axe().run(page, options=VIOLATIONS | (options or {})).response["violations"]
    violations = {
        violation["id"]: [node["target"] for node in violation["nodes"]]
        for violation in found
        if violation["impact"] in ("serious", "critical")
    }
    faint = illegible(page, least=0)
    return violations | ({"contrast": faint} if faint else {})
