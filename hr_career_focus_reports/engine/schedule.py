"""The fixed days on which figures appear.

What is supported
    Four quarters and the year. A period ends, two weeks of grace follow, and the
    figures appear on the day after: 15 April, 15 July, 15 October, 15 January.

How to use
    >>> publication_day(2026, YEAR)
    datetime.date(2027, 1, 15)
    >>> publication_day(2026, QUARTERS[0])
    datetime.date(2026, 4, 15)
    >>> due(date(2027, 1, 14))
    ()
    >>> due(date(2027, 1, 15))
    ((2026, 'q4'), (2026, 'year'))

    A server that was down on the day itself publishes when it is back, within two
    weeks. What is missed for longer stays unpublished until someone runs it on purpose:

    >>> due(date(2027, 1, 29))
    ((2026, 'q4'), (2026, 'year'))
    >>> due(date(2027, 1, 30))
    ()
    >>> next_day(date(2026, 11, 21), quarters=False)
    datetime.date(2027, 1, 15)
    >>> next_day(date(2026, 1, 15), quarters=True)
    datetime.date(2026, 4, 15)

How it works
    Nothing here looks at a count: the calendar is the same whatever the figures say.
"""

from datetime import date, timedelta

from .parameters import AGREED

YEAR = "year"
QUARTERS = ("q1", "q2", "q3", "q4")
PERIODS = (*QUARTERS, YEAR)

CATCH_UP_DAYS = 14


def first_day(year: int, period: str) -> date:
    """Return the day a period begins."""
    if period == YEAR:
        return date(year, 1, 1)
    return date(year, 3 * QUARTERS.index(period) + 1, 1)


def last_day(year: int, period: str) -> date:
    """Return the day a period ends.

    >>> last_day(2026, "q1"), last_day(2026, YEAR)
    (datetime.date(2026, 3, 31), datetime.date(2026, 12, 31))
    """
    if period in (YEAR, QUARTERS[-1]):
        return date(year, 12, 31)
    following = QUARTERS[QUARTERS.index(period) + 1]
    return first_day(year, following) - timedelta(days=1)


def publication_day(
    year: int, period: str, grace_days: int = AGREED.grace_days
) -> date:
    """Return the one day on which the figures of a period appear."""
    return last_day(year, period) + timedelta(days=grace_days + 1)


def due(today: date) -> tuple[tuple[int, str], ...]:
    """Return the periods to publish now, in the order of publication."""
    return tuple(
        (year, period)
        for year in (today.year - 1, today.year)
        for period in PERIODS
        if 0 <= (today - publication_day(year, period)).days <= CATCH_UP_DAYS
    )


def next_day(today: date, quarters: bool) -> date:
    """Return the first publication day after `today`.

    :param quarters: whether the company is large enough for quarterly figures.
    """
    periods = PERIODS if quarters else (YEAR,)
    return min(
        day
        for year in (today.year - 1, today.year)
        for day in (publication_day(year, period) for period in periods)
        if day > today
    )
