"""What the agreements give, clause by clause: rights that are saved up, and Belgium.

Each chapter is one collective agreement, as far as its text was seen.
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
    person,
    right,
    rolling,
    used,
    version,
)

WOONDIENSTEN = dict(
    kind=v.ACCRUAL,
    months=12,
    origin="2018-01-01",
    cap=4500,
    prorate_fte=True,
    full_time_hours=36,
    prorate_part=True,
)
WOON = right(900, **WOONDIENSTEN)
WOON_IN_ADVANCE = right(900, **WOONDIENSTEN, advance_periods=3)

SOCIAAL_WERK = right(
    "1.5",
    basis=v.SALARY_PERCENT,
    kind=v.ACCRUAL,
    months=1,
    timing=v.AT_END,
    saving_months=36,
    excluded=[v.STUDENT, v.SUBSIDISED],
    consultation=v.CONSULT,
)

PO_YEAR = dict(kind=v.ACCRUAL, months=12, origin="2020-08-01", saving_months=36)
PO = right(40, v.HOURS, prorate_fte=True, **PO_YEAR)
PO_STARTERS = right(40, v.HOURS, key="starters", max_service_months=36, **PO_YEAR)
PO_SENIORS = right(130, v.HOURS, key="seniors", min_age=57, **PO_YEAR)

VO_TEXTS = agreement(version("before"), version("2022", "2022-08-01"))
VO_YEAR = dict(kind=v.CALENDAR_BLOCK, months=12, origin="2020-08-01", text=VO_TEXTS)
VO = (
    right(50, v.HOURS, version="before", prorate_fte=True, **VO_YEAR),
    right(90, v.HOURS, version="2022", prorate_fte=True, **VO_YEAR),
)

ELEKTRO = right(
    150,
    kind=v.ACCRUAL,
    months=12,
    saving_months=36,
    min_hours=15,
    hours_exclusive=True,
)

VOLTA_TALK = right(1, v.SESSIONS, kind=v.EMPLOYMENT_YEARS, months=60)
VOLTA_REFUND = rolling(80, 72, key="refund", payer=v.OWN_CLAIM)
METAALBOUW = right(1, v.DAYS, kind=v.ACCRUAL, months=12, cap=5)

FULL_TIME = contract("2023-01-01", hours=36, fte=1)
SAVED = {
    "Woondiensten": [
        Case(
            "Woondiensten: EUR 900 a year at 36 hours",
            *(FULL_TIME, WOON, (), "2023-01-01"),
            "900 left, fresh from 2024-01-01: saved",
        ),
        Case(
            "Woondiensten: part-timers have their part of 36 hours",
            *(contract("2023-01-01", hours=24), WOON, (), "2023-06-01"),
            "600 left, fresh from 2024-01-01: saved",
        ),
        Case(
            "Woondiensten: 40 hours is no more than full time",
            *(contract("2023-01-01", hours=40), WOON, (), "2023-06-01"),
            "900 left, fresh from 2024-01-01: saved",
        ),
        Case(
            "Woondiensten: begun in the middle of July: six months of the year",
            *(contract("2023-07-15", hours=36), WOON, (), "2023-07-15"),
            "450 left, fresh from 2024-01-01: saved",
        ),
        Case(
            "Woondiensten: begun in December, part-time: one month of it",
            *(contract("2023-12-31", hours=18), WOON, (), "2023-12-31"),
            "37.5 left, fresh from 2024-01-01: saved",
        ),
        Case(
            "Woondiensten: what is not used is saved",
            *(FULL_TIME, WOON, (used(250, "2023-05-01"),), "2025-01-01"),
            "2450 left, fresh from 2026-01-01: saved",
        ),
        Case(
            "Woondiensten: up to EUR 4,500, and then nothing comes any more",
            *(contract("2018-01-01", hours=36), WOON, (), "2023-06-01"),
            "4500 left: saved",
        ),
        Case(
            "Woondiensten: what is spent of the EUR 4,500 makes room",
            contract("2018-01-01", hours=36),
            *(WOON, (used(1000, "2023-06-01"),), "2024-01-01"),
            "4400 left, fresh from 2025-01-01: saved",
        ),
        Case(
            "Woondiensten: the next year fills it up to EUR 4,500 and no further",
            contract("2018-01-01", hours=36),
            *(WOON, (used(1000, "2023-06-01"),), "2025-01-01"),
            "4500 left: saved",
        ),
        Case(
            "Woondiensten: EUR 4,500 is for full time: half of it at 18 hours",
            *(contract("2018-01-01", hours=18), WOON, (), "2023-06-01"),
            "2250 left: saved",
        ),
        Case(
            "Woondiensten: fewer hours: what was saved above the new cap stays",
            (
                contract("2018-01-01", hours=36),
                contract("2018-01-01", since="2023-02-01", hours=18),
            ),
            *(WOON, (), "2024-06-01"),
            "4500 left: saved",
        ),
        Case(
            "Woondiensten: fewer hours between two years: each by its own hours",
            (
                FULL_TIME,
                contract("2023-01-01", since="2024-01-01", hours=18),
            ),
            *(WOON, (), "2024-01-01"),
            "1350 left, fresh from 2025-01-01: saved",
        ),
        Case(
            "Woondiensten: fewer hours during the year: what was given stays",
            (
                FULL_TIME,
                contract("2023-01-01", since="2023-07-01", hours=18),
            ),
            *(WOON, (), "2023-12-31"),
            "900 left, fresh from 2024-01-01: saved",
        ),
        Case(
            "Woondiensten: three years in advance",
            *(FULL_TIME, WOON_IN_ADVANCE, (), "2023-01-01"),
            "3600 left, fresh from 2024-01-01: saved",
        ),
        Case(
            "Woondiensten: used in advance to the last euro",
            *(FULL_TIME, WOON_IN_ADVANCE, (used(3600, "2023-02-01"),), "2023-03-01"),
            "used up, again from 2024-01-01: nothing_saved",
        ),
        Case(
            "Woondiensten: the next year pays back first and opens a new one",
            *(FULL_TIME, WOON_IN_ADVANCE, (used(3600, "2023-02-01"),), "2024-01-01"),
            "900 left, fresh from 2025-01-01: in_advance",
        ),
        Case(
            "Woondiensten: it ends with the employment: the last day",
            *(contract("2023-01-01", "2023-06-30", hours=36), WOON, ()),
            *("2023-06-30", "900 left until 2023-06-30: saved"),
        ),
        Case(
            "Woondiensten: it ends with the employment: the day after",
            *(contract("2023-01-01", "2023-06-30", hours=36), WOON, ()),
            *("2023-07-01", "no right: employment_ended"),
        ),
        Case(
            "Woondiensten: on call and for a fixed term too",
            contract("2023-01-01", "2023-12-31", hours=9, category=v.ON_CALL),
            *(WOON, (), "2023-06-01"),
            "225 left until 2023-12-31: saved",
        ),
        Case(
            "Woondiensten: hours not on record: nobody guesses",
            *(contract("2023-01-01"), WOON, (), "2023-06-01"),
            "unknown: hours_unknown",
        ),
        Case(
            "Woondiensten: hours of earlier years not on record: nobody guesses",
            (
                contract("2022-01-01"),
                contract("2022-01-01", since="2023-01-01", hours=36),
            ),
            *(WOON, (), "2023-06-01"),
            "unknown: hours_unknown",
        ),
        Case(
            "Woondiensten: a new employment begins with an empty account",
            (
                contract("2018-01-01", "2022-06-30", hours=36),
                contract("2023-01-01", hours=36),
            ),
            *(WOON, (used(500, "2020-01-01"),), "2023-06-01"),
            "900 left, fresh from 2024-01-01: saved",
        ),
    ],
    "Sociaal Werk": [
        Case(
            "Sociaal Werk 3.3: 1.5 % of the wage, at the end of each month",
            *(contract("2024-01-01", wage=3000), SOCIAAL_WERK, (), "2024-04-15"),
            "135 left, 45 of it until 2027-01-31, fresh from 2024-05-01: saved",
        ),
        Case(
            "Sociaal Werk 3.3: nothing in the first month",
            *(contract("2024-01-01", wage=3000), SOCIAAL_WERK, (), "2024-01-31"),
            "not yet, from 2024-02-01: nothing_saved",
        ),
        Case(
            "Sociaal Werk 3.3: kept for three years, then it lapses month by month",
            *(contract("2020-01-01", wage=3000), SOCIAAL_WERK, (), "2024-01-15"),
            "1620 left, 45 of it until 2024-01-31, fresh from 2024-02-01: saved",
        ),
        Case(
            "Sociaal Werk 3.3: a use takes what lapses first",
            contract("2024-01-01", wage=3000),
            *(SOCIAAL_WERK, (used(60, "2024-03-02"),), "2024-04-15"),
            "75 left, 30 of it until 2027-02-28, fresh from 2024-05-01: saved",
        ),
        Case(
            "Sociaal Werk 3.3: a rise counts from the month it is in force",
            (
                contract("2024-01-01", wage=3000),
                contract("2024-01-01", since="2024-03-01", wage=4000),
            ),
            *(SOCIAAL_WERK, (), "2024-04-15"),
            "150 left, 45 of it until 2027-01-31, fresh from 2024-05-01: saved",
        ),
        Case(
            "Sociaal Werk 3.3: half a cent is rounded up",
            *(contract("2024-01-01", wage=2345), SOCIAAL_WERK, (), "2024-02-01"),
            "35.18 left until 2027-01-31, fresh from 2024-03-01: saved",
        ),
        Case(
            "Sociaal Werk 3.3: not for student workers",
            contract("2024-01-01", wage=3000, category=v.STUDENT),
            *(SOCIAAL_WERK, (), "2024-04-15"),
            "no right: category_excluded",
        ),
        Case(
            "Sociaal Werk 3.3: not for subsidised (I/D) jobs",
            contract("2024-01-01", wage=3000, category=v.SUBSIDISED),
            *(SOCIAAL_WERK, (), "2024-04-15"),
            "no right: category_excluded",
        ),
        Case(
            "Sociaal Werk 3.3: a student who stays saves from the first month on",
            (
                contract("2024-01-01", wage=3000, category=v.STUDENT),
                contract("2024-01-01", since="2024-03-01", wage=3000),
            ),
            *(SOCIAAL_WERK, (), "2024-04-15"),
            "45 left until 2027-03-31, fresh from 2024-05-01: saved",
        ),
        Case(
            "Sociaal Werk 3.3: the student is told from when",
            (
                contract("2024-01-01", wage=3000, category=v.STUDENT),
                contract("2024-01-01", since="2024-03-01", wage=3000),
            ),
            *(SOCIAAL_WERK, (), "2024-02-15"),
            "no right, from 2024-04-01: category_excluded",
        ),
        Case(
            "Sociaal Werk 3.3: wage not on record: nobody guesses",
            *(contract("2024-01-01"), SOCIAAL_WERK, (), "2024-04-15"),
            "unknown: wage_unknown",
        ),
        Case(
            "Sociaal Werk 3.3: kind of worker not on record: nobody guesses",
            contract("2024-01-01", wage=3000, category=None),
            *(SOCIAAL_WERK, (), "2024-04-15"),
            "unknown: category_unknown",
        ),
    ],
    "Primair onderwijs": [
        Case(
            "Primair onderwijs 8A: 40 hours in each school year",
            *(contract("2024-08-01", fte=1), PO, (), "2024-09-01"),
            "40 left until 2027-07-31, fresh from 2025-08-01: saved",
        ),
        Case(
            "Primair onderwijs 8A: pro rata",
            *(contract("2024-08-01", fte="0.6"), PO, (), "2024-09-01"),
            "24 left until 2027-07-31, fresh from 2025-08-01: saved",
        ),
        Case(
            "Primair onderwijs 8A: hours can be saved for three years",
            *(contract("2019-08-01", fte=1), PO, (), "2024-09-01"),
            "120 left, 40 of it until 2025-07-31, fresh from 2025-08-01: saved",
        ),
        Case(
            "Primair onderwijs 8A: 40 more for a starter",
            *(contract("2024-08-01", fte=1), (PO, PO_STARTERS), (), "2024-09-01"),
            "40 left until 2027-07-31, fresh from 2025-08-01: saved"
            " | 40 left until 2027-07-31, fresh from 2025-08-01: saved",
        ),
        Case(
            "Primair onderwijs 8A: a starter for three years: the last day",
            *(contract("2024-08-01", fte=1), PO_STARTERS, (), "2027-07-31"),
            "120 left until 2027-07-31: saved",
        ),
        Case(
            "Primair onderwijs 8A: a starter for three years: the day after",
            *(contract("2024-08-01", fte=1), PO_STARTERS, (), "2027-08-01"),
            "no right: service_too_long",
        ),
        Case(
            "Primair onderwijs 8A: 130 more from 57, in the next school year",
            person(contract("2010-08-01", fte=1), born="1967-03-10"),
            *(PO_SENIORS, (), "2024-07-31"),
            "not yet, from 2024-08-01: nothing_saved",
        ),
        Case(
            "Primair onderwijs 8A: 130 more from 57",
            person(contract("2010-08-01", fte=1), born="1967-03-10"),
            *(PO_SENIORS, (), "2024-08-01"),
            "130 left until 2027-07-31, fresh from 2025-08-01: saved",
        ),
        Case(
            "Primair onderwijs 8A: 57 on the first day of the school year",
            person(contract("2010-08-01", fte=1), born="1967-08-01"),
            *(PO_SENIORS, (), "2024-08-01"),
            "130 left until 2027-07-31, fresh from 2025-08-01: saved",
        ),
        Case(
            "Primair onderwijs 8A: 57 on the second day: a year later",
            person(contract("2010-08-01", fte=1), born="1967-08-02"),
            *(PO_SENIORS, (), "2024-08-02"),
            "not yet, from 2025-08-01: nothing_saved",
        ),
        Case(
            "Primair onderwijs 8A: birthday not on record: nobody guesses",
            *(contract("2010-08-01", fte=1), PO_SENIORS, (), "2024-08-01"),
            "unknown: birthday_unknown",
        ),
    ],
    "Voortgezet onderwijs": [
        Case(
            "Voortgezet onderwijs: 50 hours a year before 2022",
            *(contract("2015-08-01", fte=1), VO, (), "2022-07-31"),
            "50 left until 2022-07-31, fresh from 2022-08-01: never_used",
        ),
        Case(
            "Voortgezet onderwijs: 90 hours a year from 2022",
            *(contract("2015-08-01", fte=1), VO, (), "2022-08-01"),
            "90 left until 2023-07-31, fresh from 2023-08-01: never_used",
        ),
        Case(
            "Voortgezet onderwijs: pro rata",
            *(contract("2015-08-01", fte="0.5"), VO, (), "2022-08-01"),
            "45 left until 2023-07-31, fresh from 2023-08-01: never_used",
        ),
        Case(
            "Voortgezet onderwijs: what is left of a year does not go along",
            *(contract("2015-08-01", fte=1), VO, (used(10, "2023-05-01"),)),
            "2023-08-01",
            "90 left until 2024-07-31, fresh from 2024-08-01: interval_over",
        ),
    ],
    "Elektrotechnische detailhandel": [
        Case(
            "Elektrotechnische detailhandel: more than 15 hours: 16 is more",
            *(contract("2024-01-01", hours=16), ELEKTRO, (), "2024-02-01"),
            "150 left until 2026-12-31, fresh from 2025-01-01: saved",
        ),
        Case(
            "Elektrotechnische detailhandel: more than 15 hours: 15.01 is more",
            *(contract("2024-01-01", hours="15.01"), ELEKTRO, (), "2024-02-01"),
            "150 left until 2026-12-31, fresh from 2025-01-01: saved",
        ),
        Case(
            "Elektrotechnische detailhandel: more than 15 hours: 15 is not",
            *(contract("2024-01-01", hours=15), ELEKTRO, (), "2024-02-01"),
            "no right: hours_too_few",
        ),
        Case(
            "Elektrotechnische detailhandel: more hours: from the next year on",
            (
                contract("2024-01-01", hours=15),
                contract("2024-01-01", since="2024-06-01", hours=16),
            ),
            *(ELEKTRO, (), "2024-07-01"),
            "not yet, from 2025-01-01: nothing_saved",
        ),
        Case(
            "Elektrotechnische detailhandel: each EUR 150 is valid for three years",
            *(contract("2020-01-01", hours=38), ELEKTRO, (), "2024-06-01"),
            "450 left, 150 of it until 2024-12-31, fresh from 2025-01-01: saved",
        ),
        Case(
            "Elektrotechnische detailhandel: a cheque is taken from the oldest year",
            contract("2020-01-01", hours=38),
            *(ELEKTRO, (used(200, "2024-02-01"),), "2024-06-01"),
            "250 left, 100 of it until 2025-12-31, fresh from 2025-01-01: saved",
        ),
    ],
    "Elektriciens PSC 149.01 (Volta)": [
        Case(
            "Volta: a talk in every five years of employment",
            *(contract("2019-05-01"), VOLTA_TALK, (used(1, "2022-01-01"),)),
            *("2024-04-30", "used up, again from 2024-05-01: block_used"),
        ),
        Case(
            "Volta: the next five years of employment",
            *(contract("2019-05-01"), VOLTA_TALK, (used(1, "2022-01-01"),)),
            "2024-05-01",
            "1 left until 2029-04-30, fresh from 2029-05-01: interval_over",
        ),
        Case(
            "Volta: hired again after a break: the years count anew",
            (contract("2019-05-01", "2022-12-31"), contract("2023-03-01")),
            *(VOLTA_TALK, (used(1, "2022-01-01"),), "2023-03-01"),
            "1 left until 2028-02-29, fresh from 2028-03-01: never_used",
        ),
        Case(
            "Volta: EUR 80 per six years, cheque by cheque",
            contract("2019-05-01"),
            *(VOLTA_REFUND, (used(45, "2023-05-01", "refund"),), "2024-01-01"),
            "35 left until 2029-04-30, fresh from 2029-05-01: partly_used",
        ),
    ],
    "Metaalbouw": [
        Case(
            "Metaalbouw: a day a year",
            *(contract("2022-01-01"), METAALBOUW, (), "2024-06-01"),
            "3 left, fresh from 2025-01-01: saved",
        ),
        Case(
            "Metaalbouw: five days at most",
            *(contract("2016-01-01"), METAALBOUW, (), "2024-06-01"),
            "5 left: saved",
        ),
        Case(
            "Metaalbouw: a day taken from five comes back with the next year",
            *(contract("2016-01-01"), METAALBOUW, (used(1, "2024-03-01"),)),
            *("2024-06-01", "4 left, fresh from 2025-01-01: saved"),
        ),
    ],
}


@booklet(SAVED)
def test_case(case):
    check(case)


@pytest.mark.parametrize(
    ("rule", "conditions"),
    [
        (SOCIAAL_WERK, {v.CONDITION_CONSULTATION: v.CONSULT}),
        (VOLTA_REFUND, {v.CONDITION_PAYER: v.OWN_CLAIM}),
        (WOON, {}),
    ],
    ids=["Sociaal Werk: after a talk", "Volta: an own claim", "Woondiensten: none"],
)
def test_conditions(rule, conditions):
    who = contract("2024-01-01", hours=36, wage=3000)
    (answer,) = ask(Case("", who, rule, (), "2024-06-01", ""))
    found = {reason.code: reason.data["value"] for reason in answer.conditions}
    assert found == conditions
