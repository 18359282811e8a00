"""How the booklets of cases are written, and how a case is put to the engine.

A case is one line of a story: somebody's contracts, the rights, what was used, the
day that is asked about, and the answer in a few words::

    640 left until 2028-02-29, fresh from 2028-03-01: partly_used
    1350 left, 450 of it until 2024-12-31: saved
    used up, again from 2028-03-01: interval_running
    not yet, from 2021-01-01: service_too_short
    no right: employment_ended
    unknown: not_verified

``until`` is the last day for what is left, ``fresh`` when the next quantity comes; the
word after the colon is the reason that decides. Several rights are told one after
another, with a bar between them.
"""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest

from ..engine import values as v
from ..engine.entitlement import entitlement

KEY = "right"
CAO = "cao"
#: The employer in all cases that need one.
WE = "we"


class Case(NamedTuple):
    """One story with its answer."""

    name: str
    contracts: object
    rights: object
    uses: tuple
    on: str
    told: str


def day(text):
    """Read a date the way the booklets write it."""
    return date.fromisoformat(text) if isinstance(text, str) else text


def contract(start, end=None, agreement=CAO, since=None, **terms):
    """One contract, or new terms of it that count ``since`` a later day.

    ``hours``, ``fte`` and ``wage`` are numbers or texts; ``leaves`` is the last day
    of somebody who is known to leave; ``permanent`` tells that an end is no term.
    """
    numbers = {
        field: Decimal(str(terms.pop(name)))
        for name, field in (("hours", "weekly_hours"), ("fte", "fte"), ("wage", "wage"))
        if name in terms
    }
    if terms.pop("permanent", False):
        terms["fixed_term"] = False
    leaves = day(terms.pop("leaves", None))
    first = day(start)
    return v.Spell(
        day(since) or first or date(2015, 1, 1),
        first,
        day(end),
        agreement,
        leaves_on=leaves,
        **numbers,
        **terms,
    )


def person(*contracts, born=None, employer=WE):
    """Somebody with a birthday or an employer that matters."""
    return v.Facts(tuple(contracts), employer, day(born))


def used(quantity, on, key=KEY, **facts):
    """What was used on a day."""
    for name in ("granted", "redeemed"):
        if name in facts:
            facts[name] = Decimal(str(facts[name]))
    for name in ("completed", "expires"):
        if name in facts:
            facts[name] = day(facts[name])
    return v.Use(key, Decimal(str(quantity)), day(on), **facts)


def version(key="", valid_from=None, valid_to=None, registered=None, **facts):
    """One text of an agreement that somebody has checked."""
    facts.setdefault("verified", True)
    return v.Version(
        key,
        valid_from=day(valid_from),
        valid_to=day(valid_to),
        registered=day(registered),
        **facts,
    )


def agreement(*versions, key=CAO, employer=None):
    """An agreement with these texts; with one text when none is named."""
    return v.Agreement(key, key, versions or (version(),), employer)


def right(quantity, unit="EUR", text=None, key=KEY, **terms):
    """One wording of a right; an amount of euros unless ``unit`` says otherwise.

    All terms go by their own names, wherever the engine keeps them.
    """
    parts = {}
    for part, kept in (("interval", v.Interval), ("eligibility", v.Eligibility)):
        names = {field.name for field in fields(kept)}
        found = {name: terms.pop(name) for name in names.intersection(terms)}
        for name in ("cap", "min_hours"):
            if name in found:
                found[name] = Decimal(str(found[name]))
        if "origin" in found:
            found["origin"] = day(found["origin"])
        for name in ("contract_types", "excluded"):
            if name in found:
                found[name] = frozenset(found[name])
        parts[part] = kept(**found)
    for name in ("valid_from", "valid_to"):
        terms[name] = day(terms.get(name))
    for name in ("full_time_hours", "rounding"):
        if name in terms:
            terms[name] = Decimal(str(terms[name]))
    if unit in ("EUR", "JPY"):
        terms["currency"], unit = unit, v.AMOUNT
    return v.Rule(
        key,
        text or agreement(),
        Decimal(str(quantity)),
        unit=unit,
        clause="article 1",
        **parts,
        **terms,
    )


def rolling(quantity, months, unit="EUR", **terms):
    """A right that comes back some months after the first use."""
    return right(quantity, unit, kind=v.ROLLING_START, months=months, **terms)


def number(decimal):
    """Write a quantity without zeros that say nothing."""
    return f"{decimal.normalize():f}"


def told(answer):
    """Return an answer in a few words."""
    days, left = "", number(answer.left)
    if answer.status == v.AVAILABLE:
        words = f"{left} left"
        if answer.until and answer.lapsing == answer.left:
            days = f" until {answer.until}"
        elif answer.until:
            days = f", {number(answer.lapsing)} of it until {answer.until}"
        if answer.next_date:
            days += f", fresh from {answer.next_date}"
    else:
        assert not answer.left
        assert answer.until is None
        words, again = {
            v.NOT_YET: ("not yet", "from"),
            v.USED_UP: ("used up", "again from"),
            v.NOT_ELIGIBLE: ("no right", "from"),
            v.UNKNOWN: ("unknown", "from"),
        }[answer.status]
        if answer.next_date:
            days = f", {again} {answer.next_date}"
    return f"{words}{days}: {answer.reasons[0].code}"


def ask(case):
    """Put a case to the engine."""
    facts, rights = case.contracts, case.rights
    if isinstance(facts, v.Spell):
        facts = (facts,)
    if not isinstance(facts, v.Facts):
        facts = v.Facts(tuple(facts), WE)
    if isinstance(rights, v.Rule):
        rights = (rights,)
    return entitlement(facts, rights, case.uses, day(case.on))


def booklet(*tables):
    """Run a test for each case of these tables: ``cases`` by the name of a chapter."""
    cases = [case for table in tables for chapter in table.values() for case in chapter]
    return pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])


def check(case):
    """The answer is the one that is told, and every reason names its clause."""
    answers = ask(case)
    found = " | ".join(told(answer) for answer in answers)
    assert found == case.told, f"{found!r} instead of {case.told!r}"
    for answer in answers:
        clauses = {reason.clause for reason in answer.reasons}
        expected = {"article 1"} if answer.rule_key else {""}
        assert clauses == expected, clauses
