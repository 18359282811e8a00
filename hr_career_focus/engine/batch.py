"""The entitlement of any number of people on one day.

:func:`entitlements` gives each person exactly what
:func:`~.entitlement.entitlement` gives, from rows as they come from a database.

A row is a plain tuple of one set of contract terms, in the order of :data:`COLUMNS`:

====  =============  ==============================================================
0     person         any hashable value; the rows of one person follow each other
1     employer       ``Facts.employer``: str or None
2     birthday       ``Facts.birthday``: date or None
3     valid_from     ``Spell.valid_from``: date; None for a person without any terms
4     start          ``Spell.start``: date or None
5     end            ``Spell.end``: date or None, no later than leaves_on
6     leaves_on      ``Spell.leaves_on``: date or None
7     fixed_term     ``Spell.fixed_term``: True, False or None
8     agreement_key  ``Spell.agreement_key``: str or None
9     category       ``Spell.category``: code or None (not on record)
10    weekly_hours   ``Spell.weekly_hours``: Decimal or None
11    fte            ``Spell.fte``: Decimal or None
12    wage           ``Spell.wage``: Decimal or None
====  =============  ==============================================================

Employer and birthday are those of the person, the same in all rows. The rows of a
person are fastest in the order of valid_from; of rows with the same valid_from the
order given counts, as in :class:`~.facts.Facts`. ``numeric`` columns of PostgreSQL
arrive as Decimal.
"""

import gc
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from operator import itemgetter

from .career import Career
from .case import Case
from .entitlement import answer_of, rights_of, whole
from .later import kind_of_answer, later
from .quick import Quick
from .rows import facts_of, position_of
from .values import (
    NO_AGREEMENT,
    NO_RULE,
    NO_START_DATE,
    NOT_ELIGIBLE,
    UNKNOWN,
    Entitlement,
    Reason,
    Rule,
    Use,
)

COLUMNS = (
    "person",
    "employer",
    "birthday",
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
_PERSON, _EMPLOYER, _VALID_FROM, _AGREEMENT = 0, 1, 3, 8
_valid_from = itemgetter(_VALID_FROM)


def entitlements(
    rows: Iterable[tuple],
    rules: Iterable[Rule],
    uses_by_person: Mapping[Hashable, Iterable[Use]],
    on_date: date,
) -> dict[Hashable, tuple[Entitlement, ...]]:
    """Answer for everybody in ``rows``, in the order in which they come.

    The answers are those of :func:`~.entitlement.entitlement`. Their reasons are
    worked out when they are read.
    """
    batch = Batch(rules, on_date)
    with collector_at_rest():
        return {
            group[0][_PERSON]: batch.answers(
                group, uses_by_person.get(group[0][_PERSON], ())
            )
            for group in _by_person(rows)
        }


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Do not look for garbage while nothing but answers is made.

    Every answer is kept, so the collector would look through all of them again and
    again, and find nothing: a third of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _by_person(rows: Iterable[tuple]) -> Iterator[list[tuple]]:
    """Yield the rows of each person."""
    group: list[tuple] = []
    person = None
    for row in rows:
        if row[_PERSON] != person:
            if group:
                yield group
            group, person = [], row[_PERSON]
        group.append(row)
    if group:
        yield group


class Batch:
    """The rights of everybody on one day."""

    def __init__(self, rules: Iterable[Rule], on_date: date):
        self.rules = tuple(rules)
        self.on_date = on_date
        self._quicks: dict[tuple, list[Quick]] = {}

    def quicks(self, agreement_key: str | None, employer: str | None) -> list[Quick]:
        """Return the rights of an agreement and a company, ready for this day."""
        key = agreement_key, employer
        if key not in self._quicks:
            self._quicks[key] = [
                Quick(right, self.on_date)
                for right in rights_of(self.rules, agreement_key, employer)
            ]
            for quick in self._quicks[key]:
                quick.kind_of_answer = kind_of_answer(self, quick, quick.common)
        return self._quicks[key]

    def answers(
        self, rows: list[tuple], uses: Iterable[Use]
    ) -> tuple[Entitlement, ...]:
        """Answer for one person, whose rows these are."""
        if len(rows) > 1:
            rows = [row for row in rows if row[_VALID_FROM] is not None]
            rows.sort(key=_valid_from)
        if not rows or rows[0][_VALID_FROM] is None:
            return (whole(UNKNOWN, NO_START_DATE),)
        position = position_of(rows, self.on_date)
        if position is None:
            terms = rows[0]
            for row in rows:
                if row[_VALID_FROM] <= self.on_date:
                    terms = row
        else:
            terms = position.terms
        if uses:
            uses = [use for use in uses if not use.returned and use.on <= self.on_date]
        agreement = terms[_AGREEMENT]
        found = [] if agreement else [whole(UNKNOWN, NO_AGREEMENT)]
        for quick in self.quicks(agreement, terms[_EMPLOYER]):
            key = quick.key_of_right
            mine = [use for use in uses if use.rule_key == key] if uses else ()
            values = None
            if position is not None and quick.is_steady:
                values = quick.answer(position, mine)
            if values is None:
                found.append(self.engine(quick, rows, mine))
            else:
                found.append(later(values, quick.kind_of_answer, rows, mine))
        return tuple(found) or (whole(NOT_ELIGIBLE, NO_RULE),)

    def engine(self, quick: Quick, rows: list[tuple], uses) -> Entitlement:
        """Return the answer of the whole engine."""
        career = Career(facts_of(rows))
        return answer_of(Case(career, quick.right, uses, self.on_date))

    def reasons(self, quick: Quick, rows: list[tuple], uses) -> tuple[Reason, ...]:
        """Return the reasons of an answer."""
        return self.engine(quick, rows, uses).reasons
