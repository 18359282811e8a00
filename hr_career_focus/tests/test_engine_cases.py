"""The table of cases: what everybody may count on, whatever the agreement.

Each line is one story with a name. The right is that of the broadcasters unless a
case says otherwise: EUR 1,000 once every 60 months, counted from the first use. The
other booklets: agreements, savings, intervals, people, versions.
"""

from ..engine import values as v
from . import (
    test_engine_cases_agreements,
    test_engine_cases_intervals,
    test_engine_cases_people,
    test_engine_cases_savings,
    test_engine_cases_versions,
)
from .engine_case import Case, ask, booklet, check, contract, rolling, used

RULE = rolling(1000, 60)
AFTER_A_YEAR = rolling(1000, 60, min_service_months=12)
YEARLY = rolling(1000, 12)
HOURS = rolling(8, 60, v.HOURS)
SESSIONS = rolling(6, 60, v.SESSIONS)
SCAN = rolling(1, 24, v.SCANS, key="scan")

SINCE_2020 = (contract("2020-01-01"),)
ALL_IN_2023 = (used(1000, "2023-03-01"),)
PART_IN_2023 = (used(360, "2023-03-01"),)

EVERYBODY = {
    "Spending": [
        Case(
            "never used: everything is there",
            *(SINCE_2020, RULE, (), "2026-11-21"),
            "1000 left: never_used",
        ),
        Case(
            "all used: refused on the same day",
            *(SINCE_2020, RULE, ALL_IN_2023, "2023-03-01"),
            "used up, again from 2028-03-01: interval_running",
        ),
        Case(
            "used on 29 February: back on 28 February five years on",
            *(SINCE_2020, RULE, (used(1000, "2024-02-29"),), "2029-02-28"),
            "1000 left: interval_over",
        ),
        Case(
            "used on 29 February: refused a day earlier",
            *(SINCE_2020, RULE, (used(1000, "2024-02-29"),), "2029-02-27"),
            "used up, again from 2029-02-28: interval_running",
        ),
        Case(
            "partly used: a fresh amount when the interval ends, the rest is not added",
            *(SINCE_2020, RULE, PART_IN_2023, "2028-03-01"),
            "1000 left: interval_over",
        ),
        Case(
            "partly used twice: the second use opens no new interval",
            *(SINCE_2020, RULE, (*PART_IN_2023, used(640, "2027-12-01"))),
            *("2028-02-29", "used up, again from 2028-03-01: interval_running"),
        ),
        Case(
            "used again after the interval: that use opens the next one",
            *(SINCE_2020, RULE, (*ALL_IN_2023, used(1000, "2029-06-01"))),
            *("2034-05-31", "used up, again from 2034-06-01: interval_running"),
        ),
        Case(
            "used again on the very day the interval ends: it belongs to the next one",
            *(SINCE_2020, RULE, (*ALL_IN_2023, used(400, "2028-03-01"))),
            "2028-03-01",
            "600 left until 2033-02-28, fresh from 2033-03-01: partly_used",
        ),
        Case(
            "used to the cent: one cent is left",
            *(SINCE_2020, RULE, (used("999.99", "2023-03-01"),), "2024-01-01"),
            "0.01 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "more was used than the rule gives: nothing is left, nothing is owed",
            *(SINCE_2020, RULE, (used(1200, "2023-03-01"),), "2024-01-01"),
            "used up, again from 2028-03-01: interval_running",
        ),
        Case(
            "more was used than the rule gives: the next interval is whole",
            *(SINCE_2020, RULE, (used(1200, "2023-03-01"),), "2028-03-01"),
            "1000 left: interval_over",
        ),
        Case(
            "a use of nothing opens the interval and leaves everything",
            *(SINCE_2020, RULE, (used(0, "2023-03-01"),), "2024-01-01"),
            "1000 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "a use after the day asked about is not known yet",
            *(SINCE_2020, RULE, ALL_IN_2023, "2023-02-28"),
            "1000 left: never_used",
        ),
        Case(
            "use of another right counts for nothing here",
            *(SINCE_2020, RULE, (used(1, "2023-03-01", "scan"),), "2024-01-01"),
            "1000 left: never_used",
        ),
        Case(
            "every year: used in a leap year on the last of February",
            *(SINCE_2020, YEARLY, (used(1000, "2024-02-29"),), "2025-02-28"),
            "1000 left: interval_over",
        ),
        Case(
            "every year: three years of use, the last one counts",
            SINCE_2020,
            YEARLY,
            tuple(used(1000, f"{year}-05-01") for year in (2023, 2024, 2025)),
            "2026-04-30",
            "used up, again from 2026-05-01: interval_running",
        ),
    ],
    "Units": [
        Case(
            "eight hours, three used",
            *(SINCE_2020, HOURS, (used(3, "2026-01-01"),), "2026-02-01"),
            "5 left until 2030-12-31, fresh from 2031-01-01: partly_used",
        ),
        Case(
            "hours may be halves",
            *(SINCE_2020, HOURS, (used("2.5", "2026-01-01"),), "2026-02-01"),
            "5.5 left until 2030-12-31, fresh from 2031-01-01: partly_used",
        ),
        Case(
            "six sessions, six used",
            *(SINCE_2020, SESSIONS, (used(6, "2026-01-01"),), "2026-02-01"),
            "used up, again from 2031-01-01: interval_running",
        ),
    ],
    "Giving back": [
        Case(
            "cancelled before the first session: the right is back",
            SINCE_2020,
            *(RULE, (used(1000, "2023-03-01", returned=True),), "2024-01-01"),
            "1000 left: never_used",
        ),
        Case(
            "cancelled and used again: the later use opens the interval",
            SINCE_2020,
            RULE,
            (used(1000, "2023-03-01", returned=True), used(1000, "2025-05-01")),
            *("2028-03-01", "used up, again from 2030-05-01: interval_running"),
        ),
        Case(
            "cancelled, but something else was used in between: that one counts",
            SINCE_2020,
            RULE,
            (used(600, "2023-03-01", returned=True), used(400, "2024-05-01")),
            "2024-06-01",
            "600 left until 2029-04-30, fresh from 2029-05-01: partly_used",
        ),
        Case(
            "an unpaid voucher counts on its last day",
            SINCE_2020,
            *(RULE, (used(1000, "2026-01-10", expires="2026-04-10"),), "2026-04-10"),
            "used up, again from 2026-04-11: interval_running",
        ),
        Case(
            "an unpaid voucher that expired has never been",
            SINCE_2020,
            *(RULE, (used(1000, "2026-01-10", expires="2026-04-10"),), "2026-04-11"),
            "1000 left: never_used",
        ),
        Case(
            "a voucher that was paid in part counts for that part once it expired",
            SINCE_2020,
            RULE,
            (used(1000, "2026-01-10", expires="2026-04-10", redeemed=350),),
            "2026-04-11",
            "650 left until 2031-01-09, fresh from 2031-01-10: partly_used",
        ),
        Case(
            "the first use of the interval expires: the next use is the first",
            SINCE_2020,
            RULE,
            (used(600, "2026-01-10", expires="2026-04-10"), used(400, "2026-03-01")),
            "2026-04-11",
            "600 left until 2031-02-28, fresh from 2031-03-01: partly_used",
        ),
    ],
    "Not known": [
        Case(
            "no start date: unknown, nobody guesses",
            *(contract(None), RULE, (), "2026-11-21"),
            "unknown: no_start_date",
        ),
        Case(
            "no contract at all: unknown",
            *((), RULE, (), "2026-11-21"),
            "unknown: no_start_date",
        ),
        Case(
            "no agreement: unknown",
            *(contract("2020-01-01", agreement=None), RULE, (), "2026-11-21"),
            "unknown: no_agreement",
        ),
        Case(
            "another agreement on the contract: this rule is not for you",
            *(contract("2020-01-01", agreement="other"), RULE, (), "2026-11-21"),
            "no right: no_rule",
        ),
        Case(
            "two rights of one agreement: two answers, in the order of the text",
            *(SINCE_2020, (SCAN, RULE), ALL_IN_2023, "2024-01-01"),
            "1 left: never_used | used up, again from 2028-03-01: interval_running",
        ),
    ],
}

