"""The changes that callbacks make to how rates and losses are spoken; the experiment stays."""

from contextlib import suppress

from lsedash.problem import InvalidInput
from lsedash.text.convention import spoken_in
from lsedash.text.fields import FIELDS
from lsedash.text.settings import LOSS, RACE_RATES
from lsedash.ui.state.draft import spoken_anew
from lsedash.ui.state.edits import choose_in, drafted_experiment, edit, spoken
from lsedash.ui.state.visit import Visit, current


def speak(convention: str) -> None:
    """Speak rates and losses in another convention; the experiment stays."""
    visit = current()
    m = drafted_experiment().system.m
    before, after = (spoken_in(key, m) for key in (visit.settings[LOSS], convention))
    visit.draft = spoken_anew(visit.draft, before, after)
    speak_in(visit, convention, m)


def speak_in(visit: Visit, convention: str, m: int) -> None:
    """Change the convention of a visit, and with it the rates of the race; not the draft."""
    before, after = (spoken_in(key, m) for key in (visit.settings[LOSS], convention))
    rates = visit.settings[RACE_RATES]
    if rates is not None and before != after:
        rates = tuple(float(after.rate_text(before.own(rate))) for rate in rates)
        visit.settings = visit.settings.replaced(RACE_RATES, rates)
    choose_in(visit, LOSS, convention)
    visit.refused.pop(RACE_RATES.key, None)


def say_rate(text: str, convention: str | None) -> None:
    """Take over a rate that was said in a convention, which may not be the present one any more."""
    now, field = spoken(), FIELDS["lr"]
    if convention is not None and convention != now.convention.key:
        with suppress(InvalidInput):  # a text that is no rate stays as it is
            alpha = field.read(text, spoken_in(convention, now.m))
            text = field.write(alpha, now)
    edit(learning_rate=text)
