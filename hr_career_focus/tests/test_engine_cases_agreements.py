"""What the agreements give, clause by clause: rights that come back.

Each chapter is one collective agreement, as far as its text was seen. The rules are
those of the templates with the gaps filled in as somebody of HR might do it.
"""

import pytest

from ..engine import values as v
from .engine_case import (
    Case,
    agreement,
    ask,
    booklet,
    check,
    contract,
    right,
    rolling,
    used,
    version,
)

OMROEP_TEXTS = agreement(
    version("2017", "2017-01-01", "2018-12-31", after_effect=True),
    version("2019", "2019-01-01", "2021-12-31", registered="2020-11-05"),
)
OMROEP = rolling(1000, 60)
OMROEP_2017 = rolling(1000, 60, text=OMROEP_TEXTS, version="2017")
OMROEP_2017_ALONE = rolling(
    1000,
    60,
    text=agreement(version("2017", "2017-01-01", "2018-12-31", after_effect=True)),
    version="2017",
)
OMROEP_2019_MORE = rolling(1500, 60, text=OMROEP_TEXTS, version="2019")
OMROEP_2019_LESS = rolling(500, 60, text=OMROEP_TEXTS, version="2019")

GEHANDICAPTENZORG = rolling(
    1,
    36,
    v.TRAJECTS,
    output=v.ADVICE_TO_EMPLOYEE,
    text=agreement(version("", "2021-01-01", "2024-12-31")),
)
GEHANDICAPTENZORG_GOES_ON = rolling(
    1,
    36,
    v.TRAJECTS,
    output=v.ADVICE_TO_EMPLOYEE,
    text=agreement(version("", "2021-01-01", "2024-12-31", after_effect=True)),
)

GEMEENTEN = rolling(1, 36, v.TRAJECTS, coach_choice=v.BY_EMPLOYER)

WATERSCHAPPEN = right(5000, kind=v.CALENDAR_BLOCK, months=60, origin="2020-01-01")
WATERSCHAPPEN_LATER_ORIGIN = right(
    5000, kind=v.CALENDAR_BLOCK, months=60, origin="2035-01-01"
)
WATERSCHAPPEN_IN_PART = right(
    5000, kind=v.CALENDAR_BLOCK, months=60, origin="2020-01-01", prorate_part=True
)

PROVINCIES = rolling(5000, 60)

RIJK = (
    rolling(1, 60, v.SCANS),
    right(1500, key="subsidy", months=12, payer=v.PAID_BY_FUND),
)

UNIVERSITEITEN = right(
    1,
    v.TRAJECTS,
    kind=v.ONCE,
    contract_types=[v.FIXED_TERM],
    min_term_months=24,
)

BANKEN = rolling(1, 24, v.SCANS, consultation=v.CONSULT, coach_choice=v.BY_EMPLOYEE)
BANKEN_UNREAD = rolling(1, 24, v.SCANS, text=agreement(version(verified=False)))

LEVENSMIDDELEN = rolling(1, 24, v.SCANS)

METAAL = right(1, v.VOUCHERS, kind=v.ONCE)

SINCE_2015 = contract("2015-01-01", hours=36, fte=1, wage=3000)
ALL_IN_2023 = (used(1000, "2023-03-01"),)

