"""From dated terms of employment to one line in the register (R1).

What is supported
    The terms of one employee in order of date. Each holds until the next one begins,
    the contract ends, or the person leaves. The first one reaches back to the start of
    its contract when it was entered later.

How to use
    >>> terms = [
    ...     Term(date(2020, 3, 1), unit=1),
    ...     Term(date(2026, 7, 1), unit=2),
    ... ]
    >>> on_register(terms, date(2026, 1, 1), date(2026, 12, 31)).unit
    1
    >>> on_register(terms, date(2027, 1, 1), date(2027, 12, 31)).unit
    2
    >>> on_register(terms, date(2019, 1, 1), date(2019, 12, 31)) is None
    True

    Somebody who joins during the year counts with the unit of the first working day:

    >>> on_register(terms, date(2020, 1, 1), date(2020, 12, 31)).unit
    1

How it works
    The first term that overlaps the period gives the facts. Without an end an archived
    employee has left on a day nobody knows, and is not counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Term:
    """Terms of employment from `since` on; `departure` is the last day at work."""

    since: date
    contract_start: date | None = None
    contract_end: date | None = None
    departure: date | None = None
    unit: int = 0
    gender: str | None = None

    @property
    def is_fixed_term(self) -> bool:
        """Tell a contract with an end from one that ended because somebody left.

        >>> Term(date(2020, 1, 1), contract_end=date(2026, 6, 30)).is_fixed_term
        True
        >>> left = date(2026, 6, 30)
        >>> Term(date(2020, 1, 1), contract_end=left, departure=left).is_fixed_term
        False
        """
        return self.contract_end is not None and self.contract_end != self.departure


def on_register(
    terms: Sequence[Term], first: date, last: date, archived: bool = False
) -> Term | None:
    """Return the terms with which somebody counts from `first` to `last`, if at all."""
    for begin, end, term in _spells(terms):
        if end is None and archived:
            continue
        if begin <= last and (end is None or end >= first):
            return term
    return None


def joined_on(terms: Sequence[Term], first: date) -> date | None:
    """Return the first day at work of who was not at work yet on `first`.

    >>> terms = [Term(date(2026, 5, 1), contract_start=date(2026, 5, 1))]
    >>> joined_on(terms, date(2026, 1, 1)), joined_on(terms, date(2026, 7, 1))
    (datetime.date(2026, 5, 1), None)
    """
    begins = [begin for begin, end, _term in _spells(terms) if not end or end >= first]
    return min(begins) if begins and min(begins) > first else None


def left_on(terms: Sequence[Term], last: date) -> date | None:
    """Return the last day at work of who is not at work any more on `last`.

    >>> left = date(2026, 2, 28)
    >>> terms = [Term(date(2020, 3, 1), departure=left)]
    >>> left_on(terms, date(2026, 6, 30)), left_on(terms, date(2026, 1, 31))
    (datetime.date(2026, 2, 28), None)
    """
    ends = [end for begin, end, _term in _spells(terms) if begin <= last]
    if not ends or None in ends or max(ends) >= last:
        return None
    return max(ends)


def _spells(terms: Sequence[Term]) -> Iterator[tuple[date, date | None, Term]]:
    """Yield first day, last day (or none) and terms of each spell at work."""
    for number, term in enumerate(terms):
        begin = term.since
        if term.contract_start:
            begin = max(begin, term.contract_start)
            if not number:
                begin = term.contract_start
        ends = [term.contract_end, term.departure]
        if number + 1 < len(terms):
            ends.append(terms[number + 1].since - timedelta(days=1))
        end = min((day for day in ends if day), default=None)
        if end is None or begin <= end:
            yield begin, end, term
