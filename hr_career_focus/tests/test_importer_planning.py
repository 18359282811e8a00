"""What an import would do, without a database: a second run never changes anything."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ..importer import plan, read
from ..importer.known import Known, KnownEmployee, KnownVersion
from ..importer.planning import CREATE, ERRONEOUS, UNCHANGED, UPDATE, weekly_hours
from ..importer.values import ERROR, Terms

TODAY = date(2026, 1, 1)
HEADER = "number;name;e-mail;department;manager;job;contract start;hours;since"


def planned(known, *rows):
    """The plan of a file with these rows."""
    return plan(read("\n".join([HEADER, *rows]).encode(), TODAY), known)


def carried_out(steps):
    """What the database would know after these steps (all of them new people)."""
    ids = {step.person.number: index for index, step in enumerate(steps, start=1)}
    return Known(
        employees={
            step.person.number: KnownEmployee(
                id=ids[step.person.number],
                identity=dict(step.changes),
                manager=ids.get(step.person.manager),
                versions=tuple(
                    KnownVersion(index, each.terms.since or TODAY, dict(each.changes))
                    for index, each in enumerate(step.terms)
                ),
                current=len(step.terms) - 1,
            )
            for step in steps
        }
    )


LETTERS = st.sampled_from("abc")


@st.composite
def files(draw):
    """Rows of a few people who manage each other downwards, with and without dates."""
    rows = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        boss = draw(st.sampled_from(["", *map(str, range(1, number))]))
        start = draw(st.sampled_from(["", "2015-01-01", "01-06-2019"]))
        hours = draw(st.sampled_from(["", "32", "0", "36,5"]))
        unit, job = draw(LETTERS), draw(LETTERS)
        rows.append(f"{number};P{number};;{unit};{boss};{job};{start};{hours};")
        if start and draw(st.booleans()):
            rows.append(f"{number};;;{draw(LETTERS)};;;;;2021-01-01")
    return rows


@given(files())
def test_second_run_is_unchanged(rows):
    """What was imported is recognised as such, whatever was in the file."""
    first = planned(Known(), *rows)
    assert set(first.outcomes.values()) == {CREATE}
    second = planned(carried_out(first.steps), *rows)
    assert set(second.outcomes.values()) == {UNCHANGED}
    assert all(step.manager is None for step in second.steps)


def test_circle_by_way_of_the_database():
    """A manager who would, through people in Odoo, have the person above."""
    known = Known(
        employees={
            str(id_): KnownEmployee(
                id_, {"name": f"P{id_}"}, None, (KnownVersion(id_, TODAY, {}),), id_
            )
            for id_ in (1, 2, 3)
        },
        managers={2: 1, 3: 2},
    )
    found = planned(known, "1;P1;;;3;;;;")
    assert [each.code for each in found.problems if each.level == ERROR] == ["circle"]
    assert found.outcomes == {2: ERRONEOUS}
    assert planned(known, "3;P3;;;1;;;;").outcomes == {2: UPDATE}


def test_part_time_of_the_company_week():
    """FTE counts from the company's full week, to the hundredth."""
    assert weekly_hours(Terms(2, fte=Decimal("0.6667")), Decimal(36)) == Decimal(
        "24.00"
    )
    assert weekly_hours(Terms(2, hours=Decimal("24")), Decimal(36)) == Decimal("24.00")
    assert weekly_hours(Terms(2), Decimal(36)) is None