COMING_BACK = {
    "Omroeppersoneel": [
        Case(
            "Omroep: EUR 1,000 for every employee, from the first day",
            *(contract("2020-01-01"), OMROEP, (), "2020-01-01"),
            "1000 left: never_used",
        ),
        Case(
            "Omroep: on call, part-time and for a year: the same EUR 1,000",
            contract("2025-01-01", "2025-12-31", category=v.ON_CALL, hours=8),
            *(OMROEP, (), "2025-03-01"),
            "1000 left until 2025-12-31: never_used",
        ),
        Case(
            "Omroep: once per five years: month 59 is refused, with the date",
            *(SINCE_2015, OMROEP, ALL_IN_2023, "2028-02-29"),
            "used up, again from 2028-03-01: interval_running",
        ),
        Case(
            "Omroep: once per five years: month 60 is granted",
            *(SINCE_2015, OMROEP, ALL_IN_2023, "2028-03-01"),
            "1000 left: interval_over",
        ),
        Case(
            "Omroep: a part was spent, the rest is there until the five years end",
            *(SINCE_2015, OMROEP, (used(360, "2023-03-01"),), "2026-01-01"),
            "640 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "Omroep: the agreement of 2017-2018 runs on in 2019",
            *(SINCE_2015, OMROEP_2017_ALONE, (), "2019-06-01"),
            "1000 left: never_used",
        ),
        Case(
            "Omroep: signed in November 2020 over 2019: the better text counts",
            SINCE_2015,
            (OMROEP_2017, OMROEP_2019_MORE),
            *((used(1000, "2019-06-01"),), "2021-01-01"),
            "500 left until 2021-12-31: partly_used",
        ),
        Case(
            "Omroep: signed in November 2020 over 2019: a worse text takes nothing",
            SINCE_2015,
            (OMROEP_2017, OMROEP_2019_LESS),
            *((used(400, "2019-06-01"),), "2021-01-01"),
            "600 left until 2021-12-31: partly_used",
        ),
        Case(
            "Omroep: the worse text counts for what begins after it was registered",
            SINCE_2015,
            (OMROEP_2017, OMROEP_2019_LESS),
            *((used(400, "2021-02-01"),), "2021-03-01"),
            "100 left until 2021-12-31: partly_used",
        ),
    ],
    "Gehandicaptenzorg": [
        Case(
            "Gehandicaptenzorg 10:7: advice for every employee",
            contract("2022-03-01", "2022-08-31", category=v.ON_CALL),
            *(GEHANDICAPTENZORG, (), "2022-05-01"),
            "1 left until 2022-08-31: never_used",
        ),
        Case(
            "Gehandicaptenzorg 10:7: once per three years, and the text ends first",
            SINCE_2015,
            *(GEHANDICAPTENZORG, (used(1, "2022-05-10"),), "2024-12-01"),
            "used up: rule_ends_first",
        ),
        Case(
            "Gehandicaptenzorg 10:7: once per three years, when the text goes on",
            SINCE_2015,
            *(GEHANDICAPTENZORG_GOES_ON, (used(1, "2022-05-10"),), "2025-05-09"),
            "used up, again from 2025-05-10: interval_running",
        ),
        Case(
            "Gehandicaptenzorg 10:7: after three years advice again",
            SINCE_2015,
            *(GEHANDICAPTENZORG_GOES_ON, (used(1, "2022-05-10"),), "2025-05-10"),
            "1 left: interval_over",
        ),
    ],
    "Gemeenten": [
        Case(
            "Gemeenten: every three years",
            *(SINCE_2015, GEMEENTEN, (used(1, "2023-09-01"),), "2026-08-31"),
            "used up, again from 2026-09-01: interval_running",
        ),
        Case(
            "Gemeenten: advice the employer asked for is no use of this right",
            SINCE_2015,
            *(GEMEENTEN, (used(1, "2026-01-01", "employers-need"),), "2026-02-01"),
            "1 left: never_used",
        ),
    ],
    "Waterschappen": [
        Case(
            "Waterschappen: EUR 5,000 in the period of five years",
            *(SINCE_2015, WATERSCHAPPEN, (), "2022-06-01"),
            "5000 left until 2024-12-31, fresh from 2025-01-01: never_used",
        ),
        Case(
            "Waterschappen: training and career advice share the budget",
            SINCE_2015,
            WATERSCHAPPEN,
            (used(2000, "2020-02-01"), used(1000, "2022-03-01")),
            "2022-06-01",
            "2000 left until 2024-12-31, fresh from 2025-01-01: partly_used",
        ),
        Case(
            "Waterschappen: all of it used: the next period, however short a wait",
            *(SINCE_2015, WATERSCHAPPEN, (used(5000, "2024-12-01"),), "2024-12-31"),
            "used up, again from 2025-01-01: block_used",
        ),
        Case(
            "Waterschappen: the last day of a period belongs to it",
            *(SINCE_2015, WATERSCHAPPEN, (used(2000, "2019-12-31"),), "2020-01-01"),
            "5000 left until 2024-12-31, fresh from 2025-01-01: interval_over",
        ),
        Case(
            "Waterschappen: any first day of a period tells all periods",
            SINCE_2015,
            *(WATERSCHAPPEN_LATER_ORIGIN, (used(2000, "2022-03-01"),), "2022-06-01"),
            "3000 left until 2024-12-31, fresh from 2025-01-01: partly_used",
        ),
        Case(
            "Waterschappen: begun in the period: the months that are left, if agreed",
            *(contract("2022-07-15"), WATERSCHAPPEN_IN_PART, (), "2022-08-01"),
            "2500 left until 2024-12-31, fresh from 2025-01-01: never_used",
        ),
        Case(
            "Waterschappen: the next period is whole",
            *(contract("2022-07-15"), WATERSCHAPPEN_IN_PART, (), "2025-01-01"),
            "5000 left until 2029-12-31, fresh from 2030-01-01: never_used",
        ),
    ],
    "Provincies": [
        Case(
            "Provincies: EUR 5,000 per five years, a traject may be paid from it",
            *(SINCE_2015, PROVINCIES, (used(1800, "2024-04-01"),), "2025-01-01"),
            "3200 left until 2029-03-31, fresh from 2029-04-01: partly_used",
        ),
        Case(
            "Provincies: with the last of it the budget waits for the five years",
            SINCE_2015,
            PROVINCIES,
            (used(4000, "2021-04-01"), used(1000, "2025-01-01")),
            "2025-01-01",
            "used up, again from 2026-04-01: interval_running",
        ),
    ],
    "Rijk": [
        Case(
            "Rijk: a scan and a subsidy are two rights, each with its own answer",
            *(SINCE_2015, RIJK, (used(1, "2024-02-01"),), "2025-01-01"),
            "used up, again from 2029-02-01: interval_running | 1500 left: never_used",
        ),
        Case(
            "Rijk: the fund pays EUR 1,500 at most",
            SINCE_2015,
            RIJK[1],
            (used(1200, "2024-02-01", "subsidy"),),
            "2024-06-01",
            "300 left until 2025-01-31, fresh from 2025-02-01: partly_used",
        ),
        Case(
            "Rijk: the talk after five years in one function is no use of the scan",
            *(SINCE_2015, RIJK[0], (used(1, "2024-02-01", "talk"),), "2024-06-01"),
            "1 left: never_used",
        ),
    ],
    "Universiteiten": [
        Case(
            "Universiteiten 6.5: a term of two years to the day",
            contract("2024-09-01", "2026-08-31"),
            *(UNIVERSITEITEN, (), "2025-09-01"),
            "1 left until 2026-08-31: never_used",
        ),
        Case(
            "Universiteiten 6.5: a day short of two years",
            contract("2024-09-01", "2026-08-30"),
            *(UNIVERSITEITEN, (), "2025-09-01"),
            "no right: term_too_short",
        ),
        Case(
            "Universiteiten 6.5: not with a permanent contract",
            *(contract("2024-09-01"), UNIVERSITEITEN, (), "2025-09-01"),
            "no right: contract_type_excluded",
        ),
        Case(
            "Universiteiten 6.5: permanent, and leaving: no term, so no right",
            contract("2024-09-01", "2026-12-31", leaves="2026-12-31", permanent=True),
            *(UNIVERSITEITEN, (), "2025-09-01"),
            "no right: contract_type_excluded",
        ),
        Case(
            "Universiteiten 6.5: once",
            contract("2022-09-01", "2026-08-31"),
            *(UNIVERSITEITEN, (used(1, "2023-01-01"),), "2026-08-01"),
            "used up: used_once",
        ),
        Case(
            "Universiteiten 6.5: another term right after it: still once",
            (
                contract("2020-09-01", "2022-08-31"),
                contract("2022-09-01", "2026-08-31"),
            ),
            *(UNIVERSITEITEN, (used(1, "2021-01-01"),), "2025-01-01"),
            "used up: used_once",
        ),
        Case(
            "Universiteiten 6.5: a new employment gives it anew",
            (
                contract("2020-01-01", "2022-12-31"),
                contract("2023-06-01", "2025-12-31"),
            ),
            *(UNIVERSITEITEN, (used(1, "2021-01-01"),), "2024-01-01"),
            "1 left until 2025-12-31: never_used",
        ),
        Case(
            "Universiteiten 6.5: to be used before the term turns permanent",
            (contract("2024-09-01", "2026-08-31"), contract("2026-09-01")),
            *(UNIVERSITEITEN, (), "2026-08-31"),
            "1 left until 2026-08-31: never_used",
        ),
        Case(
            "Universiteiten 6.5: turned permanent: it is over",
            (contract("2024-09-01", "2026-08-31"), contract("2026-09-01")),
            *(UNIVERSITEITEN, (), "2026-09-01"),
            "no right: contract_type_excluded",
        ),
    ],
    "Banken": [
        Case(
            "Banken 4.9: no interval in the text that was seen: nobody guesses",
            *(SINCE_2015, BANKEN_UNREAD, (), "2026-01-01"),
            "unknown: not_verified",
        ),
        Case(
            "Banken 4.9: a scan, once somebody of HR has read the text",
            *(SINCE_2015, BANKEN, (), "2026-01-01"),
            "1 left: never_used",
        ),
    ],
    "Levensmiddelen": [
        Case(
            "Levensmiddelen: a scan every two years: month 23",
            *(SINCE_2015, LEVENSMIDDELEN, (used(1, "2024-01-31"),), "2026-01-30"),
            "used up, again from 2026-01-31: interval_running",
        ),
        Case(
            "Levensmiddelen: a scan every two years: month 24",
            *(SINCE_2015, LEVENSMIDDELEN, (used(1, "2024-01-31"),), "2026-01-31"),
            "1 left: interval_over",
        ),
    ],
    "Metaal en Techniek": [
        Case(
            "Metaal en Techniek: a voucher, for some agency workers too",
            *(contract("2024-01-01", category=v.AGENCY), METAAL, (), "2024-02-01"),
            "1 left: never_used",
        ),
        Case(
            "Metaal en Techniek: an unpaid voucher counts until it expires",
            *(SINCE_2015, METAAL, (used(1, "2024-01-10", expires="2024-04-10"),)),
            "2024-04-10",
            "used up, again from 2024-04-11: used_once",
        ),
        Case(
            "Metaal en Techniek: an expired voucher gives the right back",
            *(SINCE_2015, METAAL, (used(1, "2024-01-10", expires="2024-04-10"),)),
            "2024-04-11",
            "1 left: never_used",
        ),
        Case(
            "Metaal en Techniek: a voucher that was paid stays used",
            SINCE_2015,
            METAAL,
            (used(1, "2024-01-10", expires="2024-04-10", redeemed=1),),
            "2024-05-01",
            "used up: used_once",
        ),
    ],
}

