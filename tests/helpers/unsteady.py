"""A visitor who does something at random while his line breaks, and knows what must come of it."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from helpers.line import connection, expect_connected, expect_nothing_raised, open_first
from helpers.looking import cell, expect_verified, linked, parts, stage

STEPS = 12
PAGES = {"Descend": "/", "Learning rates": "/learning-rates"}
VIEWS = ("coordinates", "modes")
RATES = ".lsedash-rate span"  # as they are written below the chips
BROKEN = ("cut", "lose up", "lose down", "mend")
PAUSES = (0, 300, 900)  # milliseconds after the line was mended: at any moment
# What he does, each in one task of the browser, so that he knows whether he has let something go:
# nothing comes in between. Returns what is shown then, or null if there was nothing to let go.
ACTS = """async ({ act, at, text }) => {
  const found = (selector) => document.querySelector(selector);
  const press = (element, key) =>
    element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const write = (input) => {
    input.focus();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const own = (selector) => {
    const input = found(selector);
    if (!input) return null;
    write(input);
    input.dispatchEvent(new Event("change", { bubbles: true }));
    return text;
  };
  const acts = {
    entry: () => own(`[data-cell="${at}"]`),
    rate: () => own("[data-testid=rate-input]"),
    async iterations() {
      const input = found("input[aria-label=Iterations]");
      if (!input || input.disabled) return null;
      write(input);
      await Promise.resolve(); // React takes it in
      if (!input.isConnected || input.disabled || input.value !== text) return null;
      press(input, "Enter");
      return text;
    },
    handle() {
      const handle = found("[data-testid=rate-handle]");
      if (!handle) return null;
      press(handle, "ArrowRight");
      return found("[data-testid=stage]").dataset.learningRate;
    },
    button() {
      const button = [...document.querySelectorAll("button")].find(
        (button) => button.textContent.trim() === at && !button.disabled);
      button?.click();
      return button ? at : null;
    },
    chip() {
      const chip = found(`[data-chip="${at}"]`);
      if (!chip) return null;
      press(chip, "ArrowLeft");
      return [...document.querySelectorAll(".lsedash-rate span")].map((rate) => rate.textContent);
    },
    page() {
      const link = [...document.querySelectorAll(".st-key-pages a")].find(
        (link) => link.textContent.trim() === at);
      link?.click();
      return link ? at : null;
    },
  };
  return acts[act]();
}"""


class UnsteadyVisitor:
    """Acts at random on the first two pages.

    Attributes:
        wanted: what he let go last, by its name.
        said: what he did, in words.
    """

    def __init__(self, page, proxy, random):
        self.page, self.proxy, self.random = page, proxy, random
        self.wanted, self.said = {"page": "Descend"}, []

    def go_through(self):
        """Open the first page, act, and see that nothing is lost once the line is back."""
        open_first(self.page, self.proxy)
        for _ in range(STEPS):
            self.act()
        self.proxy.cut()  # what was lost is lost; the page knows that the line is down
        state = "data-test-connection-state"
        expect(connection(self.page)).not_to_have_attribute(state, "CONNECTED")
        self.proxy.mend()
        expect_connected(self.page)
        self.page.wait_for_url(self.has_what_he_let_go)
        expect_shown(self.page)
        expect_nothing_raised(self.page)

    def act(self):
        acts = [
            self.type_entry, self.type_iterations, self.turn_page, self.type_rate, self.press_rate,
            self.choose_view, self.move_chip, *[self.disturb] * 3,
        ]  # fmt: skip
        act = self.random.choice(acts)
        self.said.append(f"{act.__name__}: {act()}")

    def disturb(self):
        """The line breaks, at once or after it has lost what went through it, or is back."""
        kind = self.random.choice(BROKEN)
        if kind == "mend":
            self.proxy.mend()
            self.page.wait_for_timeout(self.random.choice(PAUSES))
        elif kind == "cut":
            self.proxy.cut()
        else:
            self.proxy.lost |= {kind.split()[1]}  # no line delivers what comes after a loss
        return kind

    def type_entry(self):
        row, text = self.random.randint(1, 3), str(self.random.randint(1, 99))
        return self.let_go(f"b-{row}", self.do("entry", f"b-{row}", text))

    def type_iterations(self):
        text = str(self.random.choice([self.random.randint(5, 90), 2000]))
        return self.let_go("iterations", self.do("iterations", text=text))

    def type_rate(self):
        text = str(self.random.randint(1, 30) / 100)
        return self.let_go("rate", self.do("rate", text=text))

    def press_rate(self):
        return self.let_go("rate", self.do("handle"))

    def choose_view(self):
        view = self.random.choice(VIEWS)
        return self.let_go("view", self.do("button", view.capitalize()) and view)

    def move_chip(self):
        return self.let_go("rates", self.do("chip", self.random.randint(1, 3)))

    def turn_page(self):
        return self.let_go("page", self.do("page", self.random.choice([*PAGES])))

    def do(self, act, at="", text=""):
        return self.page.evaluate(ACTS, {"act": act, "at": at, "text": text})

    def let_go(self, name, shown):
        """Note what is shown after an act, if there was something to let go."""
        if shown is not None:
            self.wanted[name] = shown
        return shown

    def has_what_he_let_go(self, url):
        """Whether an address has all of it."""
        experiment = linked(url)
        had = {f"b-{i}": f"{value:g}" for i, value in enumerate(experiment.system.b, 1)}
        had |= {"iterations": str(experiment.iterations), "view": parts(url).get("view", VIEWS[0])}
        had |= {"rate": experiment.learning_rate, "rates": shown_rates(url)}
        had |= {"page": {path: title for title, path in PAGES.items()}[urlsplit(url).path]}
        wanted = self.wanted | {"rate": float(self.wanted.get("rate", experiment.learning_rate))}
        at_its_page = {"view": "Descend", "rates": "Learning rates"}
        return all(
            had[name] == value for name, value in wanted.items()
            if at_its_page.get(name, had["page"]) == had["page"]
        )  # fmt: skip


def shown_rates(url):
    """The rates of the race in an address, as the page writes them."""
    return [f"α = {float(text):.4g}" for text in parts(url).get("rates", "").split()]


def expect_shown(page):
    """The fields, the stage and the chips show what the address has."""
    experiment = linked(page.url)
    iterations = page.get_by_label("Iterations", exact=True)
    expect(iterations).to_have_count(1)  # a field that is replaced stays for a moment
    expect(iterations).to_have_value(str(experiment.iterations))
    for i, value in enumerate(experiment.system.b, 1):
        expect(cell(page, f"b-{i}")).to_have_value(f"{value:g}")
    expect(page.locator("[data-unsent]")).to_have_count(0)
    if urlsplit(page.url).path == "/":
        rate = repr(experiment.learning_rate)
        expect(stage(page)).to_have_attribute("data-learning-rate", rate)
        expect_verified(page)
    elif "rates" in parts(page.url):
        expect(page.locator(RATES)).to_have_text(shown_rates(page.url))
