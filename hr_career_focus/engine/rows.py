"""Rows of contract terms, as the batch takes them, and the position they tell of."""

from datetime import date
from typing import NamedTuple

from .values import BREAK_DAYS, Facts, Spell

NEVER = date.max

# The columns of a row, see :mod:`.batch`.
BIRTHDAY, VALID_FROM, START, END, LEAVES_ON, FIXED = 2, 3, 4, 5, 6, 7
CATEGORY, HOURS, FTE, WAGE = 9, 10, 11, 12


class Position(NamedTuple):
    """Where somebody in an ordinary position stands on the day.

    ``start`` and ``end`` are of the latest employment, which ``employed`` tells to be
    the one of the day. ``terms`` is the row of the day, ``coming`` the rows after it.
    """

    rows: list[tuple]
    start: date
    end: date
    employed: bool
    terms: tuple
    coming: list[tuple]


#: The fields of a Spell in the order of the columns.
_FIELDS = (
    "valid_from",
    "start",
    "end",
    "leaves_on",
    "fixed_term",
    "agreement_key",
    "category",
    "weekly_hours",
    "fte",
    "wage",
)


def spell_of(row: tuple) -> Spell:
    """Return the terms in a row.

    >>> row = (1, None, None, date(2020, 1, 1), date(2020, 1, 1), None,
    ...        None, False, "cao", "employee", None, None, None)
    >>> spell_of(row) == Spell(date(2020, 1, 1), date(2020, 1, 1), None, "cao",
    ...                        fixed_term=False)
    True
    """
    spell = Spell.__new__(Spell)  # quicker than naming each field
    spell.__dict__.update(zip(_FIELDS, row[VALID_FROM:], strict=True))
    return spell


def facts_of(rows: list[tuple]) -> Facts:
    """Return the facts that the rows of one person tell."""
    spells = tuple(spell_of(row) for row in rows if row[VALID_FROM] is not None)
    _person, employer, birthday, *_rest = rows[0]
    return Facts(spells, employer, birthday)


def position_of(rows: list[tuple], on_date: date) -> Position | None:
    """Return the position of a person, ``None`` when it is not an ordinary one.

    Ordinary is: each first day on record, in the order of the terms, and the latest
    employment begun. The rows are in the order of ``valid_from``.

    >>> first = (1, None, None, date(2020, 1, 1), date(2020, 1, 1), date(2020, 12, 31),
    ...          None, True, "cao", None, None, None, None)
    >>> then = (1, None, None, date(2021, 1, 3), date(2021, 1, 3), None,
    ...         None, False, "cao", None, None, None, None)
    >>> found = position_of([first, then], date(2026, 1, 1))
    >>> found.start, found.end == NEVER, found.employed, found.terms is then
    (datetime.date(2020, 1, 1), True, True, True)
    >>> position_of([first, then], date(2020, 6, 1)).coming == [then]
    True
    """
    first = rows[0][START]
    if first is None:
        return None
    begin, end, latest = first, rows[0][END] or NEVER, first
    terms, coming = rows[0], []
    for row in rows[1:]:
        start = row[START]
        if start is None or start < latest:
            return None
        if start == latest or (start - end).days < BREAK_DAYS:
            end = max(end, row[END] or NEVER)
        else:
            begin, end = start, row[END] or NEVER
        latest = start
        if row[VALID_FROM] <= on_date:
            terms = row
        else:
            coming.append(row)
    if begin > on_date:
        return None
    return Position(rows, begin, end, on_date <= end, terms, coming)
