"""The kinds of interval, one chapter each, and what is counted in them."""

from ..engine import values as v
from .engine_case import Case, booklet, check, contract, person, right, rolling, used

COMPLETION = right(1, v.TRAJECTS, kind=v.ROLLING_COMPLETION, months=36)
COMPLETION_EUR = right(1000, kind=v.ROLLING_COMPLETION, months=36)
BLOCK = right(1000, kind=v.CALENDAR_BLOCK, months=24, origin="2021-01-01")
BLOCK_BY_FTE = right(
    1000, kind=v.CALENDAR_BLOCK, months=24, origin="2021-01-01", prorate_fte=True
)
SCHOOL_YEAR = right(50, v.HOURS, kind=v.CALENDAR_BLOCK, months=12, origin="2020-08-01")
MONTH_ENDS = right(100, kind=v.CALENDAR_BLOCK, months=1, origin="2024-01-31")
YEARS = right(1000, kind=v.EMPLOYMENT_YEARS, months=60)
ONCE = right(1500, kind=v.ONCE)

YEARLY = dict(kind=v.ACCRUAL, months=12)
AT_START = right(100, **YEARLY)
AT_END = right(100, timing=v.AT_END, **YEARLY)
KEPT_A_YEAR = right(100, saving_months=12, **YEARLY)
KEPT_TWO_YEARS = right(100, saving_months=24, **YEARLY)
CAPPED = right(100, cap=250, **YEARLY)
SMALL_CAP = right(1000, cap=900, advance_periods=1, **YEARLY)
ADVANCE = right(100, advance_periods=2, **YEARLY)
AT_END_IN_ADVANCE = right(100, timing=v.AT_END, advance_periods=1, **YEARLY)
CALENDAR_YEAR = right(120, origin="2020-01-01", **YEARLY)
IN_PART = right(120, origin="2020-01-01", prorate_part=True, **YEARLY)
IN_PART_AT_END = right(
    120, origin="2020-01-01", prorate_part=True, timing=v.AT_END, **YEARLY
)
VITALITY = right(2, v.HOURS, basis=v.HOURS_PERCENT, timing=v.AT_END, **YEARLY)

SINCE_2020 = contract("2020-01-01")
SINCE_2023 = contract("2023-01-01")

