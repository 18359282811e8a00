"""Other rules on an invented organisation: its shape, its lots, and who is exposed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_career_focus_reports.engine import register as reg
from odoo.addons.hr_career_focus_reports.engine import release, whatif
from odoo.addons.hr_career_focus_reports.engine.parameters import AGREED, Parameters
from odoo.addons.hr_career_focus_reports.engine.register import Unit
from odoo.addons.hr_career_focus_reports.engine.sample import sixty_people
from odoo.addons.hr_career_focus_reports.engine.whatif import Shape

from .test_engine_structure import registers

EXACT = Parameters(base=whatif.EXACT)


def teams(number, size, above=0):
    """A company of equal teams, and people right in the company."""
    units = tuple(Unit(key, 0, f"Team {key}") for key in range(1, number + 1))
    sizes = dict.fromkeys(range(1, number + 1), size) | {reg.COMPANY: above}
    people = number * size + above
    return Shape(
        units,
        sizes,
        {
            "age": {"under_35": people // 2, "55_plus": people - people // 2},
            "gender": {"female": people // 3, "male": people - people // 3},
        },
    )


@given(registers(), st.integers(0, 99))
def test_invented_organisation_has_the_same_shape(register, seed):
    shape = Shape.of(register)
    assert shape.people == len(register)
    invented = whatif.organisation(shape, seed)
    assert Shape.of(invented).sizes == {
        unit: size for unit, size in shape.sizes.items() if size
    }
    for trait, counts in shape.traits.items():
        dealt = Shape.of(invented).traits[trait]
        assert {value: count for value, count in counts.items() if count} == dealt


def test_no_name_and_no_key_of_a_person_or_unit_comes_through():
    register = sixty_people()
    renamed = replace(
        register,
        people=tuple(replace(one, key=10**6 + one.key) for one in register.people),
    )
    first, second = (
        whatif.organisation(Shape.of(one), 3) for one in (register, renamed)
    )
    assert first == second
    assert not {unit.label for unit in first.units} & {
        unit.label for unit in register.units
    }


def test_shape_does_not_know_who_goes_with_what():
    """Two registers with equal counts and other people in each unit: one answer."""
    register = sixty_people()
    turned = replace(
        register,
        people=tuple(
            replace(one, unit=other.unit)
            for one, other in zip(
                register.people, reversed(register.people), strict=True
            )
        ),
    )
    assert turned != register
    first, second = (
        whatif.tried(Shape.of(one), AGREED, percent=20) for one in (register, turned)
    )
    assert first == second


def test_traits_are_dealt_over_all_units():
    """Nobody can read a real team's mix from an invented one."""
    invented = whatif.organisation(teams(8, 25), 5)
    women = invented.members_by_trait("gender")["female"]
    parts = [members & women for members in invented.members_by_unit().values()]
    assert all(0 < len(part) < 25 for part in parts)


def test_same_seed_same_answer_another_seed_another():
    shape = teams(5, 25)
    answers = [whatif.tried(shape, AGREED, percent=10, seed=seed) for seed in (1, 1, 2)]
    assert answers[0] == answers[1]
    assert answers[0] != answers[2]


@pytest.mark.parametrize("percent", [1, 8, 30, 60, 100])
def test_rows_are_those_of_a_release(percent):
    """The release engine makes the same rows of the same invented organisation."""
    shape = teams(6, 30, above=20)
    [year] = whatif.tried(shape, AGREED, percent=percent, years=1, seed=4).years
    invented = replace(whatif.organisation(shape, 4), year=2026)
    drawn = whatif.participants(invented, percent, "4|0")
    published = release.compute(
        invented,
        dict.fromkeys(drawn, date(2026, 5, 1)),
        company=1,
        period="year",
        published_on=date(2027, 1, 15),
        secret=b"a secret for the tests",
    )
    assert [(row.table, row.code, row.headcount) for row in year.rows] == [
        (row.table, row.code, row.headcount) for row in published.rows
    ]
    assert year.taking_part == len(drawn)
    for row, real in zip(year.rows, published.rows, strict=True):
        assert row.truth == len(row.members & drawn)
        assert row.figure.low <= row.truth <= row.figure.high
        assert abs(row.figure.shown - real.figure.shown) in (0, AGREED.base)


