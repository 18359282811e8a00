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

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter

from .entitlement import entitlement
from .values import Entitlement, Facts, Rule, Spell, Use

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


def entitlements(
    rows: Iterable[tuple],
    rules: Iterable[Rule],
    uses_by_person: Mapping[Hashable, Iterable[Use]],
    on_date: date,
) -> dict[Hashable, tuple[Entitlement, ...]]:
    """Answer for everybody in ``rows``, in the order in which they come."""
    rules = tuple(rules)
    return {
        person: entitlement(
            facts_of(group), rules, uses_by_person.get(person, ()), on_date
        )
        for person, group in groupby(rows, itemgetter(0))
    }


def facts_of(rows: Iterable[tuple]) -> Facts:
    """Return the facts that the rows of one person tell."""
    spells, employer, birthday = [], None, None
    for row in rows:
        _person, employer, birthday, valid_from, start, end, *rest = row
        if valid_from is not None:
            leaves_on, fixed_term, agreement_key, category, hours, fte, wage = rest
            spells.append(
                Spell(
                    valid_from,
                    start,
                    end,
                    agreement_key,
                    category,
                    hours,
                    fte,
                    wage,
                    leaves_on,
                    fixed_term,
                )
            )
    return Facts(tuple(spells), employer, birthday)