INTERVALS = {
    "From the completion": [
        Case(
            "from completion: while the traject runs there is no next date",
            *(SINCE_2020, COMPLETION, (used(1, "2023-03-01"),), "2028-01-01"),
            "used up: completion_pending",
        ),
        Case(
            "from completion: 36 months after the traject ended: a day early",
            SINCE_2020,
            *(COMPLETION, (used(1, "2023-03-01", completed="2023-09-15"),)),
            *("2026-09-14", "used up, again from 2026-09-15: interval_running"),
        ),
        Case(
            "from completion: 36 months after the traject ended",
            SINCE_2020,
            *(COMPLETION, (used(1, "2023-03-01", completed="2023-09-15"),)),
            *("2026-09-15", "1 left: interval_over"),
        ),
        Case(
            "from completion: a completion after the day asked about is not known yet",
            SINCE_2020,
            *(COMPLETION, (used(1, "2023-03-01", completed="2023-09-15"),)),
            *("2023-09-14", "used up: completion_pending"),
        ),
        Case(
            "from completion: on the day the traject ends the next date is known",
            SINCE_2020,
            *(COMPLETION, (used(1, "2023-03-01", completed="2023-09-15"),)),
            *("2023-09-15", "used up, again from 2026-09-15: interval_running"),
        ),
        Case(
            "from completion: completed on 29 February",
            SINCE_2020,
            *(COMPLETION, (used(1, "2023-03-01", completed="2024-02-29"),)),
            *("2027-02-28", "1 left: interval_over"),
        ),
        Case(
            "from completion: the rest can be used while the traject runs",
            *(SINCE_2020, COMPLETION_EUR, (used(400, "2023-03-01"),), "2024-01-01"),
            "600 left: partly_used",
        ),
        Case(
            "from completion: of two trajects the one that ends last counts",
            SINCE_2020,
            COMPLETION_EUR,
            (
                used(400, "2023-03-01", completed="2024-06-01"),
                used(600, "2023-05-01", completed="2023-07-01"),
            ),
            *("2024-07-01", "used up, again from 2027-06-01: interval_running"),
        ),
        Case(
            "from completion: another use before it is over makes the wait begin anew",
            SINCE_2020,
            COMPLETION_EUR,
            (used(400, "2023-03-01", completed="2023-06-01"), used(600, "2026-05-31")),
            *("2026-06-01", "used up: completion_pending"),
        ),
        Case(
            "from completion: a use on the day it is over belongs to the next interval",
            SINCE_2020,
            COMPLETION_EUR,
            (used(1000, "2023-03-01", completed="2023-06-01"), used(600, "2026-06-01")),
            *("2026-06-01", "400 left: partly_used"),
        ),
    ],
    "Blocks of the calendar": [
        Case(
            "block: the last day of the block",
            *(SINCE_2020, BLOCK, (used(1000, "2021-01-01"),), "2022-12-31"),
            "used up, again from 2023-01-01: block_used",
        ),
        Case(
            "block: the first day of the next block",
            *(SINCE_2020, BLOCK, (used(1000, "2022-12-31"),), "2023-01-01"),
            "1000 left until 2024-12-31, fresh from 2025-01-01: interval_over",
        ),
        Case(
            "block: a school year, part of it used",
            *(SINCE_2020, SCHOOL_YEAR, (used(12, "2024-05-01"),), "2024-07-31"),
            "38 left until 2024-07-31, fresh from 2024-08-01: partly_used",
        ),
        Case(
            "block: two school years ago is another block",
            *(SINCE_2020, SCHOOL_YEAR, (used(50, "2023-07-31"),), "2024-08-01"),
            "50 left until 2025-07-31, fresh from 2025-08-01: interval_over",
        ),
        Case(
            "block: months that begin on the last day begin on 29 February too",
            *(SINCE_2020, MONTH_ENDS, (used(100, "2024-02-28"),), "2024-02-29"),
            "100 left until 2024-03-30, fresh from 2024-03-31: interval_over",
        ),
        Case(
            "block: before its first day too, the blocks are counted back",
            *(SINCE_2020, BLOCK, (used(1000, "2020-06-01"),), "2020-12-31"),
            "used up, again from 2021-01-01: block_used",
        ),
        Case(
            "block: the hours on the day of the first use last for the block",
            (
                contract("2020-01-01", fte=1),
                contract("2020-01-01", since="2022-06-01", fte="0.5"),
            ),
            *(BLOCK_BY_FTE, (used(400, "2021-03-01"),), "2022-07-01"),
            "600 left until 2022-12-31, fresh from 2023-01-01: partly_used",
        ),
        Case(
            "block: nothing used yet, so the hours of today count",
            (
                contract("2020-01-01", fte=1),
                contract("2020-01-01", since="2022-06-01", fte="0.5"),
            ),
            *(BLOCK_BY_FTE, (), "2022-07-01"),
            "500 left until 2022-12-31, fresh from 2023-01-01: never_used",
        ),
        Case(
            "block: the employment ends before the next one",
            contract("2020-01-01", "2022-12-30"),
            *(BLOCK, (used(1000, "2021-05-01"),), "2022-06-01"),
            "used up: employment_ends_first",
        ),
        Case(
            "block: the employment ends on the first day of the next one",
            contract("2020-01-01", "2023-01-01"),
            *(BLOCK, (used(1000, "2021-05-01"),), "2022-06-01"),
            "used up, again from 2023-01-01: block_used",
        ),
    ],
    "Years of employment": [
        Case(
            "years of employment: the first five",
            *(contract("2020-05-15"), YEARS, (used(1000, "2024-01-01"),)),
            *("2025-05-14", "used up, again from 2025-05-15: block_used"),
        ),
        Case(
            "years of employment: hired on 29 February",
            *(contract("2020-02-29"), YEARS, (used(1000, "2024-01-01"),)),
            "2025-02-28",
            "1000 left until 2030-02-27, fresh from 2030-02-28: interval_over",
        ),
        Case(
            "years of employment: a weekend between contracts does not break them",
            (contract("2020-05-15", "2022-12-30"), contract("2023-01-02")),
            *(YEARS, (used(1000, "2022-01-01"),), "2025-05-14"),
            "used up, again from 2025-05-15: block_used",
        ),
        Case(
            "years of employment: hired again, what was used before does not count",
            (contract("2020-05-15", "2022-12-30"), contract("2023-01-03")),
            *(YEARS, (used(1000, "2022-01-01"),), "2023-01-03"),
            "1000 left until 2028-01-02, fresh from 2028-01-03: never_used",
        ),
    ],
    "Once": [
        Case(
            "once: the rest stays",
            *(SINCE_2020, ONCE, (used(500, "2021-01-01"),), "2059-01-01"),
            "1000 left: partly_used",
        ),
        Case(
            "once: used up for good",
            *(SINCE_2020, ONCE, (used(1500, "2021-01-01"),), "2059-01-01"),
            "used up: used_once",
        ),
        Case(
            "once: a new employment gives it anew",
            (contract("2020-01-01", "2021-12-31"), contract("2023-01-01")),
            *(ONCE, (used(1500, "2021-01-01"),), "2023-01-01"),
            "1500 left: never_used",
        ),
        Case(
            "once: leaving and coming back: the day is known",
            (contract("2020-01-01", "2021-12-31"), contract("2023-01-01")),
            *(ONCE, (used(1500, "2021-01-01"),), "2021-06-01"),
            "used up, again from 2023-01-01: used_once",
        ),
    ],
    "Saving up": [
        Case(
            "saved: at the start of each year",
            *(SINCE_2023, AT_START, (), "2024-12-31"),
            "200 left, fresh from 2025-01-01: saved",
        ),
        Case(
            "saved: at the end of each year: nothing during the first",
            *(SINCE_2023, AT_END, (), "2023-12-31"),
            "not yet, from 2024-01-01: nothing_saved",
        ),
        Case(
            "saved: at the end of each year: on the day after it",
            *(SINCE_2023, AT_END, (), "2024-01-01"),
            "100 left, fresh from 2025-01-01: saved",
        ),
        Case(
            "saved: the last day before it lapses",
            *(SINCE_2023, KEPT_A_YEAR, (), "2023-12-31"),
            "100 left until 2023-12-31, fresh from 2024-01-01: saved",
        ),
        Case(
            "saved: what lapses makes place for the new year on the same day",
            *(SINCE_2023, KEPT_A_YEAR, (used(30, "2023-06-01"),), "2024-01-01"),
            "100 left until 2024-12-31, fresh from 2025-01-01: saved",
        ),
        Case(
            "saved: the oldest is used first",
            *(SINCE_2023, KEPT_TWO_YEARS, (used(70, "2024-06-01"),), "2024-07-01"),
            "130 left, 30 of it until 2024-12-31, fresh from 2025-01-01: saved",
        ),
        Case(
            "saved: what was used before does not lapse again",
            *(SINCE_2023, KEPT_TWO_YEARS, (used(100, "2024-06-01"),), "2025-01-01"),
            "200 left, 100 of it until 2025-12-31, fresh from 2026-01-01: saved",
        ),
        Case(
            "saved: the cap cuts what comes",
            *(SINCE_2023, CAPPED, (), "2025-01-01"),
            "250 left: saved",
        ),
        Case(
            "saved: room under the cap fills with the next year",
            *(SINCE_2023, CAPPED, (used(20, "2025-02-01"),), "2026-01-01"),
            "250 left: saved",
        ),
        Case(
            "saved: all used: the next year is the next date",
            *(SINCE_2023, AT_START, (used(100, "2023-06-01"),), "2023-06-01"),
            "used up, again from 2024-01-01: nothing_saved",
        ),
        Case(
            "saved: the employment ends before the next year",
            contract("2023-01-01", "2023-12-31"),
            *(AT_START, (used(100, "2023-06-01"),), "2023-06-01"),
            "used up: employment_ends_first",
        ),
        Case(
            "in advance: two years ahead, on top of what is saved",
            *(SINCE_2023, ADVANCE, (), "2024-06-01"),
            "400 left, fresh from 2025-01-01: saved",
        ),
        Case(
            "in advance: the years that come pay back before they give",
            *(SINCE_2023, ADVANCE, (used(300, "2023-02-01"),), "2024-01-01"),
            "100 left, fresh from 2025-01-01: in_advance",
        ),
        Case(
            "in advance: what was used in advance makes room under the cap",
            *(SINCE_2023, SMALL_CAP, (used(1500, "2023-02-01"),), "2024-01-01"),
            "1400 left, fresh from 2025-01-01: saved",
        ),
        Case(
            "in advance: before the first year is over",
            *(SINCE_2023, AT_END_IN_ADVANCE, (), "2023-02-01"),
            "100 left, fresh from 2024-01-01: in_advance",
        ),
        Case(
            "in advance: used up before the first year is over",
            *(SINCE_2023, AT_END_IN_ADVANCE, (used(100, "2023-02-01"),)),
            *("2023-03-01", "used up, again from 2024-01-01: nothing_saved"),
        ),
        Case(
            "calendar years: who begins in July has the whole of the first year",
            *(contract("2023-07-01"), CALENDAR_YEAR, (), "2023-07-01"),
            "120 left, fresh from 2024-01-01: saved",
        ),
        Case(
            "calendar years in part: who begins in July has half of the first year",
            *(contract("2023-07-01"), IN_PART, (), "2023-07-01"),
            "60 left, fresh from 2024-01-01: saved",
        ),
        Case(
            "calendar years in part: a month that has begun counts whole",
            *(contract("2023-07-31"), IN_PART, (), "2023-07-31"),
            "60 left, fresh from 2024-01-01: saved",
        ),
        Case(
            "calendar years in part: the second year is whole",
            *(contract("2023-07-31"), IN_PART, (), "2024-01-01"),
            "180 left, fresh from 2025-01-01: saved",
        ),
        Case(
            "calendar years in part, afterwards: in January for July to December",
            *(contract("2023-07-01"), IN_PART_AT_END, (), "2024-01-01"),
            "60 left, fresh from 2025-01-01: saved",
        ),
        Case(
            "part of the hours: 2 % of 36 hours a week is 37.44 hours a year",
            *(contract("2023-01-01", hours=36), VITALITY, (), "2024-01-01"),
            "37.44 left, fresh from 2025-01-01: saved",
        ),
        Case(
            "part of the hours: the hours on the last day of the year count",
            (
                contract("2023-01-01", hours=36),
                contract("2023-01-01", since="2023-12-31", hours=18),
            ),
            *(VITALITY, (), "2024-01-01"),
            "18.72 left, fresh from 2025-01-01: saved",
        ),
        Case(
            "part of the hours: not on record: nobody guesses",
            *(contract("2023-01-01"), VITALITY, (), "2024-01-01"),
            "unknown: hours_unknown",
        ),
        Case(
            "hired on 29 February: each year on the last of February",
            *(contract("2024-02-29"), AT_START, (), "2025-02-28"),
            "200 left, fresh from 2026-02-28: saved",
        ),
    ],
    "Rounding": [
        Case(
            "a third of EUR 100 is rounded to the cent",
            contract("2023-01-01", hours=12),
            *(rolling(100, 12, prorate_fte=True, full_time_hours=36), (), "2023-02-01"),
            "33.33 left: never_used",
        ),
        Case(
            "two thirds of EUR 100 are rounded to the cent",
            contract("2023-01-01", hours=24),
            *(rolling(100, 12, prorate_fte=True, full_time_hours=36), (), "2023-02-01"),
            "66.67 left: never_used",
        ),
        Case(
            "a currency without cents",
            contract("2023-01-01", fte="0.5"),
            rolling(15001, 12, "JPY", prorate_fte=True, rounding=1),
            *((), "2023-02-01", "7501 left: never_used"),
        ),
        Case(
            "two thirds of six sessions are four, not five",
            contract("2023-01-01", hours=24),
            rolling(6, 12, v.SESSIONS, prorate_fte=True, full_time_hours=36),
            *((), "2023-02-01", "4 left: never_used"),
        ),
        Case(
            "seven tenths of six sessions are five: nobody has a part of one",
            contract("2023-01-01", fte="0.7"),
            rolling(6, 12, v.SESSIONS, prorate_fte=True),
            *((), "2023-02-01", "5 left: never_used"),
        ),
        Case(
            "hardly any hours: one scan is the least",
            contract("2023-01-01", fte="0"),
            rolling(1, 12, v.SCANS, prorate_fte=True),
            *((), "2023-02-01", "1 left: never_used"),
        ),
        Case(
            "half of 7.5 hours: half up to 0.01",
            contract("2023-01-01", fte="0.3333"),
            rolling("7.5", 12, v.HOURS, prorate_fte=True),
            *((), "2023-02-01", "2.5 left: never_used"),
        ),
        Case(
            "a quarter of 0.5 day is 0.13",
            contract("2023-01-01", fte="0.25"),
            rolling("0.5", 12, v.DAYS, prorate_fte=True),
            *((), "2023-02-01", "0.13 left: never_used"),
        ),
    ],
    "Age": [
        Case(
            "born on 29 February: the birthday is on the 28th",
            person(contract("2015-01-01"), born="1968-02-29"),
            *(rolling(1000, 60, min_age=57), (), "2025-02-28"),
            "1000 left: never_used",
        ),
        Case(
            "born on 29 February: not a day earlier",
            person(contract("2015-01-01"), born="1968-02-29"),
            *(rolling(1000, 60, min_age=57), (), "2025-02-27"),
            "not yet, from 2025-02-28: too_young",
        ),
    ],
}


@booklet(INTERVALS)
def test_case(case):
    check(case)
