"""Percentages with their range, and what they allow one to say (R12).

What is supported
    The share of a published figure in its group, always with the range of the true
    share, rounded outward; a comparison with the company; the sum over years.

How to use
    >>> share(Figure(10, 6, 14, False), 125)
    Share(low=4, centre=8, high=12)
    >>> share(Figure(0, 0, 4, False), 60)
    Share(low=None, centre=None, high=7)
    >>> share(Figure(45, 41, 97, True), 97)
    Share(low=42, centre=None, high=None)

    A group is above or below the company only when the ranges do not touch:

    >>> company = (Figure(60, 56, 64, False), 1000)
    >>> verdict((Figure(25, 21, 29, False), 200), company)
    'above'
    >>> verdict((Figure(15, 11, 19, False), 200), company)
    'unclear'
    >>> verdict((Figure(0, 0, 4, False), 200), company)
    'below'

How it works
    Every number here is a function of published figures and headcounts; no true count
    comes in. "0 %" and "100 %" are never said: such an end of a range is `None`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from .rounding import Figure

ABOVE = "above"
BELOW = "below"
UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Share:
    """Whole percents; `None` where there is nothing to say on that side."""

    low: int | None
    centre: int | None
    high: int | None


def share(figure: Figure, headcount: int) -> Share:
    """Return the share of `figure` in a group of `headcount` people."""
    low = figure.low * 100 // headcount
    if figure.top:
        return Share(low or None, None, None)
    high = -(-figure.high * 100 // headcount)
    centre = (200 * figure.shown + headcount) // (2 * headcount)
    return Share(
        low or None,
        centre or None,
        high if high < 100 else None,
    )


def verdict(group: tuple[Figure, int], company: tuple[Figure, int]) -> str:
    """Compare a group with the company: above, below, or no clear difference.

    The ranges compared are the ones that are printed, in whole percents, so that a
    reader who looks at them comes to the same answer.

    :param group: the group's figure and headcount.
    :param company: the same of the company.
    """
    part, whole = share(*group), share(*company)
    if (part.low or 0) > (whole.high or 100):
        return ABOVE
    if (part.high or 100) < (whole.low or 0):
        return BELOW
    return UNCLEAR


def over_years(shown: Sequence[int], base: int = 5) -> tuple[int, int]:
    """Return the sum of yearly figures and its 95 % margin in people.

    A single rounding deviates at most two people as a standard deviation; the margin of
    a sum grows with the square root of the number of years.

    >>> over_years([10, 15, 10])
    (35, 7)
    """
    deviation = (base - 1) / 2
    return sum(shown), ceil(1.96 * deviation * sqrt(len(shown)))
