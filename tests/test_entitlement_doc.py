"""The page about the computation of rights says what the engine does.

Each table of the page is one person with one right. The people stand here once more,
in the engine's own words; the page and the engine must give the same lines.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from odoo.addons.hr_career_focus.engine import reasons
from odoo.addons.hr_career_focus.engine import values as v
from odoo.addons.hr_career_focus.engine.entitlement import entitlement_of_right

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "entitlement.md").read_text("utf-8")
ENGINE = ROOT / "hr_career_focus" / "engine"

HEAD = "| On | Answer | Left | Until | Opens, or fresh on |"
TITLE = re.compile(r"^##+ (.+)$", re.MULTILINE)
FILE = re.compile(r"`(\w+\.py)`")
ANSWERS = {
    v.AVAILABLE: "available",
    v.NOT_YET: "not yet",
    v.USED_UP: "used up",
    v.NOT_ELIGIBLE: "no right",
    v.UNKNOWN: "not known",
}


@dataclass
class Person:
    """Somebody of the page: the texts, the contract and what was used."""

    rules: tuple
    start: date
    uses: tuple = ()
    end: date | None = None
    hours: int = 36

    def ask(self, day):
        """Return the answer on a day, knowing what was used by then."""
        terms = v.Spell(
            self.start,
            self.start,
            self.end,
            "cao",
            weekly_hours=Decimal(self.hours),
            fte=Decimal(self.hours) / 36,
        )
        facts = v.Facts((terms,), employer="1")
        return entitlement_of_right(facts, self.rules, self.uses, day)


def right(quantity, unit=v.AMOUNT, *interval, **terms):
    """Return the one wording of a right in a text that HR checked."""
    return v.Rule(
        "right",
        v.Agreement("cao", "The agreement", (v.Version(verified=True),)),
        Decimal(quantity),
        unit,
        "EUR" if unit == v.AMOUNT else None,
        interval=v.Interval(*interval),
        **terms,
    )


def use(quantity, day, **values):
    """Return a use of the right."""
    return v.Use("right", Decimal(quantity), day, **values)


def versions(first, second):
    """Return the two wordings of a right as two versions of its agreement.

    Each is given as (rule, version).
    """
    texts = (first[1], second[1])
    agreement = v.Agreement("cao", "The agreement", texts)
    return tuple(
        replace(rule, agreement=agreement, version=text.key)
        for rule, text in (first, second)
    )


def company_rule(rule, **terms):
    """Return a rule of the company that improves a right."""
    own = v.Agreement("house", "House rules", (v.Version(verified=True),), "1")
    return replace(rule, key="more", agreement=own, improves=rule.key, **terms)


BUDGET = right(
    1000,
    v.AMOUNT,
    v.ROLLING_START,
    60,
    eligibility=v.Eligibility(min_service_months=12),
)
PLAIN = replace(BUDGET, eligibility=v.Eligibility())
PEOPLE = {
    "Some months after the first use": Person(
        (BUDGET,), date(2020, 1, 1), (use(360, date(2023, 3, 1)),)
    ),
    "Some months after the traject has ended": Person(
        (right(1, v.TRAJECTS, v.ROLLING_COMPLETION, 36),),
        date(2020, 1, 1),
        (use(1, date(2023, 5, 10), completed=date(2023, 12, 1)),),
    ),
    "In every block of the calendar": Person(
        (
            right(
                5000,
                v.AMOUNT,
                v.CALENDAR_BLOCK,
                60,
                date(2020, 1, 1),
                prorate_part=True,
            ),
        ),
        date(2020, 9, 15),
        (use(4000, date(2022, 2, 1)),),
    ),
    "In every block of years of service": Person(
        (right(1, v.SCANS, v.EMPLOYMENT_YEARS, 60),),
        date(2020, 9, 15),
        (use(1, date(2025, 9, 14)),),
    ),
    "Saved up, period after period": Person(
        (
            right(
                900,
                v.AMOUNT,
                v.ACCRUAL,
                12,
                date(2020, 1, 1),
                v.AT_START,
                Decimal(4500),
                None,
                3,
                prorate_fte=True,
                full_time_hours=Decimal(36),
                prorate_part=True,
            ),
        ),
        date(2024, 3, 15),
        (use(1000, date(2025, 6, 1)),),
        hours=24,
    ),
    "Saved up, and kept for a while": Person(
        (right(40, v.HOURS, v.ACCRUAL, 12, date(2020, 8, 1), v.AT_START, None, 36),),
        date(2024, 8, 1),
        (use(50, date(2026, 9, 1)),),
    ),
    "Once": Person(
        (
            right(
                1,
                v.TRAJECTS,
                v.ONCE,
                eligibility=v.Eligibility(
                    contract_types=frozenset({v.FIXED_TERM}), min_term_months=24
                ),
            ),
        ),
        date(2024, 9, 1),
        (use(1, date(2025, 3, 1)),),
        end=date(2026, 8, 31),
    ),
    "Which text counts": Person(
        versions(
            (
                PLAIN,
                v.Version("old", "", True, None, date(2018, 12, 31), True),
            ),
            (
                replace(PLAIN, quantity=Decimal(800)),
                v.Version(
                    "new", "", True, date(2019, 1, 1), registered=date(2020, 11, 5)
                ),
            ),
        ),
        date(2015, 1, 1),
        (use(300, date(2019, 6, 1)),),
    ),
    "A later text brings it back sooner": Person(
        versions(
            (PLAIN, v.Version("old", "", True)),
            (
                replace(PLAIN, interval=v.Interval(v.ROLLING_START, 36)),
                v.Version("new", "", True, date(2025, 1, 1)),
            ),
        ),
        date(2015, 1, 1),
        (use(1000, date(2023, 3, 1)),),
    ),
    "Rules of the company": Person(
        (
            BUDGET,
            company_rule(
                BUDGET,
                quantity=Decimal(1500),
                interval=v.Interval(v.ROLLING_START, 72),
                eligibility=v.Eligibility(min_service_months=24),
            ),
        ),
        date(2020, 1, 1),
        (use(1500, date(2023, 3, 1)),),
    ),
}


def section(title):
    """Return the text between a heading and the next one."""
    for part in re.split(r"^##+ ", PAGE, flags=re.MULTILINE)[1:]:
        head, _line, text = part.partition("\n")
        if head.split(" (`")[0] == title:
            return text
    raise AssertionError(f"The page has no section {title!r}")


def lines_of(text):
    """Return the cells of each line of the table of answers in a section."""
    rows = text.split(HEAD)[1].strip().splitlines()[1:]
    found = []
    for row in rows:
        if not row.startswith("| "):
            break
        found.append([cell.strip() for cell in row.strip("| ").split("|")])
    return found


def written(day):
    """Write a day as the page does."""
    return "–" if day is None else f"{day.day} {day:%B %Y}"


def quantity(answer):
    """Write what is left as the page does."""
    if not answer.left:
        return "–"
    if answer.unit == v.AMOUNT:
        return f"€ {answer.left:,.2f}".removesuffix(".00")
    unit = answer.unit.removesuffix("s") if answer.left == 1 else answer.unit
    return f"{answer.left:f}".removesuffix(".00") + f" {unit}"


def read(text):
    """Return a day as it is written on the page."""
    number, month, year = text.split()
    names = [f"{date(2026, one, 1):%B}" for one in range(1, 13)]
    return date(int(year), names.index(month) + 1, int(number))


@pytest.mark.parametrize("title", PEOPLE)
def test_page_has_the_answers_of_the_engine(title):
    lines = lines_of(section(title))
    assert len(lines) > 1
    for line in lines:
        answer = PEOPLE[title].ask(read(line[0]))
        assert line == [
            line[0],
            ANSWERS[answer.status],
            quantity(answer),
            written(answer.until),
            written(answer.next_date),
        ]


def test_every_table_of_answers_is_computed():
    assert PAGE.count(HEAD) == len(PEOPLE)


def test_page_has_an_example_of_every_kind():
    shown = re.findall(r"^### .+ \(`(\w+)`\)$", PAGE, re.MULTILINE)
    assert set(shown) == set(v.INTERVAL_KINDS)


def test_examples_say_their_numbers_in_words():
    """What is given, and what is used, stands in the text above the table."""
    for title, person in PEOPLE.items():
        words = section(title).split(HEAD)[0].replace(",", "")
        for one in (*person.rules, *person.uses):
            if one.quantity > 1:
                assert f"{one.quantity:f}" in words, (title, one.quantity)
        for one in person.uses:
            assert written(one.on) in words, (title, one.on)


def test_page_lists_what_may_not_be_known():
    listed = re.findall(
        r"^\| `(\w+)` \|", section("What is not known, and why"), re.MULTILINE
    )
    told = reasons.__doc__.split("Not known")[1].split("No right (")[0]
    codes = {code.lower() for code in re.findall(r"^([A-Z_]+) ", told, re.MULTILINE)}
    assert set(listed) == codes
    assert len(listed) == len(codes)


def test_page_names_every_file_of_the_engine():
    table = [line for line in section("Where it is in the code").splitlines()]
    named = [
        name
        for line in table
        if line.startswith("| `")
        for name in FILE.findall(line.split(" | ")[0])
    ]
    there = {path.name for path in ENGINE.glob("*.py")} - {"__init__.py"}
    assert set(named) == there
    assert len(named) == len(there)


def test_files_it_names_exist():
    folder = ROOT / "hr_career_focus"
    for name in FILE.findall(PAGE):
        assert list(folder.rglob(name)), name