#: name, right, what goes with it
CONDITIONS = [
    ("Omroep: the employer pays, and nothing else is asked", OMROEP, {}),
    (
        "Gehandicaptenzorg 10:7: the advice is put in writing, for the employee",
        GEHANDICAPTENZORG_GOES_ON,
        {v.CONDITION_OUTPUT: v.ADVICE_TO_EMPLOYEE},
    ),
    (
        "Gemeenten: the employer designates the expert",
        GEMEENTEN,
        {v.CONDITION_COACH: v.BY_EMPLOYER},
    ),
    ("Rijk: the fund pays", RIJK[1], {v.CONDITION_PAYER: v.PAID_BY_FUND}),
    (
        "Banken 4.9: after consultation; the employee picks the bureau",
        BANKEN,
        {v.CONDITION_CONSULTATION: v.CONSULT},
    ),
    (
        "any agreement: from a list, with notice, the right ends with notice given",
        rolling(
            1000, 60, coach_choice=v.FROM_LIST, consultation=v.INFORM, exit=v.LAPSES
        ),
        {
            v.CONDITION_COACH: v.FROM_LIST,
            v.CONDITION_CONSULTATION: v.INFORM,
            v.CONDITION_EXIT: v.LAPSES,
        },
    ),
    (
        "any agreement: what began may be finished after the employment",
        rolling(1000, 60, exit=v.RUNNING_FINISHES),
        {v.CONDITION_EXIT: v.RUNNING_FINISHES},
    ),
]


@booklet(COMING_BACK)
def test_case(case):
    check(case)


@pytest.mark.parametrize(
    ("rule", "conditions"),
    [line[1:] for line in CONDITIONS],
    ids=[line[0] for line in CONDITIONS],
)
@pytest.mark.parametrize("on", ["2023-06-01", "2024-06-01"])
def test_conditions_go_with_every_answer(rule, conditions, on):
    case = Case("", SINCE_2015, rule, (used(1500, "2024-01-01", rule.key),), on, "")
    (answer,) = ask(case)
    found = {reason.code: reason.data["value"] for reason in answer.conditions}
    assert found == conditions
    assert {reason.clause for reason in answer.conditions} <= {"article 1"}
