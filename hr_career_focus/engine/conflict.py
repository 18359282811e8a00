"""Conflict of interest between an employee and a coach, as a pure function.

A coach must be free of any power over the person who comes for guidance. Five facts
make a coach unfree; each is a code, and an employee may read why a coach is not on
the list.

* how it works: `Organisation` holds who reports to whom as plain ids; `line_above`
  walks upwards through managers and heads of departments, in any order and with any
  loop; `conflicts` compares one coach with what was found.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

SAME_PERSON = "same_person"
LINE_OF_COMMAND = "line_of_command"
SAME_TEAM = "same_team"
HR_OF_EMPLOYEE = "hr_of_employee"
FORBIDDEN_RIGHTS = "forbidden_rights"

CODES = (
    SAME_PERSON,
    LINE_OF_COMMAND,
    SAME_TEAM,
    HR_OF_EMPLOYEE,
    FORBIDDEN_RIGHTS,
)


@dataclass(frozen=True)
class Organisation:
    """Who stands above whom, on one day. All keys and values are record ids.

    manager_of: employee -> the employee he or she reports to
    unit_of: employee -> department
    parent_unit: department -> the department above it
    head_of: department -> the employee who leads it
    """

    manager_of: Mapping[int, int] = field(default_factory=dict)
    unit_of: Mapping[int, int] = field(default_factory=dict)
    parent_unit: Mapping[int, int] = field(default_factory=dict)
    head_of: Mapping[int, int] = field(default_factory=dict)

    def superiors(self, employee: int) -> set[int]:
        """Direct superiors: the manager and the heads of the unit and those above.

        >>> house = Organisation(
        ...     manager_of={1: 2}, unit_of={1: 10},
        ...     parent_unit={10: 20, 20: 10}, head_of={10: 3, 20: 4},
        ... )
        >>> sorted(house.superiors(1))
        [2, 3, 4]
        """
        found = {self.manager_of.get(employee)}
        unit, seen = self.unit_of.get(employee), set()
        while unit and unit not in seen:
            seen.add(unit)
            found.add(self.head_of.get(unit))
            unit = self.parent_unit.get(unit)
        return {person for person in found if person}

    def line_above(self, employee: int) -> frozenset[int]:
        """Everybody above an employee, however far; never the employee.

        >>> house = Organisation(manager_of={1: 2, 2: 3})
        >>> sorted(house.line_above(1))
        [2, 3]

        Loops in the data end the walk, they do not hang it.

        >>> sorted(Organisation(manager_of={1: 2, 2: 3, 3: 1}).line_above(1))
        [2, 3]
        >>> sorted(Organisation(manager_of={1: 1}).line_above(1))
        []

        The head of another unit counts when the own manager works there.

        >>> matrix = Organisation(
        ...     manager_of={1: 2}, unit_of={1: 10, 2: 20}, head_of={20: 5})
        >>> sorted(matrix.line_above(1))
        [2, 5]
        """
        found, todo = set(), [employee]
        while todo:
            new = self.superiors(todo.pop()) - found - {employee}
            found |= new
            todo.extend(new)
        return frozenset(found)


@dataclass(frozen=True)
class Requester:
    """The employee who asks: ids of the person, the login, the contact and the HR
    adviser's login on the day of asking."""

    employee: int
    user: int | None = None
    contact: int | None = None
    hr_user: int | None = None


@dataclass(frozen=True)
class CoachFacts:
    """What is known of a coach: login, its contact, the employees it stands for (one
    per company at most), and whether it holds rights over people or logins."""

    user: int | None = None
    contact: int | None = None
    employees: frozenset[int] = frozenset()
    has_forbidden_rights: bool = False


def conflicts(
    requester: Requester, coach: CoachFacts, house: Organisation
) -> tuple[str, ...]:
    """Codes of every conflict, in the order of `CODES`; empty when there is none.

    >>> house = Organisation(manager_of={1: 2}, unit_of={1: 10, 3: 10, 4: 11})
    >>> me = Requester(employee=1, user=101, contact=201, hr_user=105)
    >>> def coach(user, *employees, **more):
    ...     return CoachFacts(user=user, employees=frozenset(employees), **more)
    >>> conflicts(me, coach(104, 4), house)
    ()
    >>> conflicts(me, coach(101, 1), house)
    ('same_person',)
    >>> conflicts(me, coach(102, 2), house)
    ('line_of_command',)
    >>> conflicts(me, coach(103, 3), house)
    ('same_team',)
    >>> conflicts(me, coach(105, has_forbidden_rights=True), house)
    ('hr_of_employee', 'forbidden_rights')

    The same person may hold a second login, known by the contact behind it.

    >>> conflicts(me, coach(109, contact=201), house)
    ('same_person',)

    Two people without a login or a contact are not thereby the same.

    >>> conflicts(Requester(employee=1), CoachFacts(), Organisation())
    ()
    """
    return _codes(requester, coach, house, house.line_above(requester.employee))


def conflicts_of_all(
    requester: Requester, coaches: Mapping[int, CoachFacts], house: Organisation
) -> dict[int, list[str]]:
    """`conflicts` for every coach by key, walking up the house only once.

    >>> house = Organisation(manager_of={1: 2, 2: 3})
    >>> conflicts_of_all(
    ...     Requester(employee=1),
    ...     {7: CoachFacts(employees=frozenset({3})), 8: CoachFacts(user=5)},
    ...     house,
    ... )
    {7: ['line_of_command'], 8: []}
    """
    line = house.line_above(requester.employee)
    return {
        key: list(_codes(requester, coach, house, line))
        for key, coach in coaches.items()
    }


def conflict_label(env, code: str) -> str:
    """What the desk reads for a code, in the language of `env`."""
    return {
        SAME_PERSON: env._("This is the person who asks."),
        LINE_OF_COMMAND: env._("This coach is a manager of this person."),
        SAME_TEAM: env._("This coach works in the same department."),
        HR_OF_EMPLOYEE: env._("This coach is the HR adviser of this person."),
        FORBIDDEN_RIGHTS: env._("This coach also works with personnel files."),
    }[code]


def _codes(
    requester: Requester,
    coach: CoachFacts,
    house: Organisation,
    line: Collection[int],
) -> tuple[str, ...]:
    """The codes that hold, given everybody above the requester."""
    colleagues = coach.employees - {requester.employee}
    unit = house.unit_of.get(requester.employee)
    holds = {
        SAME_PERSON: requester.employee in coach.employees
        or _same(requester.user, coach.user)
        or _same(requester.contact, coach.contact),
        LINE_OF_COMMAND: not colleagues.isdisjoint(line),
        SAME_TEAM: any(_same(unit, house.unit_of.get(one)) for one in colleagues),
        HR_OF_EMPLOYEE: _same(requester.hr_user, coach.user),
        FORBIDDEN_RIGHTS: coach.has_forbidden_rights,
    }
    return tuple(code for code in CODES if holds[code])


def _same(one: int | None, other: int | None) -> bool:
    """Both known and equal: two unknowns are not the same person."""
    return bool(one) and one == other
