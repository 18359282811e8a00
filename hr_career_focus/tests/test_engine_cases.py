"""The table of cases: what the first kind of rule gives, case by case.

Each line is one story with a name. ``A``, ``B`` ... stand for nothing: read the name.
The rule is that of the broadcasters' agreement unless a case says otherwise:
EUR 1,000 once every 60 months, counted from the first use.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ..engine import values as v
from ..engine.entitlement import entitlement, entitlement_of_rule

TEXT = v.Agreement("omroep", "CAO Omroeppersoneel", verified=True)
RULE = v.Rule(
    "guidance",
    TEXT,
    Decimal(1000),
    currency="EUR",
    clause="article 12",
    interval=v.Interval(months=60),
)
AFTER_A_YEAR = replace(RULE, eligibility=v.Eligibility(min_service_months=12))
HOURS = replace(RULE, unit=v.HOURS, quantity=Decimal(8), currency=None)
SESSIONS = replace(RULE, unit=v.SESSIONS, quantity=Decimal(6), currency=None)
SCAN = replace(
    RULE,
    unit=v.SCANS,
    quantity=Decimal(1),
    currency=None,
    interval=v.Interval(months=24),
)
YEARLY = replace(RULE, interval=v.Interval(months=12))


def day(text):
    """Read a date the way the table writes it."""
    return date.fromisoformat(text)


def spell(start, end=None, agreement="omroep", valid_from=None):
    """One contract; its terms count from its start unless said otherwise."""
    first = day(start) if start else None
    return v.Spell(
        day(valid_from) if valid_from else first or date(2020, 1, 1),
        first,
        day(end) if end else None,
        agreement,
    )


def used(quantity, on, **kwargs):
    """One use of the right."""
    return v.Use("guidance", Decimal(quantity), day(on), **kwargs)


def during(rule=RULE, **kwargs):
    """The same rule under an agreement with other dates."""
    dates = {key: day(d) if isinstance(d, str) else d for key, d in kwargs.items()}
    return replace(rule, agreement=replace(TEXT, **dates))


SINCE_2020 = (spell("2020-01-01"),)
ALL_IN_2023 = (used(1000, "2023-03-01"),)
PART_IN_2023 = (used(360, "2023-03-01"),)

# name, contracts, rule, uses, day asked, (status, left, next date), deciding reason
CASES = [
    (
        "never used: everything is there",
        *(SINCE_2020, RULE, (), "2026-11-21"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "no minimal service: open on the first working day",
        *(SINCE_2020, RULE, (), "2020-01-01"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "a year of service: closed on the day before",
        *(SINCE_2020, AFTER_A_YEAR, (), "2020-12-31"),
        *((v.NOT_YET, 0, "2021-01-01"), v.SERVICE_TOO_SHORT),
    ),
    (
        "a year of service: open on the anniversary",
        *(SINCE_2020, AFTER_A_YEAR, (), "2021-01-01"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "hired on 29 February: the year is full on 28 February",
        *((spell("2024-02-29"),), AFTER_A_YEAR, (), "2025-02-28"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "hired on 29 February: not full a day earlier",
        *((spell("2024-02-29"),), AFTER_A_YEAR, (), "2025-02-27"),
        *((v.NOT_YET, 0, "2025-02-28"), v.SERVICE_TOO_SHORT),
    ),
    (
        "all used: refused on the same day",
        *(SINCE_2020, RULE, ALL_IN_2023, "2023-03-01"),
        *((v.USED_UP, 0, "2028-03-01"), v.INTERVAL_RUNNING),
    ),
    (
        "all used: month 59 refused with the date",
        *(SINCE_2020, RULE, ALL_IN_2023, "2028-02-29"),
        *((v.USED_UP, 0, "2028-03-01"), v.INTERVAL_RUNNING),
    ),
    (
        "all used: month 60 granted",
        *(SINCE_2020, RULE, ALL_IN_2023, "2028-03-01"),
        *((v.AVAILABLE, 1000, None), v.INTERVAL_OVER),
    ),
    (
        "used on 29 February: back on 28 February five years on",
        *(SINCE_2020, RULE, (used(1000, "2024-02-29"),), "2029-02-28"),
        *((v.AVAILABLE, 1000, None), v.INTERVAL_OVER),
    ),
    (
        "used on 29 February: refused a day earlier",
        *(SINCE_2020, RULE, (used(1000, "2024-02-29"),), "2029-02-27"),
        *((v.USED_UP, 0, "2029-02-28"), v.INTERVAL_RUNNING),
    ),
    (
        "partly used: the rest is there until the interval ends",
        *(SINCE_2020, RULE, PART_IN_2023, "2028-02-29"),
        *((v.AVAILABLE, 640, "2028-03-01"), v.PARTLY_USED),
    ),
    (
        "partly used: a fresh amount when the interval ends, the rest is not added",
        *(SINCE_2020, RULE, PART_IN_2023, "2028-03-01"),
        *((v.AVAILABLE, 1000, None), v.INTERVAL_OVER),
    ),
    (
        "partly used twice: the second use opens no new interval",
        *(SINCE_2020, RULE, (*PART_IN_2023, used(640, "2027-12-01")), "2028-02-29"),
        *((v.USED_UP, 0, "2028-03-01"), v.INTERVAL_RUNNING),
    ),
    (
        "used again after the interval: that use opens the next one",
        *(SINCE_2020, RULE, (*ALL_IN_2023, used(1000, "2029-06-01")), "2034-05-31"),
        *((v.USED_UP, 0, "2034-06-01"), v.INTERVAL_RUNNING),
    ),
    (
        "used again on the very day the interval ends: it belongs to the next one",
        *(SINCE_2020, RULE, (*ALL_IN_2023, used(400, "2028-03-01")), "2028-03-01"),
        *((v.AVAILABLE, 600, "2033-03-01"), v.PARTLY_USED),
    ),
    (
        "used to the cent: one cent is left",
        *(SINCE_2020, RULE, (used("999.99", "2023-03-01"),), "2024-01-01"),
        *((v.AVAILABLE, "0.01", "2028-03-01"), v.PARTLY_USED),
    ),
    (
        "more was used than the rule gives: nothing is left, nothing is owed",
        *(SINCE_2020, RULE, (used(1200, "2023-03-01"),), "2024-01-01"),
        *((v.USED_UP, 0, "2028-03-01"), v.INTERVAL_RUNNING),
    ),
    (
        "more was used than the rule gives: the next interval is whole",
        *(SINCE_2020, RULE, (used(1200, "2023-03-01"),), "2028-03-01"),
        *((v.AVAILABLE, 1000, None), v.INTERVAL_OVER),
    ),
    (
        "cancelled before the first session: the right is back",
        *(SINCE_2020, RULE, (used(1000, "2023-03-01", returned=True),), "2024-01-01"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "cancelled and used again: the later use opens the interval",
        SINCE_2020,
        RULE,
        (used(1000, "2023-03-01", returned=True), used(1000, "2025-05-01")),
        *("2028-03-01", (v.USED_UP, 0, "2030-05-01"), v.INTERVAL_RUNNING),
    ),
    (
        "a use of nothing opens the interval and leaves everything",
        *(SINCE_2020, RULE, (used(0, "2023-03-01"),), "2024-01-01"),
        *((v.AVAILABLE, 1000, "2028-03-01"), v.PARTLY_USED),
    ),
    (
        "a use after the day asked about is not known yet",
        *(SINCE_2020, RULE, ALL_IN_2023, "2023-02-28"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "use of another right counts for nothing here",
        *(SINCE_2020, RULE, (v.Use("scan", Decimal(1), day("2023-03-01")),)),
        *("2024-01-01", (v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "a lower rule never takes from what was granted",
        SINCE_2020,
        replace(RULE, quantity=Decimal(500)),
        (used(400, "2023-03-01", granted=Decimal(1000)),),
        *("2024-01-01", (v.AVAILABLE, 600, "2028-03-01"), v.PARTLY_USED),
    ),
    (
        "a better rule counts at once",
        SINCE_2020,
        replace(RULE, quantity=Decimal(1500)),
        (used(1000, "2023-03-01", granted=Decimal(1000)),),
        *("2024-01-01", (v.AVAILABLE, 500, "2028-03-01"), v.PARTLY_USED),
    ),
    (
        "what was granted once does not last into the next interval",
        SINCE_2020,
        replace(RULE, quantity=Decimal(500)),
        (used(400, "2023-03-01", granted=Decimal(1000)),),
        *("2028-03-01", (v.AVAILABLE, 500, None), v.INTERVAL_OVER),
    ),
    (
        "eight hours, three used",
        *(SINCE_2020, HOURS, (used(3, "2026-01-01"),), "2026-02-01"),
        *((v.AVAILABLE, 5, "2031-01-01"), v.PARTLY_USED),
    ),
    (
        "hours may be halves",
        *(SINCE_2020, HOURS, (used("2.5", "2026-01-01"),), "2026-02-01"),
        *((v.AVAILABLE, "5.5", "2031-01-01"), v.PARTLY_USED),
    ),
    (
        "six sessions, six used",
        *(SINCE_2020, SESSIONS, (used(6, "2026-01-01"),), "2026-02-01"),
        *((v.USED_UP, 0, "2031-01-01"), v.INTERVAL_RUNNING),
    ),
    (
        "a scan every two years: month 23 refused",
        *(SINCE_2020, SCAN, (used(1, "2024-01-31"),), "2026-01-30"),
        *((v.USED_UP, 0, "2026-01-31"), v.INTERVAL_RUNNING),
    ),
    (
        "a scan every two years: month 24 granted",
        *(SINCE_2020, SCAN, (used(1, "2024-01-31"),), "2026-01-31"),
        *((v.AVAILABLE, 1, None), v.INTERVAL_OVER),
    ),
    (
        "contracts in a row count as one employment",
        (spell("2020-01-01", "2020-08-31"), spell("2020-09-01")),
        *(AFTER_A_YEAR, (), "2021-01-01"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "a gap of three days changes nothing",
        (spell("2020-01-01", "2020-08-31"), spell("2020-09-03")),
        *(AFTER_A_YEAR, (), "2021-01-01"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "a gap of four days starts the service anew",
        (spell("2020-01-01", "2020-08-31"), spell("2020-09-04")),
        *(AFTER_A_YEAR, (), "2021-01-01"),
        *((v.NOT_YET, 0, "2021-09-04"), v.SERVICE_TOO_SHORT),
    ),
    (
        "hired again inside the interval: what was used still counts",
        (spell("2020-01-01", "2024-12-31"), spell("2026-01-01")),
        *(RULE, ALL_IN_2023, "2026-06-01"),
        *((v.USED_UP, 0, "2028-03-01"), v.INTERVAL_RUNNING),
    ),
    (
        "hired again late in the interval: service lasts longer and decides",
        (spell("2020-01-01", "2024-12-31"), spell("2027-12-01")),
        *(AFTER_A_YEAR, ALL_IN_2023, "2028-01-01"),
        *((v.NOT_YET, 0, "2028-12-01"), v.SERVICE_TOO_SHORT),
    ),
    (
        "hired again early in the interval: the interval decides",
        (spell("2020-01-01", "2024-12-31"), spell("2026-01-01")),
        *(AFTER_A_YEAR, ALL_IN_2023, "2026-06-01"),
        *((v.USED_UP, 0, "2028-03-01"), v.INTERVAL_RUNNING),
    ),
    (
        "last day of the contract: still open",
        *((spell("2020-01-01", "2026-06-30"),), RULE, (), "2026-06-30"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "the day after the contract: over",
        *((spell("2020-01-01", "2026-06-30"),), RULE, (), "2026-07-01"),
        *((v.NOT_ELIGIBLE, 0, None), v.EMPLOYMENT_ENDED),
    ),
    (
        "signed but not started: from the first day",
        *((spell("2027-01-01"),), RULE, (), "2026-11-21"),
        *((v.NOT_YET, 0, "2027-01-01"), v.NOT_EMPLOYED_YET),
    ),
    (
        "signed but not started, with minimal service: from the end of it",
        *((spell("2027-01-01"),), AFTER_A_YEAR, (), "2026-11-21"),
        *((v.NOT_YET, 0, "2028-01-01"), v.SERVICE_TOO_SHORT),
    ),
    (
        "fixed term turned permanent: one employment",
        (spell("2025-01-01", "2025-12-31"), spell("2026-01-01")),
        *(AFTER_A_YEAR, (), "2026-01-01"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "imported late: the written start of the contract counts, not the import",
        *((spell("2015-01-01", valid_from="2026-06-01"),), AFTER_A_YEAR, ()),
        *("2026-06-02", (v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "no start date: unknown, nobody guesses",
        *((spell(None),), RULE, (), "2026-11-21"),
        *((v.UNKNOWN, 0, None), v.NO_START_DATE),
    ),
    (
        "no contract at all: unknown",
        *((), RULE, (), "2026-11-21"),
        *((v.UNKNOWN, 0, None), v.NO_START_DATE),
    ),
    (
        "no agreement: unknown",
        *((spell("2020-01-01", agreement=None),), RULE, (), "2026-11-21"),
        *((v.UNKNOWN, 0, None), v.NO_AGREEMENT),
    ),
    (
        "agreement not checked by anybody: unknown",
        *(SINCE_2020, during(verified=False), (), "2026-11-21"),
        *((v.UNKNOWN, 0, None), v.NOT_VERIFIED),
    ),
    (
        "another agreement on the contract: this rule is not for you",
        *((spell("2020-01-01", agreement="other"),), RULE, (), "2026-11-21"),
        *((v.NOT_ELIGIBLE, 0, None), v.NO_RULE),
    ),
    (
        "moved to another agreement: the new one decides",
        (
            spell("2020-01-01", agreement="other"),
            spell("2020-01-01", valid_from="2026-01-01"),
        ),
        *(RULE, (), "2026-01-01"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "to be moved to another agreement tomorrow: the old one decides today",
        (
            spell("2020-01-01"),
            spell("2020-01-01", agreement="other", valid_from="2026-01-02"),
        ),
        *(RULE, (), "2026-01-01"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "agreement not in force yet: from its first day",
        *(SINCE_2020, during(valid_from="2027-01-01"), (), "2026-12-31"),
        *((v.NOT_YET, 0, "2027-01-01"), v.RULE_STARTS_LATER),
    ),
    (
        "agreement with a past start, signed later: counts from its start",
        *(SINCE_2020, during(valid_from="2019-01-01"), (), "2020-01-01"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "last day of the agreement: open",
        *(SINCE_2020, during(valid_to="2026-12-31"), (), "2026-12-31"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "after the agreement, no after-effect: over",
        *(SINCE_2020, during(valid_to="2026-12-31"), (), "2027-01-01"),
        *((v.NOT_ELIGIBLE, 0, None), v.RULE_ENDED),
    ),
    (
        "after the agreement, with after-effect: open until there is a new one",
        SINCE_2020,
        during(valid_to="2018-12-31", after_effect=True),
        *((), "2026-11-21"),
        *((v.AVAILABLE, 1000, None), v.NEVER_USED),
    ),
    (
        "a rule that ended before its agreement has no after-effect",
        SINCE_2020,
        replace(
            during(valid_to="2026-12-31", after_effect=True),
            valid_to=day("2025-12-31"),
        ),
        *((), "2026-01-01"),
        *((v.NOT_ELIGIBLE, 0, None), v.RULE_ENDED),
    ),
    (
        "a rule that starts later than its agreement",
        *(SINCE_2020, replace(RULE, valid_from=day("2026-12-01")), ()),
        *("2026-11-30", (v.NOT_YET, 0, "2026-12-01"), v.RULE_STARTS_LATER),
    ),
    (
        "used up, and the agreement ends before the interval: no next date",
        *(SINCE_2020, during(valid_to="2026-12-31"), ALL_IN_2023, "2026-01-01"),
        *((v.USED_UP, 0, None), v.RULE_ENDS_FIRST),
    ),
    (
        "partly used, and the agreement ends before the interval: no fresh amount",
        *(SINCE_2020, during(valid_to="2026-12-31"), PART_IN_2023, "2026-01-01"),
        *((v.AVAILABLE, 640, None), v.PARTLY_USED),
    ),
    (
        "every year: used in a leap year on the last of February",
        *(SINCE_2020, YEARLY, (used(1000, "2024-02-29"),), "2025-02-28"),
        *((v.AVAILABLE, 1000, None), v.INTERVAL_OVER),
    ),
    (
        "every year: three years of use, the last one counts",
        SINCE_2020,
        YEARLY,
        tuple(used(1000, f"{year}-05-01") for year in (2023, 2024, 2025)),
        *("2026-04-30", (v.USED_UP, 0, "2026-05-01"), v.INTERVAL_RUNNING),
    ),
]


@pytest.mark.parametrize(
    ("spells", "rule", "uses", "on", "expected", "reason"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_case(spells, rule, uses, on, expected, reason):
    (answer,) = entitlement(v.Facts(tuple(spells)), [rule], uses, day(on))
    status, left, next_date = expected
    assert (answer.status, answer.left, answer.next_date) == (
        status,
        Decimal(left),
        day(next_date) if next_date else None,
    )
    assert answer.reasons[0].code == reason


def test_names_of_cases_are_unique():
    names = [case[0] for case in CASES]
    assert len(names) == len(set(names))


def test_every_refusal_of_a_rule_names_its_clause():
    for name, spells, rule, uses, on, _expected, _reason in CASES:
        answer = entitlement_of_rule(v.Facts(tuple(spells)), rule, uses, day(on))
        clauses = {reason.clause for reason in answer.reasons}
        assert clauses == {"article 12"}, name
