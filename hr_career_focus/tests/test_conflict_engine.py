"""Laws of the conflict guard that hold for every organisation, also a broken one."""

import unittest
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ..engine.conflict import (
    CODES,
    LINE_OF_COMMAND,
    SAME_PERSON,
    CoachFacts,
    Organisation,
    Requester,
    conflicts,
    conflicts_of_all,
)

PEOPLE = st.integers(1, 8)
UNITS = st.integers(1, 5)


def links(keys, values):
    return st.dictionaries(keys, values, max_size=10)


HOUSES = st.builds(
    Organisation,
    manager_of=links(PEOPLE, PEOPLE),
    unit_of=links(PEOPLE, UNITS),
    parent_unit=links(UNITS, UNITS),
    head_of=links(UNITS, PEOPLE),
)
REQUESTERS = st.builds(
    Requester,
    employee=PEOPLE,
    user=st.none() | st.integers(101, 108),
    contact=st.none() | st.integers(201, 208),
    hr_user=st.none() | st.integers(101, 108),
)
COACHES = st.builds(
    CoachFacts,
    user=st.none() | st.integers(101, 108),
    contact=st.none() | st.integers(201, 208),
    employees=st.frozensets(PEOPLE, max_size=2),
    has_forbidden_rights=st.booleans(),
)


class TestConflictLaws(unittest.TestCase):
    @given(HOUSES, PEOPLE)
    def test_line_is_closed_and_never_holds_the_employee(self, house, employee):
        line = house.line_above(employee)
        self.assertNotIn(employee, line)
        for person in line | {employee}:
            self.assertLessEqual(house.superiors(person), line | {employee})

    @given(HOUSES, PEOPLE, PEOPLE, PEOPLE)
    def test_a_new_manager_only_adds_to_the_line(self, house, employee, who, manager):
        if who in house.manager_of:
            return
        larger = replace(house, manager_of={**house.manager_of, who: manager})
        self.assertLessEqual(house.line_above(employee), larger.line_above(employee))

    @given(HOUSES, REQUESTERS, COACHES)
    def test_codes_are_known_and_in_order(self, house, requester, coach):
        found = conflicts(requester, coach, house)
        self.assertEqual(found, tuple(code for code in CODES if code in found))

    @given(HOUSES, REQUESTERS, COACHES)
    def test_one_and_all_agree(self, house, requester, coach):
        self.assertEqual(
            conflicts_of_all(requester, {7: coach}, house),
            {7: list(conflicts(requester, coach, house))},
        )

    @given(HOUSES, REQUESTERS)
    def test_every_superior_and_oneself_are_refused(self, house, requester):
        for superior in house.superiors(requester.employee) - {requester.employee}:
            coach = CoachFacts(employees=frozenset({superior}))
            self.assertIn(LINE_OF_COMMAND, conflicts(requester, coach, house))
        oneself = CoachFacts(employees=frozenset({requester.employee}))
        self.assertIn(SAME_PERSON, conflicts(requester, oneself, house))

    @given(HOUSES, REQUESTERS)
    def test_a_stranger_is_always_free(self, house, requester):
        self.assertEqual(conflicts(requester, CoachFacts(user=999), house), ())