def test_breakdown_rule_leaves_the_company():
    few = whatif.tried(teams(6, 30), AGREED, percent=2, seed=1)
    assert {len(year.rows) for year in few.years} == {1}
    all_the_same = replace(AGREED, breakdown=0)
    shown = whatif.tried(teams(6, 30), all_the_same, percent=2, seed=1)
    assert all(len(year.rows) > 6 for year in shown.years)


@pytest.mark.parametrize("percent", [2, 8, 30])
@pytest.mark.parametrize("shape", [teams(3, 20), teams(8, 25, 10), teams(30, 30, 60)])
def test_the_rules_in_force_expose_nobody(shape, percent):
    for seed in range(3):
        outcome = whatif.tried(shape, AGREED, percent=percent, seed=seed)
        assert [outcome.worst(known) for known in (0, 1, 2)] == [0, 0, 0]
        assert not outcome.stopped


def test_exact_counts_expose_many():
    """Why figures are rounded; the positive control of the test above."""
    outcome = whatif.tried(teams(8, 25, 10), EXACT, percent=8)
    assert outcome.worst(2) > 50
    assert outcome.stopped == len(outcome.years)
    for year in outcome.years:
        assert year.exposed[0] <= year.exposed[1] <= year.exposed[2]


def test_team_with_an_exact_zero_is_exposed_as_a_whole():
    """By hand: four teams, of which nobody of one took part, and exact counts."""
    shape = Shape(teams(4, 20).units, teams(4, 20).sizes, {})
    rules = replace(EXACT, breakdown=0)
    found = 0
    for seed in range(20):
        [year] = whatif.tried(shape, rules, percent=5, years=1, seed=seed).years
        for row in year.rows[1:]:
            if not row.truth:
                assert row.members <= year.exposed[0]
                found += 1
            elif row.truth < row.headcount:
                assert not row.members & year.exposed[0]
    assert found


def test_rounding_to_three_does_not_stand_two_insiders():
    outcomes = [
        whatif.tried(teams(16, 31), Parameters(base=base), percent=4, seed=seed)
        for base in (3, 5)
        for seed in range(4)
    ]
    assert any(outcome.worst(2) for outcome in outcomes[:4])
    assert not any(outcome.worst(2) for outcome in outcomes[4:])


def test_exact_total_of_two_exposes_who_is_left():
    """Two take part, somebody knows both and the total: all others are out."""
    shape = teams(4, 25)
    rules = replace(AGREED, breakdown=0)
    blind, knowing = (
        whatif.tried(shape, replace(rules, exact_total=exact), percent=2)
        for exact in (False, True)
    )
    assert blind.worst(2) == 0
    assert knowing.worst(2) == shape.people - 2


def test_proof_against_as_many_as_the_rules_say():
    """What holds against nobody who knows anything may fall to two participants."""
    for seed in range(8):
        weak, strong = (
            whatif.tried(
                teams(16, 31),
                Parameters(base=3, insiders=insiders),
                percent=4,
                seed=seed,
            )
            for insiders in (0, 2)
        )
        assert [year.exposed for year in weak.years] == [
            year.exposed for year in strong.years
        ]
        assert weak.stopped <= strong.stopped
        if weak.stopped < strong.stopped:
            return
    pytest.fail("No invented year in which the number of insiders mattered.")


@given(st.integers(100, 5000), st.integers(4, 400), st.integers(80, 1000))
def test_large_organisations_become_small(people, size, limit):
    shape = teams(people // size, size, above=people % size)
    small = shape.smaller(limit)
    if shape.people <= limit:
        assert small is shape
        return
    assert abs(small.people - limit) <= limit // 4
    for unit, left in small.sizes.items():
        assert left == min(left, shape.sizes[unit])
        assert left == shape.sizes[unit] or left >= limit // 4
    for counts in small.traits.values():
        assert sum(counts.values()) == small.people
    assert {unit.id for unit in small.units} == set(small.sizes) - {reg.COMPANY}


@pytest.mark.parametrize(
    "rules", [AGREED, Parameters(minimum=5, base=3, breakdown=0, insiders=3)]
)
def test_a_thousand_people_are_answered(rules):
    """The largest company the page plays, under rules in force and much weaker ones."""
    outcome = whatif.tried(teams(33, 30, above=10), rules, percent=8)
    assert (outcome.people, len(outcome.years)) == (1000, whatif.YEARS)
    for year in outcome.years:
        assert year.taking_part == 80
        assert year.held == (not year.exposed[rules.insiders])
        assert year.exposed[0] <= year.exposed[1] <= year.exposed[2]