BOOKLETS = (
    EVERYBODY,
    test_engine_cases_agreements.COMING_BACK,
    test_engine_cases_savings.SAVED,
    test_engine_cases_intervals.INTERVALS,
    test_engine_cases_people.PEOPLE,
    test_engine_cases_versions.VERSIONS,
)
#: The agreements of which something was seen. One case at least for each.
AGREEMENTS = (
    *("Omroep", "Gehandicaptenzorg", "Gemeenten", "Waterschappen", "Provincies"),
    *("Rijk", "Universiteiten", "Banken", "Woondiensten", "Sociaal Werk"),
    *("Primair onderwijs", "Voortgezet onderwijs", "Levensmiddelen"),
    *("Metaal en Techniek", "Elektrotechnische detailhandel", "Volta", "Metaalbouw"),
)


@booklet(EVERYBODY)
def test_case(case):
    check(case)


def all_cases():
    """Return every case of every booklet."""
    return [case for book in BOOKLETS for chapter in book.values() for case in chapter]


def test_there_are_many_cases_and_each_has_a_name_of_its_own():
    names = [case.name for case in all_cases()]
    assert len(names) >= 180
    assert len(set(names)) == len(names)


def test_every_agreement_has_its_cases():
    names = [case.name for case in all_cases()]
    for agreement in AGREEMENTS:
        assert sum(name.startswith(agreement) for name in names) >= 2, agreement


def test_every_reason_decides_in_some_case():
    met = {answer.reasons[0].code for case in all_cases() for answer in ask(case)}
    never_first = {
        *(v.SERVICE_MET, v.AFTER_EFFECT, v.COMPANY_IMPROVES, v.GRANTED_EARLIER),
        *(v.PART_TIME, v.PART_PERIOD),
        *(v.CONDITION_COACH, v.CONDITION_CONSULTATION, v.CONDITION_PAYER),
        *(v.CONDITION_EXIT, v.CONDITION_OUTPUT),
    }
    assert met | never_first == reason_codes()


def reason_codes():
    """Return the codes of reasons: all after the statuses in the list of codes."""
    names = list(vars(v))
    first, last = names.index("NO_AGREEMENT"), names.index("CONDITION_OUTPUT")
    return {getattr(v, name) for name in names[first : last + 1]}
