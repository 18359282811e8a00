"""Texts that begin, end, follow on from each other, come late, or are improved."""

from ..engine import values as v
from .engine_case import (
    KEY,
    WE,
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

SINCE_2020 = contract("2020-01-01", hours=36, fte=1)
ALL_IN_2023 = (used(1000, "2023-03-01"),)
PART_IN_2023 = (used(360, "2023-03-01"),)


def dated(valid_from=None, valid_to=None, **facts):
    """The usual right under a text with these dates."""
    return rolling(1000, 60, text=agreement(version("", valid_from, valid_to, **facts)))


def in_turn(*pairs, **kwargs):
    """The same right in several texts: pairs of a version and a wording's terms."""
    text = agreement(*(one for one, _terms in pairs))
    return tuple(
        right(text=text, version=one.key, **{"months": 60, **kwargs, **terms})
        for one, terms in pairs
        if terms is not None
    )


def company(quantity, unit="EUR", employer=WE, text=None, **terms):
    """What a company puts on top of the right."""
    text = text or agreement(key="house rules", employer=employer)
    return right(quantity, unit, text=text, key="better", improves=KEY, **terms)


OLD, NEW = version("old", "2018-01-01"), version("new", "2026-01-01")
LATE = version("new", "2022-01-01", registered="2024-01-01")
MORE = in_turn((OLD, {"quantity": 1000}), (NEW, {"quantity": 1500}))
LESS = in_turn((OLD, {"quantity": 1000}), (NEW, {"quantity": 400}))
GONE = in_turn((OLD, {"quantity": 1000}), (NEW, None))
SOONER = in_turn((OLD, {"quantity": 1000}), (NEW, {"quantity": 1000, "months": 36}))
LATER = in_turn((OLD, {"quantity": 1000}), (NEW, {"quantity": 1000, "months": 84}))
LATE_MORE = in_turn((OLD, {"quantity": 1000}), (LATE, {"quantity": 1500}))
LATE_LESS = in_turn((OLD, {"quantity": 1000}), (LATE, {"quantity": 400}))
LATE_LATER = in_turn(
    (OLD, {"quantity": 1000}), (LATE, {"quantity": 1000, "months": 84})
)
SAVING = {"kind": v.ACCRUAL, "months": 12}
SAVING_LESS = in_turn((OLD, {"quantity": 900}), (LATE, {"quantity": 300}), **SAVING)
SAVING_SHORTER = in_turn(
    (OLD, {"quantity": 900, "saving_months": 24}),
    (LATE, {"quantity": 900, "saving_months": 12}),
    **SAVING,
)
SAVING_MORE = in_turn((OLD, {"quantity": 300}), (LATE, {"quantity": 900}), **SAVING)
SAVING_NEXT = in_turn((OLD, {"quantity": 900}), (NEW, {"quantity": 300}), **SAVING)

RULE = rolling(1000, 60)
ON_CONDITIONS = rolling(
    1000,
    60,
    min_service_months=24,
    min_hours=24,
    contract_types=[v.PERMANENT],
    excluded=[v.ON_CALL, v.STUDENT],
    min_age=50,
)
SAVED = right(900, kind=v.ACCRUAL, months=12, cap=1000, saving_months=12)

VERSIONS = {
    "One text": [
        Case(
            "text not checked by anybody: unknown",
            *(SINCE_2020, dated(verified=False), (), "2026-11-21"),
            "unknown: not_verified",
        ),
        Case(
            "text not in force yet: from its first day",
            *(SINCE_2020, dated("2027-01-01"), (), "2026-12-31"),
            "not yet, from 2027-01-01: rule_starts_later",
        ),
        Case(
            "text on its first day",
            *(SINCE_2020, dated("2027-01-01"), (), "2027-01-01"),
            "1000 left: never_used",
        ),
        Case(
            "last day of the text: open",
            *(SINCE_2020, dated(None, "2026-12-31"), (), "2026-12-31"),
            "1000 left until 2026-12-31: never_used",
        ),
        Case(
            "after the text, no after-effect: over",
            *(SINCE_2020, dated(None, "2026-12-31"), (), "2027-01-01"),
            "no right: rule_ended",
        ),
        Case(
            "after the text, with after-effect: open until there is a new one",
            *(SINCE_2020, dated(None, "2018-12-31", after_effect=True), ()),
            *("2026-11-21", "1000 left: never_used"),
        ),
        Case(
            "a rule with a last day of its own has no after-effect",
            SINCE_2020,
            rolling(
                1000,
                60,
                valid_to="2025-12-31",
                text=agreement(version("", None, "2026-12-31", after_effect=True)),
            ),
            *((), "2026-01-01", "no right: rule_ended"),
        ),
        Case(
            "a rule that starts later than its text",
            *(SINCE_2020, rolling(1000, 60, valid_from="2026-12-01"), ()),
            *("2026-11-30", "not yet, from 2026-12-01: rule_starts_later"),
        ),
        Case(
            "used up, and the text ends before the interval: no next date",
            *(SINCE_2020, dated(None, "2026-12-31"), ALL_IN_2023, "2026-01-01"),
            "used up: rule_ends_first",
        ),
        Case(
            "partly used, and the text ends before the interval: no fresh amount",
            *(SINCE_2020, dated(None, "2026-12-31"), PART_IN_2023, "2026-01-01"),
            "640 left until 2026-12-31: partly_used",
        ),
    ],
    "One text after another": [
        Case(
            "a better text: told until it comes nothing is lost",
            *(SINCE_2020, MORE, (), "2025-12-31", "1000 left: never_used"),
        ),
        Case(
            "a better text: from its first day",
            *(SINCE_2020, MORE, (), "2026-01-01", "1500 left: never_used"),
        ),
        Case(
            "a better text during an interval: what was granted stays as it was",
            *(SINCE_2020, MORE, PART_IN_2023, "2026-01-01"),
            "640 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "a better text: the next interval has it",
            *(SINCE_2020, MORE, ALL_IN_2023, "2028-03-01"),
            "1500 left: interval_over",
        ),
        Case(
            "a worse text: the last day of the better one is told",
            *(SINCE_2020, LESS, (), "2025-12-31"),
            "1000 left, 600 of it until 2025-12-31: never_used",
        ),
        Case(
            "a worse text: from its first day, for who used nothing",
            *(SINCE_2020, LESS, (), "2026-01-01", "400 left: never_used"),
        ),
        Case(
            "a worse text during an interval takes nothing of what was granted",
            *(SINCE_2020, LESS, PART_IN_2023, "2026-01-01"),
            "640 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "a text without the right ends it",
            *(SINCE_2020, GONE, (), "2026-01-01", "no right: rule_ended"),
        ),
        Case(
            "a text without the right ends it: the last day is told",
            *(SINCE_2020, GONE, (), "2025-12-31"),
            "1000 left until 2025-12-31: never_used",
        ),
        Case(
            "a text that brings the right back sooner counts in a running interval",
            *(SINCE_2020, SOONER, ALL_IN_2023, "2025-01-01"),
            "used up, again from 2026-03-01: interval_running",
        ),
        Case(
            "a text that brings the right back sooner: open on that day",
            *(SINCE_2020, SOONER, ALL_IN_2023, "2026-03-01"),
            "1000 left: interval_over",
        ),
        Case(
            "a text that brings the right back later waits for the next interval",
            *(SINCE_2020, LATER, ALL_IN_2023, "2028-02-29"),
            "used up, again from 2028-03-01: interval_running",
        ),
        Case(
            "a text that brings the right back later: the next interval is longer",
            *(SINCE_2020, LATER, (used(1000, "2026-02-01"),), "2026-02-01"),
            "used up, again from 2033-02-01: interval_running",
        ),
        Case(
            "saved: a worse text leaves alone what was saved before",
            *(contract("2024-01-01"), SAVING_NEXT, (), "2026-01-01"),
            "2100 left, fresh from 2027-01-01: saved",
        ),
        Case(
            "two texts from one day: the one registered last counts",
            SINCE_2020,
            in_turn(
                (version("a", "2022-01-01", registered="2022-01-01"), {"quantity": 1}),
                (version("b", "2022-01-01", registered="2022-03-01"), {"quantity": 2}),
            ),
            *((), "2023-01-01", "2 left: never_used"),
        ),
    ],
    "A text that comes late": [
        Case(
            "late and better: counts from its past first day",
            *(SINCE_2020, LATE_MORE, ALL_IN_2023, "2024-02-01"),
            "500 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "late and worse: takes nothing of what was granted before",
            *(SINCE_2020, LATE_LESS, PART_IN_2023, "2024-02-01"),
            "640 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "late and worse: counts for what begins later",
            *(SINCE_2020, LATE_LESS, (used(100, "2024-01-01"),), "2024-02-01"),
            "300 left until 2028-12-31, fresh from 2029-01-01: partly_used",
        ),
        Case(
            "late, with a longer interval: the promised day stays",
            *(SINCE_2020, LATE_LATER, ALL_IN_2023, "2024-02-01"),
            "used up, again from 2028-03-01: interval_running",
        ),
        Case(
            "late and worse: what was saved before it was registered stays",
            *(contract("2021-01-01"), SAVING_LESS, (), "2024-01-01"),
            "3000 left, fresh from 2025-01-01: saved",
        ),
        Case(
            "late, kept for a year instead of two: what was promised longer stays",
            *(contract("2022-01-01"), SAVING_SHORTER, (), "2023-06-01"),
            "1800 left, 900 of it until 2023-12-31, fresh from 2024-01-01: saved",
        ),
        Case(
            "late, kept for a year: so it is once the text is registered",
            *(contract("2022-01-01"), SAVING_SHORTER, (), "2024-06-01"),
            "1800 left until 2024-12-31, fresh from 2025-01-01: saved",
        ),
        Case(
            "late and better: what was saved since its first day is made up",
            *(contract("2021-01-01"), SAVING_MORE, (), "2024-01-01"),
            "3000 left, fresh from 2025-01-01: saved",
        ),
    ],
    "What was granted": [
        Case(
            "a lower rule never takes from what was granted",
            *(SINCE_2020, rolling(500, 60), (used(400, "2023-03-01", granted=1000),)),
            "2024-01-01",
            "600 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "what was granted is a floor and no ceiling",
            *(SINCE_2020, rolling(1500, 60), (used(1000, "2023-03-01", granted=1000),)),
            "2024-01-01",
            "500 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "what was granted once does not last into the next interval",
            *(SINCE_2020, rolling(500, 60), (used(400, "2023-03-01", granted=1000),)),
            *("2028-03-01", "500 left: interval_over"),
        ),
        Case(
            "granted in a block of the calendar: for that block",
            SINCE_2020,
            right(500, kind=v.CALENDAR_BLOCK, months=12, origin="2020-01-01"),
            (used(400, "2023-03-01", granted=1000),),
            "2023-12-31",
            "600 left until 2023-12-31, fresh from 2024-01-01: partly_used",
        ),
        Case(
            "given back, so nothing was granted",
            SINCE_2020,
            rolling(500, 60),
            (used(400, "2023-03-01", granted=1000, returned=True),),
            *("2024-01-01", "500 left: never_used"),
        ),
    ],
    "On top of the agreement": [
        Case(
            "the company gives more",
            *(person(SINCE_2020), (RULE, company(1500, months=60)), ()),
            *("2026-01-01", "1500 left: never_used"),
        ),
        Case(
            "the company gives less: the agreement counts",
            *(person(SINCE_2020), (RULE, company(500, months=60)), ()),
            *("2026-01-01", "1000 left: never_used"),
        ),
        Case(
            "the company gives it more often, and the rest is the agreement's",
            *(person(SINCE_2020), (RULE, company(1, months=36)), ALL_IN_2023),
            *("2025-01-01", "used up, again from 2026-03-01: interval_running"),
        ),
        Case(
            "the company gives it to everybody, at once",
            person(
                contract("2026-01-01", "2026-12-31", hours=4, category=v.ON_CALL),
                born="2000-01-01",
            ),
            *((ON_CONDITIONS, company(1000, months=60)), (), "2026-01-02"),
            "1000 left until 2026-12-31: never_used",
        ),
        Case(
            "the company asks for fewer years and fewer hours",
            person(contract("2020-01-01", hours=20), born="1971-01-01"),
            (
                rolling(1000, 60, min_age=57, min_hours=24),
                company(1000, months=60, min_age=55, min_hours=16),
            ),
            *((), "2026-06-01", "1000 left: never_used"),
        ),
        Case(
            "the company asks for more years and more hours: the agreement counts",
            person(contract("2020-01-01", hours=20), born="1971-01-01"),
            (
                rolling(1000, 60, min_age=55, min_hours=16),
                company(1000, months=60, min_age=57, min_hours=24),
            ),
            *((), "2026-06-01", "1000 left: never_used"),
        ),
        Case(
            "without the company's rules: not for everybody",
            person(
                contract("2026-01-01", "2026-12-31", hours=4, category=v.ON_CALL),
                born="2000-01-01",
            ),
            *((ON_CONDITIONS,), (), "2026-01-02", "no right: category_excluded"),
        ),
        Case(
            "company: more room, kept for longer, in advance",
            person(contract("2024-01-01")),
            (
                SAVED,
                company(900, kind=v.ACCRUAL, cap=2000, saving_months=36),
                company(900, kind=v.ACCRUAL, cap=2000, advance_periods=1),
            ),
            *((), "2026-01-01", "2900 left: saved"),
        ),
        Case(
            "agreement alone: less room, kept for a year",
            *(person(contract("2024-01-01")), (SAVED,), (), "2026-01-01"),
            "900 left until 2026-12-31, fresh from 2027-01-01: saved",
        ),
        Case(
            "the company counts in hours: that improves no amount",
            *(person(SINCE_2020), (RULE, company(5000, v.HOURS, months=60)), ()),
            *("2026-01-01", "1000 left: never_used"),
        ),
        Case(
            "the company counts in another currency: that improves nothing",
            *(person(SINCE_2020), (RULE, company(5000, "JPY", months=60)), ()),
            *("2026-01-01", "1000 left: never_used"),
        ),
        Case(
            "the company's right comes back another way: that is not a better term",
            person(contract("2024-01-01")),
            (SAVED, company(5000, months=12)),
            *((), "2026-01-01"),
            "900 left until 2026-12-31, fresh from 2027-01-01: saved",
        ),
        Case(
            "the company saves by the month: that is no better year",
            person(contract("2024-01-01")),
            (SAVED, company(1000, kind=v.ACCRUAL, months=1)),
            *((), "2026-01-01"),
            "900 left until 2026-12-31, fresh from 2027-01-01: saved",
        ),
        Case(
            "the company saves at the end of the year: that is no better year",
            person(contract("2024-01-01")),
            (SAVED, company(1000, kind=v.ACCRUAL, months=12, timing=v.AT_END)),
            *((), "2026-01-01"),
            "900 left until 2026-12-31, fresh from 2027-01-01: saved",
        ),
        Case(
            "rules of another company improve nothing here",
            person(SINCE_2020),
            (RULE, company(1500, months=60, employer="b")),
            *((), "2026-01-01", "1000 left: never_used"),
        ),
        Case(
            "rules of the company that nobody checked improve nothing",
            person(SINCE_2020),
            (
                RULE,
                company(
                    1500,
                    months=60,
                    text=agreement(version(verified=False), key="h", employer=WE),
                ),
            ),
            *((), "2026-01-01", "1000 left: never_used"),
        ),
        Case(
            "the company stops: what was granted stays for the interval",
            person(SINCE_2020),
            (
                RULE,
                company(
                    1500,
                    months=60,
                    text=agreement(
                        version("", None, "2024-12-31"), key="h", employer=WE
                    ),
                ),
            ),
            *(ALL_IN_2023, "2026-01-01"),
            "500 left until 2028-02-29, fresh from 2028-03-01: partly_used",
        ),
        Case(
            "the company stops: the last day is told",
            person(SINCE_2020),
            (
                RULE,
                company(
                    1500,
                    months=60,
                    text=agreement(
                        version("", None, "2026-12-31"), key="h", employer=WE
                    ),
                ),
            ),
            *((), "2026-06-01", "1500 left, 500 of it until 2026-12-31: never_used"),
        ),
    ],
}


@booklet(VERSIONS)
def test_case(case):
    check(case)


def reasons(rights, uses, on, who=SINCE_2020):
    """All reasons of the one answer, by code."""
    (answer,) = ask(Case("", person(who), rights, uses, on, ""))
    return {reason.code: reason.data for reason in answer.reasons}


def test_after_effect_is_told():
    told = dated("2017-01-01", "2018-12-31", after_effect=True)
    assert v.AFTER_EFFECT in reasons(told, (), "2020-06-01")
    assert v.AFTER_EFFECT not in reasons(dated("2017-01-01"), (), "2020-06-01")


def test_the_company_is_named_when_it_improves_something():
    better, same = company(1500, months=60), company(1000, months=60)
    found = reasons((RULE, better), (), "2026-01-01")
    assert found[v.COMPANY_IMPROVES]["agreement"] == "house rules"
    assert v.COMPANY_IMPROVES not in reasons((RULE, same), (), "2026-01-01")


def test_what_was_granted_earlier_is_told():
    granted = (used(400, "2023-03-01", granted=1000),)
    assert v.GRANTED_EARLIER in reasons(rolling(500, 60), granted, "2024-01-01")
    assert v.GRANTED_EARLIER not in reasons(rolling(1000, 60), granted, "2024-01-01")


def test_the_part_is_told():
    half = contract("2024-07-01", fte="0.5")
    terms = dict(kind=v.CALENDAR_BLOCK, months=12, origin="2020-01-01")
    both = right(1000, prorate_fte=True, prorate_part=True, **terms)
    found = reasons(both, (), "2024-08-01", half)
    assert found[v.PART_TIME]["fte"] * 2 == 1
    assert (found[v.PART_PERIOD]["months_left"], found[v.PART_PERIOD]["months"]) == (
        6,
        12,
    )
    assert not {v.PART_TIME, v.PART_PERIOD} & set(reasons(both, (), "2025-08-01"))
