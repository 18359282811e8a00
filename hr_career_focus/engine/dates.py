"""Calendar arithmetic for rights that last months or years.

All functions take and return plain dates: a right opens at the start of a day in the
employee's own country, so no clock and no time zone is involved.
"""

from calendar import monthrange
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def add_months(anchor: date, months: int) -> date:
    """Return the day ``months`` later, counted from ``anchor`` itself.

    The anniversary of 29 February is 28 February in a year without one, and
    29 February again in the next leap year, because every anniversary is counted
    from the first day and never from the one before::

        >>> add_months(date(2023, 3, 1), 60)
        datetime.date(2028, 3, 1)
        >>> add_months(date(2024, 2, 29), 12)
        datetime.date(2025, 2, 28)
        >>> add_months(date(2024, 2, 29), 48)
        datetime.date(2028, 2, 29)

    A month that is too short gives its last day; months may be negative::

        >>> add_months(date(2026, 8, 31), 6)
        datetime.date(2027, 2, 28)
        >>> add_months(date(2026, 1, 15), -1)
        datetime.date(2025, 12, 15)

    There are no days after the last one of the calendar::

        >>> add_months(date(9999, 1, 1), 60)
        datetime.date(9999, 12, 31)
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    month += 1
    day = anchor.day
    return date(year, month, day if day < 29 else min(day, monthrange(year, month)[1]))


def full_months(start: date, end: date) -> int:
    """Return how many whole months have passed from ``start`` up to ``end``.

    It is the largest number for which :func:`add_months` does not go past ``end``::

        >>> full_months(date(2023, 3, 1), date(2028, 2, 29))
        59
        >>> full_months(date(2023, 3, 1), date(2028, 3, 1))
        60
        >>> full_months(date(2024, 2, 29), date(2025, 2, 28))
        12
        >>> full_months(date(2026, 1, 31), date(2026, 1, 1))
        -1
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    return months


def begun_months(start: date, end: date) -> int:
    """Return how many months there are from ``start`` to ``end``, a part as a whole.

    ``end`` is the first day after. Who starts on 15 March has ten months of the year
    left, who starts on 1 March as well::

        >>> begun_months(date(2026, 3, 15), date(2027, 1, 1))
        10
        >>> begun_months(date(2026, 3, 1), date(2027, 1, 1))
        10
    """
    months = full_months(start, end)
    return months if add_months(start, months) == end else months + 1


def period_index(origin: date, months: int, day: date) -> int:
    """Return the number of the period that covers a day, 0 for the one from origin.

    Period ``k`` runs from ``add_months(origin, k * months)`` until the next one::

        >>> period_index(date(2020, 1, 1), 60, date(2024, 12, 31))
        0
        >>> period_index(date(2020, 1, 1), 60, date(2025, 1, 1))
        1
        >>> period_index(date(2020, 1, 1), 60, date(2019, 12, 31))
        -1
    """
    return full_months(origin, day) // months


def next_day(day: date) -> date:
    """Return the next day; after the last one of the calendar, that one.

    >>> next_day(date(2027, 12, 31))
    datetime.date(2028, 1, 1)
    >>> next_day(date.max) == date.max
    True
    """
    return day if day == date.max else day + ONE_DAY


def previous_day(day: date) -> date:
    """Return the day before.

    >>> previous_day(date(2028, 3, 1))
    datetime.date(2028, 2, 29)
    """
    return day if day == date.min else day - ONE_DAY
