"""Which groups get a row: named boundary cases and properties (A7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_career_focus_reports.engine import structure
from odoo.addons.hr_career_focus_reports.engine.parameters import AGREED
from odoo.addons.hr_career_focus_reports.engine.register import (
    AGE_BANDS,
    CONTRACTS,
    EDUCATION_LEVELS,
    GENDERS,
    Person,
    Register,
    Unit,
)
from odoo.addons.hr_career_focus_reports.engine.sample import people

MINIMUM = AGREED.minimum


@st.composite
def registers(draw, largest=160):
    """Companies with a tree of any shape and traits of any mix."""
    parents = draw(st.lists(st.integers(0, 8), max_size=8))
    units = tuple(
        Unit(number, min(parent, number - 1), f"Unit {number}")
        for number, parent in enumerate(parents, start=1)
    )
    size = draw(st.integers(0, largest))
    random = draw(st.randoms(use_true_random=False))
    return Register(
        2026,
        units,
        tuple(
            Person(
                key,
                unit=random.randint(0, len(units)),
                age=random.choice(AGE_BANDS),
                education=random.choice(EDUCATION_LEVELS),
                contract=random.choice(CONTRACTS),
                gender=random.choice(GENDERS),
            )
            for key in range(size)
        ),
    )


def organisation(*sizes, parents=None):
    """A company with units of the given sizes, all right below it unless told."""
    parents = parents or [0] * len(sizes)
    units = tuple(
        Unit(number, parent, f"Unit {number}")
        for number, parent in enumerate(parents, start=1)
    )
    placed = [unit for unit, size in enumerate(sizes, start=1) for _ in range(size)]
    return Register(
        2026, units, tuple(Person(key, unit) for key, unit in enumerate(placed))
    )


def tree(register):
    """The tree rows as (code, headcount)."""
    return [
        (group.code, len(group.members))
        for group in structure.tree_groups(register, MINIMUM)
    ]


@pytest.mark.parametrize(
    ("size", "rows"), [(0, 0), (19, 0), (20, 1), (39, 1), (40, 1), (41, 1)]
)
def test_company_without_units(size, rows):
    """Below 20 nothing; from 20 on the company figure."""
    assert len(structure.offered(people(size), "year", AGREED)) == rows


@pytest.mark.parametrize(("sizes", "codes"), [((20, 19), 1), ((20, 20), 3)])
def test_units_appear_from_forty(sizes, codes):
    """At 39 two units stay unseen even when one is large enough."""
    assert len(structure.offered(organisation(*sizes), "year", AGREED)) == codes


@pytest.mark.parametrize(("size", "rows"), [(199, 0), (200, 1), (5000, 1)])
def test_quarters_are_for_large_companies(size, rows):
    groups = structure.offered(people(size), "q2", AGREED)
    assert [group.table for group in groups] == ["company"] * rows


def test_small_rest_takes_the_smallest_unit_with_it():
    assert tree(organisation(30, 25, 7)) == [("1", 30), ("0/other", 32)]


def test_large_rest_stands_alone():
    assert tree(organisation(30, 25, 12, 9)) == [("1", 30), ("2", 25), ("0/other", 21)]


def test_rest_that_would_be_everybody_is_not_shown():
    """Two units of 35 and 13: the rest would swallow the only unit kept."""
    assert tree(organisation(35, 13)) == []


def test_chain_tree():
    """A chain of units about the same people: each is shown, with the same people."""
    register = organisation(0, 0, 45, parents=[0, 1, 2])
    groups = structure.tree_groups(register, MINIMUM)
    assert [group.code for group in groups] == ["1", "2", "3"]
    assert {group.members for group in groups} == {register.keys}


def test_everybody_in_one_team_of_a_large_tree():
    register = organisation(0, 60, 0, 0)
    assert tree(register) == [("2", 60)]


def test_director_above_one_team():
    """One director at the top and a team of 20 or more: the team cannot be shown."""
    assert tree(organisation(1, 44, parents=[0, 1])) == [("1", 45)]


def test_people_of_an_unknown_unit_belong_to_the_company():
    register = Register(
        2026,
        (Unit(1, 0, "A"), Unit(2, 99, "Orphan")),
        tuple(Person(key, 1 + key % 3) for key in range(75)),
    )
    assert tree(register) == [("1", 25), ("2", 25), ("0/other", 25)]


def test_circle_of_units_is_refused():
    register = Register(2026, (Unit(1, 2, "A"), Unit(2, 1, "B")), (Person(1, 1),))
    with pytest.raises(ValueError, match="circle"):
        structure.tree_groups(register, MINIMUM)


def test_nobody_twice():
    with pytest.raises(ValueError, match="person"):
        Register(2026, (), (Person(1), Person(1)))
    with pytest.raises(ValueError, match="unit"):
        Register(2026, (Unit(1, 0, "A"), Unit(1, 0, "B")), ())


def test_stricter_minimum_shows_fewer_units():
    register = organisation(30, 25, 25)
    assert len(structure.offered(register, "year", AGREED)) == 4
    assert len(structure.offered(register, "year", AGREED.stricter(26))) == 3


@given(registers())
def test_every_group_is_large_enough(register):
    for group in structure.offered(register, "year", AGREED):
        assert len(group.members) >= MINIMUM


@given(registers())
def test_tree_subtraction_leaves_nobody_alone(register):
    """A published unit minus its published children is nobody, or 20 and more."""
    groups = structure.offered(register, "year", AGREED)
    nodes = {0: register.keys}
    nodes.update({group.unit: group.members for group in groups if group.unit})
    for unit, members in nodes.items():
        below = [
            group.members
            for group in groups
            if group.table == structure.TREE and group.parent == unit
        ]
        if not below:
            continue
        assert sum(map(len, below)) == len(frozenset().union(*below))
        assert frozenset().union(*below) == members


@given(registers())
def test_trait_subtraction_leaves_nobody_alone(register):
    """The groups of a trait do not overlap and leave fewer than nobody out."""
    groups = structure.offered(register, "year", AGREED)
    for trait in (*structure.ORDERED_TRAITS, *structure.NOMINAL_TRAITS):
        parts = [group.members for group in groups if group.table == trait]
        if parts:
            assert sum(map(len, parts)) == len(register)
            assert frozenset().union(*parts) == register.keys


@given(registers(), st.randoms(use_true_random=False))
def test_order_of_the_register_does_not_matter(register, random):
    units, persons = list(register.units), list(register.people)
    random.shuffle(units)
    random.shuffle(persons)
    shuffled = Register(2026, tuple(units), tuple(persons))
    assert structure.offered(shuffled, "year", AGREED) == structure.offered(
        register, "year", AGREED
    )
