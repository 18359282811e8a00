"""What published figures are good for: a sample, and the page with all of them."""

import re
from collections import Counter
from pathlib import Path

import attacks
import pytest
import utility

from odoo.addons.hr_career_focus_reports.tests.synthetic import grid

PAGE = Path(__file__).parents[1] / "docs" / "uptake-tests.md"


@pytest.fixture(scope="module")
def found():
    """A twelfth of the 900 companies: every size, share and depth."""
    total = {}
    for number, case in enumerate(grid(seeds=utility.SEEDS)):
        if number % 12 == number // 36 % 12:
            size, count = utility.one(case)
            total.setdefault(size, Counter()).update(count)
    return total


def test_no_verdict_is_wrong_and_many_are_given(found):
    total = sum(found.values(), Counter())
    assert total["wrong"] == 0
    assert total["verdicts"] > 50
    assert total["trait", "right"] > 20
    assert found[1000]["trait", "right"] > found[1000]["trait", "gaps"] / 3


def test_units_of_twenty_have_rows(found):
    for size in (500, 1000):
        assert found[size]["units published"] > found[size]["units"] / 2
    assert found[60]["units published"] < found[60]["units"]


def test_nothing_is_refused(found):
    assert sum(count["refused"] for count in found.values()) == 0
    assert sum(count["releases"] for count in found.values()) == 75


@pytest.mark.parametrize(
    ("group", "starts", "difference", "is_significant"),
    [
        (range(20), range(10), 40.0, True),
        (range(20), [0, 20, 40, 60, 80], 0.0, False),
        (range(20), range(2, 22), 70.0, True),
        (range(20), [], 0.0, False),
    ],
)
def test_a_difference_and_its_significance(group, starts, difference, is_significant):
    found = utility.compared(
        frozenset(group), dict.fromkeys(starts), frozenset(range(100))
    )
    assert found == (pytest.approx(difference), is_significant)


def table(text, first):
    """The cells of the table whose first heading is `first`."""
    lines = [
        [cell.strip() for cell in line.strip("| ").split(" | ")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    start = next(number for number, line in enumerate(lines) if line[0] == first)
    width = len(lines[start])
    end = start + 2
    while end < len(lines) and len(lines[end]) == width and lines[end][0] != "---":
        end += 1
    return lines[start : start + 1] + lines[start + 2 : end]


def test_the_page_says_that_nobody_was_found():
    """The numbers that were measured, and those of the attacks: none."""
    text = PAGE.read_text("utf-8")
    assert re.search(r"\*\*0 times\*\* it was wrong", text)
    head, *rows = table(text, "Organisations")
    assert [one.lower() for one in head] == list(attacks.HEAD)
    named = {row[0]: int(row[1].replace(",", "")) for row in rows}
    data, synthetic = attacks.load("tests.attack_data", "tests.synthetic")
    for name in data.PUBLIC:
        assert any(name in one for one in named), name
    assert named["at the edge"] == len(data.SHAPES) * len(data.CASES)
    invented = sum(number for name, number in named.items() if name.endswith("people"))
    assert invented == len(list(synthetic.grid(seeds=10)))
    for row in rows:
        assert (row[4], row[6], row[8]) == ("0", "0", "0"), row[0]


def test_the_page_says_what_broken_rules_give():
    rows = table(PAGE.read_text("utf-8"), "What was broken")
    assert len(rows) == 1 + 9
    for _name, finding in rows[1:]:
        assert re.search(r"[1-9]", finding)
