"""Few runs draw at a time, in the order in which they came, and a waiting one lets others pass."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from lsedash.ui.state.turnstile import Turnstile

PATIENCE = 30  # seconds


@pytest.fixture
def threads():
    with ThreadPoolExecutor(16) as threads:
        yield threads


def held(turnstile, inside, until):
    """Hold a turn from when `inside` is set until `until` is."""
    with turnstile.turn():
        inside.set()
        assert until.wait(PATIENCE)


def holders(threads, turnstile, count):
    """So many that hold a turn, and what ends them."""
    ends = [Event() for _ in range(count)]
    for end in ends:
        inside = Event()
        threads.submit(held, turnstile, inside, end)
        assert inside.wait(PATIENCE)
    return ends


def test_no_more_than_so_many_pass_and_the_others_pass_in_the_order_in_which_they_came(threads):
    turnstile, order = Turnstile(2), []
    first, second = holders(threads, turnstile, 2)

    def come(name, came):
        came.set()
        with turnstile.turn():
            order.append(name)

    waiting = []
    for name in "abc":
        came = Event()
        waiting.append(threads.submit(come, name, came))
        assert came.wait(PATIENCE)
        while turnstile.waiting < len(waiting):
            pass
    assert order == []
    second.set()
    for one in waiting:
        one.result(PATIENCE)
    assert order == ["a", "b", "c"]
    first.set()


def test_whoever_waits_for_something_else_lets_others_pass(threads):
    turnstile, passed = Turnstile(1), Event()

    def paused():
        with turnstile.turn(), turnstile.pause():
            return passed.wait(PATIENCE)

    def passing():
        with turnstile.turn():
            passed.set()

    one = threads.submit(paused)
    threads.submit(passing).result(PATIENCE)
    assert one.result(PATIENCE)


def test_a_turn_that_ends_with_an_exception_is_given_back():
    turnstile = Turnstile(1)
    for _ in range(3):
        with pytest.raises(ArithmeticError), turnstile.turn(), turnstile.pause():
            raise ArithmeticError
    inside = Event()
    inside.set()
    held(turnstile, inside, inside)
    assert inside.is_set()
