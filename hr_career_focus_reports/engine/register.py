"""Who is counted, in which unit, and with which traits (R1, R2).

What is supported
    Everybody employed at some time in the year, with the unit and the traits of
    1 January, or of the first working day when that is later. They stay so all year:
    whatever moves later shows from the next 1 January on.

How to use
    >>> hall = Unit(1, 0, "Hall")
    >>> line = Unit(2, 1, "Line A")
    >>> register = Register(2026, (hall, line), (Person(7, 2), Person(8, 1), Person(9)))
    >>> len(register)
    3
    >>> sorted(register.members_by_unit()[1])
    [7, 8]
    >>> age_band(1970, 2026), age_band(None, 2026)
    ('55_plus', 'unknown')

    A participant is somebody whose first traject of the year started in the period.
    Who is not on the register is not counted:

    >>> starts = {7: date(2026, 2, 1), 9: date(2026, 5, 1), 99: date(2026, 5, 1)}
    >>> sorted(register.participants(starts, "year"))
    [7, 9]
    >>> sorted(register.participants(starts, "q2"))
    [9]

How it works
    A register holds public facts only: the statuses come in when it is asked to count,
    and nothing it offers to `structure` can depend on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from . import schedule

COMPANY = 0

UNKNOWN = "unknown"
AGE_BANDS = (UNKNOWN, "under_35", "35_44", "45_54", "55_plus")
EDUCATION_LEVELS = (UNKNOWN, "other", "graduate", "bachelor", "master", "doctor")
CONTRACTS = ("permanent", "fixed_term")
GENDERS = ("female", "male", "other", UNKNOWN)

#: How the categories are written into a release, per trait where they differ.
LABELS = {
    UNKNOWN: "not known",
    "under_35": "under 35",
    "35_44": "35 to 44",
    "45_54": "45 to 54",
    "55_plus": "55 and older",
    "fixed_term": "fixed term",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A department as it stood on 1 January; `parent` 0 is the company itself."""

    id: int
    parent: int
    label: str


@dataclass(frozen=True, slots=True)
class Person:
    """One employee: an opaque key, the unit and the traits that may be tabulated.

    since, until
        The first and the last quarter of the year in which the person was at work.
    """

    key: int
    unit: int = COMPANY
    age: str = UNKNOWN
    education: str = UNKNOWN
    contract: str = CONTRACTS[0]
    gender: str = UNKNOWN
    since: str = schedule.QUARTERS[0]
    until: str = schedule.QUARTERS[-1]


@dataclass(frozen=True)
class Register:
    """The people and the tree of one company in one year.

    A person whose unit is not in the tree counts as working directly for the company.

    :raises ValueError: when a key or a unit occurs twice, or units form a circle.
    """

    year: int
    units: tuple[Unit, ...]
    people: tuple[Person, ...]

    def __post_init__(self):
        if len({unit.id for unit in self.units}) != len(self.units):
            raise ValueError("A unit occurs twice in the tree.")
        if len(self.keys) != len(self.people):
            raise ValueError("A person occurs twice in the register.")

    def __len__(self):
        return len(self.people)

    @cached_property
    def keys(self) -> frozenset[int]:
        """Return the keys of everybody on the register."""
        return frozenset(person.key for person in self.people)

    def content(self) -> dict:
        """Return everybody and the tree in plain values, in one order.

        >>> Register(2026, (), (Person(8), Person(7))).content()["people"][0][0]
        7
        """
        return {
            "year": self.year,
            "units": sorted([one.id, one.parent] for one in self.units),
            "people": sorted(
                [
                    one.key,
                    one.unit,
                    one.age,
                    one.education,
                    one.contract,
                    one.gender,
                    one.since,
                    one.until,
                ]
                for one in self.people
            ),
        }

    @cached_property
    def paths(self) -> dict[int, tuple[int, ...]]:
        """Return for each unit the units it belongs to, itself first."""
        parent_of = {unit.id: unit.parent for unit in self.units}
        paths = {}
        for unit in self.units:
            path, at = [], unit.id
            while at in parent_of:
                path.append(at)
                if len(path) > len(parent_of):
                    raise ValueError("The units form a circle.")
                at = parent_of[at]
            paths[unit.id] = tuple(path)
        return paths

    def children(self) -> dict[int, list[Unit]]:
        """Return the units right below each unit, by name; 0 is the company."""
        result = {}
        for unit in sorted(self.units, key=lambda unit: (unit.label, unit.id)):
            parent = unit.parent if unit.parent in self.paths else COMPANY
            result.setdefault(parent, []).append(unit)
        return result

    def members_by_unit(self) -> dict[int, frozenset[int]]:
        """Return who works in each unit or anywhere below it."""
        members = {unit.id: set() for unit in self.units}
        for person in self.people:
            for unit in self.paths.get(person.unit, ()):
                members[unit].add(person.key)
        return {unit: frozenset(keys) for unit, keys in members.items()}

    def members_by_trait(self, trait: str) -> dict[str, frozenset[int]]:
        """Return who has each value of `trait` (age, education, contract, gender)."""
        members = {}
        for person in self.people:
            members.setdefault(getattr(person, trait), set()).add(person.key)
        return {value: frozenset(keys) for value, keys in members.items()}

    def participants(self, starts: Mapping[int, date], period: str) -> frozenset[int]:
        """Return who started for the first time this year within `period`."""
        first = schedule.first_day(self.year, period)
        last = schedule.last_day(self.year, period)
        return frozenset(
            key
            for key, start in starts.items()
            if key in self.keys and first <= start <= last
        )


def age_band(birth_year: int | None, year: int) -> str:
    """Return the age band of a year of birth in the reporting year.

    >>> [age_band(2026 - age, 2026) for age in (34, 35, 44, 45, 54, 55)]
    ['under_35', '35_44', '35_44', '45_54', '45_54', '55_plus']
    """
    if birth_year is None:
        return UNKNOWN
    age = year - birth_year
    for limit, band in ((35, "under_35"), (45, "35_44"), (55, "45_54")):
        if age < limit:
            return band
    return "55_plus"
