"""Who has a right, and what becomes of it when contracts change, end and begin."""

from ..engine import values as v
from .engine_case import (
    WE,
    Case,
    agreement,
    booklet,
    check,
    contract,
    person,
    right,
    rolling,
    used,
)

RULE = rolling(1000, 60)
AFTER_A_YEAR = rolling(1000, 60, min_service_months=12)
FIRST_THREE_YEARS = rolling(1000, 60, max_service_months=36)
FOR_PERMANENT = rolling(1000, 60, contract_types=[v.PERMANENT])
FOR_EVERY_TYPE = rolling(1000, 60, contract_types=v.CONTRACT_TYPES)
TERM_OF_A_YEAR = rolling(1000, 60, min_term_months=12)
FROM_16_HOURS = rolling(1000, 60, min_hours=16)
OVER_16_HOURS = rolling(1000, 60, min_hours=16, hours_exclusive=True)
FROM_57 = rolling(1000, 60, min_age=57)
NO_TRAINEES = rolling(1000, 60, excluded=[v.TRAINEE, v.AGENCY])
LAPSES = rolling(1000, 60, exit=v.LAPSES)
FINISHES = rolling(1000, 60, exit=v.RUNNING_FINISHES)
PART_TIME = rolling(1000, 60, prorate_fte=True)
PART_OF_36 = rolling(1000, 60, prorate_fte=True, full_time_hours=36)
BLOCK_IN_PART = right(
    1200, kind=v.CALENDAR_BLOCK, months=12, origin="2020-01-01", prorate_part=True
)
EXTRA = rolling(500, 12, key="extra", text=agreement(key="house", employer=WE))
THEIR_EXTRA = rolling(700, 12, key="other", text=agreement(key="theirs", employer="b"))

SINCE_2020 = contract("2020-01-01")
ALL_IN_2023 = (used(1000, "2023-03-01"),)

