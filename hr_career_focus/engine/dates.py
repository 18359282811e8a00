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
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    month += 1
    return date(year, month, min(anchor.day, monthrange(year, month)[1]))


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


def day_after(day: date) -> date:
    """Return the next day.

    >>> day_after(date(2027, 12, 31))
    datetime.date(2028, 1, 1)
    """
    return day + ONE_DAY
