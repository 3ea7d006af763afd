"""The turnstile: pages leave in the order of their tickets, whatever becomes of them."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from tests.rings import HANG
from winnow.runs.turnstile import MAX_BYTES, Closed, Turnstile

MANY = 12


async def pass_in_order_of_readiness(ready: list[int], failing: frozenset[int] = frozenset()) -> list[int]:
    """Let one page per ticket arrive in the order given; failing ones give their ticket back without a turn."""
    turnstile, passed = Turnstile(), list[int]()
    tickets = [turnstile.ticket() for _ in ready]
    arrived = [asyncio.Event() for _ in ready]

    async def page(ticket: int) -> None:
        await arrived[ticket].wait()
        if ticket not in failing:
            await turnstile.turn(ticket)
            passed.append(ticket)
        turnstile.done(ticket)

    pages = [asyncio.create_task(page(ticket)) for ticket in tickets]
    for ticket in ready:
        arrived[ticket].set()
        for _ in range(4):
            await asyncio.sleep(0)  # let the page run until it waits
    await asyncio.wait_for(asyncio.gather(*pages), HANG)
    return passed


@given(st.permutations(range(MANY)))
def test_pages_pass_in_order_of_their_tickets(ready: list[int]) -> None:
    assert asyncio.run(pass_in_order_of_readiness(ready)) == list(range(MANY))


@given(st.permutations(range(MANY)), st.frozensets(st.integers(0, MANY - 1)))
def test_failed_pages_let_the_others_pass(ready: list[int], failing: frozenset[int]) -> None:
    expected = [ticket for ticket in range(MANY) if ticket not in failing]
    assert asyncio.run(pass_in_order_of_readiness(ready, failing)) == expected


@given(st.permutations(range(MANY)), st.integers(0, MANY - 1))
def test_no_page_passes_behind_one_that_is_left(ready: list[int], left: int) -> None:
    async def scene() -> list[int]:
        turnstile, passed, closed = Turnstile(), list[int](), list[int]()

        async def page(ticket: int) -> None:
            try:
                if ticket == left:
                    turnstile.close_behind(ticket)
                else:
                    await turnstile.turn(ticket)
                    passed.append(ticket)
            except Closed:
                closed.append(ticket)
            turnstile.done(ticket)

        for _ in ready:
            turnstile.ticket()
        await asyncio.wait_for(asyncio.gather(*map(page, ready)), HANG)
        assert sorted(closed) == list(range(left + 1, MANY))
        return passed

    assert asyncio.run(scene()) == list(range(left))


@given(st.permutations(range(MANY)))
def test_giving_a_ticket_back_twice_is_harmless(ready: list[int]) -> None:
    async def scene() -> list[bool]:
        turnstile = Turnstile()
        tickets = [turnstile.ticket() for _ in range(MANY + 1)]
        last = asyncio.create_task(turnstile.turn(tickets[-1]))
        await asyncio.sleep(0)
        passed = []
        for ticket in ready:
            turnstile.done(ticket)
            turnstile.done(ticket)
            await asyncio.sleep(0)
            passed.append(last.done())
        await asyncio.wait_for(last, HANG)
        return passed

    assert asyncio.run(scene()) == [False] * (MANY - 1) + [True]


def test_a_page_waits_until_every_earlier_ticket_is_back() -> None:
    async def scene() -> list[bool]:
        turnstile = Turnstile()
        first, second, third = (turnstile.ticket() for _ in range(3))
        waiting = asyncio.create_task(turnstile.turn(third))
        states = []
        for ticket in (second, first):
            await asyncio.sleep(0)
            states.append(waiting.done())
            turnstile.done(ticket)
        await asyncio.wait_for(waiting, HANG)
        return states

    assert asyncio.run(scene()) == [False, False]


def test_a_page_that_gives_up_waiting_does_not_hold_up_the_next() -> None:
    async def scene() -> None:
        turnstile = Turnstile()
        first, second, third = (turnstile.ticket() for _ in range(3))
        gives_up, waits = asyncio.create_task(turnstile.turn(second)), asyncio.create_task(turnstile.turn(third))
        await asyncio.sleep(0)
        gives_up.cancel()
        turnstile.done(second)
        turnstile.done(first)
        await asyncio.wait_for(waits, HANG)

    asyncio.run(scene())


def test_the_first_page_never_waits() -> None:
    async def scene() -> None:
        turnstile = Turnstile()
        await asyncio.wait_for(turnstile.turn(turnstile.ticket()), HANG)

    asyncio.run(scene())


def test_pages_with_too_many_bytes_wait_until_others_have_left() -> None:
    async def fill() -> None:
        turnstile = Turnstile()
        first, second = turnstile.ticket(MAX_BYTES - 1), turnstile.ticket()
        await turnstile.room()
        third = turnstile.ticket(2)
        waiting = asyncio.create_task(turnstile.room())
        turnstile.done(second)
        turnstile.done(second)
        await asyncio.sleep(0)
        assert not waiting.done()
        turnstile.done(first)
        turnstile.done(third)
        await asyncio.wait_for(waiting, HANG)

    asyncio.run(fill())