PEOPLE = {
    "Service": [
        Case(
            "no minimal service: open on the first working day",
            *(SINCE_2020, RULE, (), "2020-01-01", "1000 left: never_used"),
        ),
        Case(
            "a year of service: closed on the day before",
            *(SINCE_2020, AFTER_A_YEAR, (), "2020-12-31"),
            "not yet, from 2021-01-01: service_too_short",
        ),
        Case(
            "a year of service: open on the anniversary",
            *(SINCE_2020, AFTER_A_YEAR, (), "2021-01-01", "1000 left: never_used"),
        ),
        Case(
            "hired on 29 February: the year is full on 28 February",
            *(contract("2024-02-29"), AFTER_A_YEAR, (), "2025-02-28"),
            "1000 left: never_used",
        ),
        Case(
            "hired on 29 February: not full a day earlier",
            *(contract("2024-02-29"), AFTER_A_YEAR, (), "2025-02-27"),
            "not yet, from 2025-02-28: service_too_short",
        ),
        Case(
            "contracts in a row count as one employment",
            (contract("2020-01-01", "2020-08-31"), contract("2020-09-01")),
            *(AFTER_A_YEAR, (), "2021-01-01", "1000 left: never_used"),
        ),
        Case(
            "three days between contracts change nothing",
            (contract("2020-01-01", "2020-08-31"), contract("2020-09-03")),
            *(AFTER_A_YEAR, (), "2021-01-01", "1000 left: never_used"),
        ),
        Case(
            "four days between contracts start the service anew",
            (contract("2020-01-01", "2020-08-31"), contract("2020-09-04")),
            *(AFTER_A_YEAR, (), "2021-01-01"),
            "not yet, from 2021-09-04: service_too_short",
        ),
        Case(
            "imported late: the written start of the contract counts, not the import",
            contract("2015-01-01", since="2026-06-01"),
            *(AFTER_A_YEAR, (), "2026-06-02", "1000 left: never_used"),
        ),
        Case(
            "for starters only: the last day of the third year",
            *(SINCE_2020, FIRST_THREE_YEARS, (), "2022-12-31"),
            "1000 left until 2022-12-31: never_used",
        ),
        Case(
            "for starters only: the day the third year is full",
            *(SINCE_2020, FIRST_THREE_YEARS, (), "2023-01-01"),
            "no right: service_too_long",
        ),
        Case(
            "for starters only: a new employment makes a starter",
            (contract("2018-01-01", "2022-12-31"), contract("2024-01-01")),
            *(FIRST_THREE_YEARS, (), "2022-06-01"),
            "no right, from 2024-01-01: service_too_long",
        ),
    ],
    "Coming, going and coming back": [
        Case(
            "signed but not started: from the first day",
            *(contract("2027-01-01"), RULE, (), "2026-11-21"),
            "not yet, from 2027-01-01: not_employed_yet",
        ),
        Case(
            "signed but not started, with minimal service: from the end of it",
            *(contract("2027-01-01"), AFTER_A_YEAR, (), "2026-11-21"),
            "not yet, from 2028-01-01: service_too_short",
        ),
        Case(
            "last day of the contract: still open",
            *(contract("2020-01-01", "2026-06-30"), RULE, (), "2026-06-30"),
            "1000 left until 2026-06-30: never_used",
        ),
        Case(
            "the day after the contract: over",
            *(contract("2020-01-01", "2026-06-30"), RULE, (), "2026-07-01"),
            "no right: employment_ended",
        ),
        Case(
            "in the gap between two employments: from the first day of the next",
            (contract("2020-01-01", "2025-12-31"), contract("2026-06-01")),
            *(RULE, (), "2026-02-01", "not yet, from 2026-06-01: not_employed_yet"),
        ),
        Case(
            "hired again inside the interval: what was used still counts",
            (contract("2020-01-01", "2024-12-31"), contract("2026-01-01")),
            *(RULE, ALL_IN_2023, "2026-06-01"),
            "used up, again from 2028-03-01: interval_running",
        ),
        Case(
            "hired again inside the interval: the rest is there again",
            (contract("2020-01-01", "2024-12-31"), contract("2026-01-01")),
            *(RULE, (used(360, "2023-03-01"),), "2026-06-01"),
            "640 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "hired again late in the interval: service lasts longer and decides",
            (contract("2020-01-01", "2024-12-31"), contract("2027-12-01")),
            *(AFTER_A_YEAR, ALL_IN_2023, "2028-01-01"),
            "not yet, from 2028-12-01: service_too_short",
        ),
        Case(
            "hired again early in the interval: the interval decides",
            (contract("2020-01-01", "2024-12-31"), contract("2026-01-01")),
            *(AFTER_A_YEAR, ALL_IN_2023, "2026-06-01"),
            "used up, again from 2028-03-01: interval_running",
        ),
        Case(
            "used up, and the contract ends before the interval",
            *(contract("2020-01-01", "2027-12-31"), RULE, ALL_IN_2023, "2026-01-01"),
            "used up: employment_ends_first",
        ),
        Case(
            "partly used, and the contract ends before the interval",
            contract("2020-01-01", "2027-12-31"),
            *(RULE, (used(360, "2023-03-01"),), "2026-01-01"),
            "640 left until 2027-12-31: partly_used",
        ),
        Case(
            "leaving: usable until the last day",
            contract("2020-01-01", "2026-12-31", leaves="2026-12-31", permanent=True),
            *(RULE, (), "2026-11-21", "1000 left until 2026-12-31: never_used"),
        ),
        Case(
            "leaving, and the right lapses with the notice",
            contract("2020-01-01", "2026-12-31", leaves="2026-12-31", permanent=True),
            *(LAPSES, (), "2026-11-21", "no right: leaving"),
        ),
        Case(
            "a contract that ends is no leaving: the right does not lapse before",
            *(contract("2020-01-01", "2026-12-31"), LAPSES, (), "2026-11-21"),
            "1000 left until 2026-12-31: never_used",
        ),
        Case(
            "leaving, where what runs may be finished: nothing new after the last day",
            contract("2020-01-01", "2026-12-31", leaves="2026-12-31", permanent=True),
            *(FINISHES, (), "2027-01-01", "no right: employment_ended"),
        ),
    ],
    "Contracts": [
        Case(
            "for permanent contracts: a fixed term has no right",
            *(contract("2025-01-01", "2026-12-31"), FOR_PERMANENT, (), "2026-01-01"),
            "no right: contract_type_excluded",
        ),
        Case(
            "for permanent contracts: who leaves had a permanent contract",
            contract("2025-01-01", "2026-12-31", leaves="2026-12-31", permanent=True),
            *(FOR_PERMANENT, (), "2026-01-01"),
            "1000 left until 2026-12-31: never_used",
        ),
        Case(
            "for permanent contracts: a fixed term that turns permanent, told before",
            (contract("2025-01-01", "2025-12-31"), contract("2026-01-01")),
            *(FOR_PERMANENT, (), "2025-12-31"),
            "no right, from 2026-01-01: contract_type_excluded",
        ),
        Case(
            "for permanent contracts: a fixed term that turned permanent",
            (contract("2025-01-01", "2025-12-31"), contract("2026-01-01")),
            *(FOR_PERMANENT, (), "2026-01-01", "1000 left: never_used"),
        ),
        Case(
            "for both types: nobody is left out",
            *(contract("2025-01-01", "2026-12-31"), FOR_EVERY_TYPE, (), "2026-01-01"),
            "1000 left until 2026-12-31: never_used",
        ),
        Case(
            "fixed term turned permanent: one employment",
            (contract("2025-01-01", "2025-12-31"), contract("2026-01-01")),
            *(AFTER_A_YEAR, (), "2026-01-01", "1000 left: never_used"),
        ),
        Case(
            "a term of a year: to the day",
            *(contract("2026-01-01", "2026-12-31"), TERM_OF_A_YEAR, (), "2026-06-01"),
            "1000 left until 2026-12-31: never_used",
        ),
        Case(
            "a term of a year: a day short",
            *(contract("2026-01-01", "2026-12-30"), TERM_OF_A_YEAR, (), "2026-06-01"),
            "no right: term_too_short",
        ),
        Case(
            "a term of a year from 29 February ends on 27 February",
            *(contract("2024-02-29", "2025-02-27"), TERM_OF_A_YEAR, (), "2024-06-01"),
            "1000 left until 2025-02-27: never_used",
        ),
        Case(
            "a term of a year does not concern permanent contracts",
            *(contract("2026-05-01"), TERM_OF_A_YEAR, (), "2026-06-01"),
            "1000 left: never_used",
        ),
        Case(
            "a short term that is made longer: from the new contract on",
            (
                contract("2026-01-01", "2026-06-30"),
                contract("2026-07-01", "2027-12-31"),
            ),
            *(TERM_OF_A_YEAR, (), "2026-02-01"),
            "no right, from 2026-07-01: term_too_short",
        ),
        Case(
            "from 16 hours: 16 is enough",
            *(contract("2025-01-01", hours=16), FROM_16_HOURS, (), "2026-01-01"),
            "1000 left: never_used",
        ),
        Case(
            "from 16 hours: 15.99 is not",
            *(contract("2025-01-01", hours="15.99"), FROM_16_HOURS, (), "2026-01-01"),
            "no right: hours_too_few",
        ),
        Case(
            "more than 16 hours: 16 is not",
            *(contract("2025-01-01", hours=16), OVER_16_HOURS, (), "2026-01-01"),
            "no right: hours_too_few",
        ),
        Case(
            "more hours next month: told before",
            (
                contract("2025-01-01", hours=12),
                contract("2025-01-01", since="2026-02-01", hours=20),
            ),
            *(FROM_16_HOURS, (), "2026-01-01"),
            "no right, from 2026-02-01: hours_too_few",
        ),
        Case(
            "fewer hours next month: the last day is told",
            (
                contract("2025-01-01", hours=20),
                contract("2025-01-01", since="2026-02-01", hours=12),
            ),
            *(FROM_16_HOURS, (), "2026-01-01"),
            "1000 left until 2026-01-31: never_used",
        ),
        Case(
            "from 16 hours, and no hours on record: nobody guesses",
            *(contract("2025-01-01"), FROM_16_HOURS, (), "2026-01-01"),
            "unknown: hours_unknown",
        ),
        Case(
            "some kinds of workers are left out: a trainee",
            contract("2025-01-01", category=v.TRAINEE),
            *(NO_TRAINEES, (), "2026-01-01", "no right: category_excluded"),
        ),
        Case(
            "some kinds of workers are left out: an apprentice is not one of them",
            contract("2025-01-01", category=v.APPRENTICE),
            *(NO_TRAINEES, (), "2026-01-01", "1000 left: never_used"),
        ),
        Case(
            "some kinds of workers are left out, and the kind is not on record",
            contract("2025-01-01", category=None),
            *(NO_TRAINEES, (), "2026-01-01", "unknown: category_unknown"),
        ),
        Case(
            "nobody is left out: the kind of worker need not be on record",
            contract("2025-01-01", category=None),
            *(RULE, (), "2026-01-01", "1000 left: never_used"),
        ),
        Case(
            "from 57 years: the day before the birthday",
            person(SINCE_2020, born="1969-05-04"),
            *(FROM_57, (), "2026-05-03", "not yet, from 2026-05-04: too_young"),
        ),
        Case(
            "from 57 years: on the birthday",
            person(SINCE_2020, born="1969-05-04"),
            *(FROM_57, (), "2026-05-04", "1000 left: never_used"),
        ),
    ],
    "Part-time and part of a period": [
        Case(
            "part-time: half of it",
            *(contract("2020-01-01", fte="0.5"), PART_TIME, (), "2026-01-01"),
            "500 left: never_used",
        ),
        Case(
            "part-time, but the agreement does not say so: all of it",
            *(contract("2020-01-01", fte="0.5"), RULE, (), "2026-01-01"),
            "1000 left: never_used",
        ),
        Case(
            "part-time by the hours of the agreement: 27 of 36",
            contract("2020-01-01", hours=27, fte="0.675"),
            *(PART_OF_36, (), "2026-01-01", "750 left: never_used"),
        ),
        Case(
            "part-time: the part on the day of the first use lasts for the interval",
            (
                contract("2020-01-01", fte=1),
                contract("2020-01-01", since="2024-01-01", fte="0.5"),
            ),
            *(PART_TIME, (used(400, "2023-03-01"),), "2024-06-01"),
            "600 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "more hours later: the part of the first use lasts for the interval",
            (
                contract("2020-01-01", fte="0.5"),
                contract("2020-01-01", since="2024-01-01", fte=1),
            ),
            *(PART_TIME, (used(400, "2023-03-01"),), "2024-06-01"),
            "100 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "the part of full time on that day is not on record: nobody guesses",
            (
                contract("2020-01-01"),
                contract("2020-01-01", since="2024-01-01", fte=1),
            ),
            *(PART_TIME, (used(400, "2023-03-01"),), "2024-06-01"),
            "unknown: hours_unknown",
        ),
        Case(
            "part of a block: begun in October: three months of twelve",
            *(contract("2024-10-31"), BLOCK_IN_PART, (), "2024-11-15"),
            "300 left until 2024-12-31, fresh from 2025-01-01: never_used",
        ),
        Case(
            "part of a block: who was there before has all of it",
            *(contract("2023-10-31"), BLOCK_IN_PART, (), "2024-11-15"),
            "1200 left until 2024-12-31, fresh from 2025-01-01: never_used",
        ),
    ],
    "Employers": [
        Case(
            "a right of the company comes after those of the agreement",
            *(person(SINCE_2020), (RULE, EXTRA), (), "2026-01-01"),
            "1000 left: never_used | 500 left: never_used",
        ),
        Case(
            "a right of another company is not for you",
            *(person(SINCE_2020), (RULE, THEIR_EXTRA), (), "2026-01-01"),
            "1000 left: never_used",
        ),
        Case(
            "no agreement, but the company gives something of its own",
            person(contract("2020-01-01", agreement=None)),
            *((RULE, EXTRA), (), "2026-01-01"),
            "unknown: no_agreement | 500 left: never_used",
        ),
        Case(
            "two employers, two agreements: here the agreement of this one",
            person(contract("2020-01-01", agreement="cao-b"), employer="b"),
            (RULE, rolling(2000, 24, key="b", text=agreement(key="cao-b")), EXTRA),
            *(ALL_IN_2023, "2024-01-01", "2000 left: never_used"),
        ),
        Case(
            "moved to another agreement: the new one decides",
            (
                contract("2020-01-01", agreement="other"),
                contract("2020-01-01", since="2026-01-01"),
            ),
            *(RULE, (), "2026-01-01", "1000 left: never_used"),
        ),
        Case(
            "to be moved to another agreement tomorrow: the old one decides today",
            (
                contract("2020-01-01"),
                contract("2020-01-01", agreement="other", since="2026-01-02"),
            ),
            *(RULE, (), "2026-01-01", "1000 left: never_used"),
        ),
    ],
}


@booklet(PEOPLE)
def test_case(case):
    check(case)
