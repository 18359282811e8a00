"""How a count becomes the figure that is shown (R5, R6, R8).

What is supported
    One draw per group and period moves the count up or down to a multiple of five.
    From about half the group on only "so many or more" is said, so that "everybody"
    cannot be told from "half". Zero is shown as "0-4", which one to four may be too.

How to use
    >>> figure(12, 60, draw(b"secret", "1|2026|year|company"))
    Figure(shown=15, low=11, high=19, top=False)
    >>> figure(0, 60, 0)
    Figure(shown=0, low=0, high=4, top=False)
    >>> figure(24, 24, 0) == figure(12, 24, 0)
    True
    >>> figure(24, 24, 0)
    Figure(shown=10, low=6, high=24, top=True)

How it works
    The draw is HMAC-SHA256 over the name of the row, under a secret that exists once
    per database: the same row always gets the same draw, and without the secret nobody
    can repeat it. Everything is whole numbers; no floating point is involved.
"""

import hmac
from dataclasses import dataclass

TICKETS = 1 << 64


@dataclass(frozen=True, slots=True)
class Figure:
    """What is shown of a count.

    shown
        A multiple of the base.
    low, high
        The true number is one of these or between them.
    top
        The figure only means "`low` or more".
    """

    shown: int
    low: int
    high: int
    top: bool


def draw(secret: bytes, row: str) -> int:
    """Return the draw of a row: a number from 0 to 2**64 - 1.

    >>> draw(b"secret", "a") == draw(b"secret", "a")
    True
    >>> draw(b"secret", "a") == draw(b"another", "a")
    False
    """
    digest = hmac.digest(secret, row.encode(), "sha256")
    return int.from_bytes(digest[:8], "big")


def rounded(count: int, ticket: int, base: int = 5) -> int:
    """Return `count` moved to a multiple of `base`; up with chance rest / base.

    Multiples stay what they are, and on average nothing is added or lost.

    >>> [rounded(12, ticket) for ticket in (0, TICKETS // 5, TICKETS // 2)]
    [15, 15, 10]
    >>> rounded(15, 0), rounded(15, TICKETS - 1)
    (15, 15)
    """
    rest = count % base
    up = ticket * base < rest * TICKETS
    return count - rest + (base if up else 0)


def top_code(headcount: int, base: int = 5) -> int:
    """Return the figure from which only "or more" is said.

    It is the largest multiple of `base` that is not above half the group, and at least
    two bases.

    >>> top_code(24), top_code(97), top_code(20)
    (10, 45, 10)
    """
    return max(2 * base, headcount // 2 // base * base)


def figure(count: int, headcount: int, ticket: int, base: int = 5) -> Figure:
    """Return what is shown of `count` people in a group of `headcount`."""
    shown = rounded(count, ticket, base)
    top = top_code(headcount, base)
    if shown >= top:
        return Figure(top, top - base + 1, headcount, True)
    return Figure(shown, max(0, shown - base + 1), shown + base - 1, False)
