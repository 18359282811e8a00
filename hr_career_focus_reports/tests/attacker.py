"""A reader who wants to know who took part, and who has a solver.

What is supported
    Everything that can be concluded with certainty from published rows, by somebody who
    knows who belongs to which group, how the rows are made, and perhaps what some
    colleagues did. Exact: whole people, all rows of the year together.

How to use
    Four people, of whom one or two took part; the two of the day shift are one or two:

    >>> everybody, day = frozenset("abcd"), frozenset("ab")
    >>> rows = [Statement(everybody, "year", 1, 2), Statement(day, "year", 1, 2)]
    >>> Attacker(everybody, rows).certain()
    Certain(took_part=frozenset(), took_no_part=frozenset())

    With exact figures (both are 2) everybody is found:

    >>> rows = [Statement(everybody, "year", 2, 2), Statement(day, "year", 2, 2)]
    >>> found = Attacker(everybody, rows).certain()
    >>> sorted(found.took_part), sorted(found.took_no_part)
    (['a', 'b'], ['c', 'd'])

    Who knows that `a` and `c` took part, knows that nobody else did:

    >>> rows = [Statement(everybody, "year", 0, 2)]
    >>> sorted(Attacker(everybody, rows).knowing({"a": "q1", "c": "q2"}).certain()[1])
    ['b', 'd']

    >>> Attacker(everybody, rows).knowing({"a": "q1", "c": "q2"}).is_certain("b", False)
    True

    What a reader can say of any group, shown or not:

    >>> Attacker(everybody, rows, cells=[(day, "year")]).range_of(day)
    (0, 2)

How it works
    People in exactly the same groups are a *class*: no row tells them apart. The
    unknowns are how many of each class took part in the year and, for people in the
    same groups with quarters, how many started in each quarter. Every row is a range
    for a sum of unknowns. An integer program (HiGHS, through scipy) looks for worlds
    inside all ranges, each with participants in as many as possible of the classes that
    had none in the worlds before; a class that never has one took no part for certain.
    The same the other way round.

    The attacker reads rows by their name and the register. It shares no code with what
    makes the rows, and none with what certifies them.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

import numpy
from scipy import optimize

YEAR = "year"
QUARTERS = ("q1", "q2", "q3", "q4")


@dataclass(frozen=True)
class Statement:
    """Between `low` and `high` of these people started in the period."""

    members: frozenset[Hashable]
    period: str
    low: int
    high: int


class Certain(NamedTuple):
    """Of whom a reader is certain."""

    took_part: frozenset
    took_no_part: frozenset

    @property
    def people(self) -> frozenset:
        """Return everybody about whom something is certain."""
        return self.took_part | self.took_no_part


class Contradiction(Exception):
    """No world fits the statements: something that was published is not true."""


class System:
    """Whole numbers from 0 to `upper`, and sums of them that lie in ranges.

    Row `i` of the matrix says `low[i] <= matrix[i] @ x <= high[i]`.
    """

    def __init__(self, matrix, low, high, upper):
        self.matrix = numpy.asarray(matrix, float)
        self.low = numpy.asarray(low, float)
        self.high = numpy.asarray(high, float)
        self.upper = numpy.asarray(upper, float)

    def largest(self, weights) -> numpy.ndarray:
        """Return a solution in which the weighted sum is as large as it can be.

        :raises Contradiction: when there is no solution.
        """
        found = optimize.milp(
            -numpy.asarray(weights, float),
            integrality=numpy.ones(len(self.upper)),
            bounds=optimize.Bounds(0, self.upper),
            constraints=optimize.LinearConstraint(self.matrix, self.low, self.high),
        )
        if found.x is None:
            raise Contradiction(found.message)
        return numpy.rint(found.x).astype(int)

    def range_of(self, weights) -> tuple[int, int]:
        """Return the smallest and the largest value of a weighted sum."""
        weights = numpy.asarray(weights, int)
        return (
            int(weights @ self.largest(-weights)),
            int(weights @ self.largest(weights)),
        )


class Attacker:
    """Reads the rows of one year together.

    :param people: everybody on the register.
    :param statements: what was published, or is known from elsewhere.
    :param cells: members and period of groups to ask about that have no row.
    """

    def __init__(
        self,
        people: Iterable[Hashable],
        statements: Sequence[Statement],
        cells: Iterable[tuple[frozenset, str]] = (),
    ):
        self.statements = tuple(statements)
        self.known = {}
        asked = [(one.members, one.period) for one in statements] + [*cells]
        people = list(people)
        self.class_of = _classes(people, [members for members, _period in asked])
        self.block_of = _classes(
            people, [members for members, period in asked if period != YEAR]
        )
        self.size = numpy.bincount(list(self.class_of.values()), minlength=1)
        self.blocks = len(set(self.block_of.values()))
        self.has_quarters = any(period != YEAR for _members, period in asked)
        self.sums = [self._sum(one.members, one.period) for one in statements]
        self.low = [one.low for one in statements]
        self.high = [one.high for one in statements]

    def _sum(self, members, period):
        """Return the weights of the unknowns that add up to a group's starts."""
        weights = numpy.zeros(len(self.size) + len(QUARTERS) * self.blocks, int)
        if period == YEAR:
            weights[list({self.class_of[one] for one in members})] = 1
        else:
            first = len(self.size) + QUARTERS.index(period) * self.blocks
            weights[
                [first + one for one in {self.block_of[one] for one in members}]
            ] = 1
        return weights

    def knowing(self, known: Mapping[Hashable, str | None]) -> "Attacker":
        """Return the same reader, who also knows what these people did.

        :param known: person to the quarter of the start, or `None` for no part.
        """
        other = copy(self)
        other.known = self.known | dict(known)
        other.size, other.low, other.high = (
            self.size.copy(),
            self.low.copy(),
            self.high.copy(),
        )
        for one, status in known.items():
            other.size[self.class_of[one]] -= 1
            for number, statement in enumerate(self.statements):
                if one in statement.members and _counts(status, statement.period):
                    other.low[number] -= 1
                    other.high[number] -= 1
        return other

    def system(self) -> System:
        """Return the rows as sums, and that quarters add up to the year."""
        matrix, low, high = [*self.sums], [*self.low], [*self.high]
        classes = len(self.size)
        upper = numpy.zeros(classes + len(QUARTERS) * self.blocks)
        upper[:classes] = self.size
        if self.has_quarters:
            upper[classes:] = self.size.sum()
            for block in range(self.blocks):
                quarters_are_the_year = numpy.zeros(len(upper))
                quarters_are_the_year[classes + block :: self.blocks] = 1
                for one, number in self.block_of.items():
                    if number == block:
                        quarters_are_the_year[self.class_of[one]] = -1
                matrix.append(quarters_are_the_year)
                low.append(0)
                high.append(0)
        return System(numpy.array(matrix), low, high, upper)

    def certain(self) -> Certain:
        """Return who certainly took part, and who certainly did not."""
        system = self.system()
        classes = len(self.size)
        open_in = set(numpy.flatnonzero(self.size))
        open_out = set(open_in)
        always, never = set(), set()
        while open_in or open_out:
            sign, wanted = (1, open_in) if open_in else (-1, open_out)
            weights = numpy.zeros(len(system.upper))
            weights[list(wanted)] = sign
            counts = system.largest(weights)[:classes]
            before = len(wanted)
            open_in -= set(numpy.flatnonzero(counts))
            open_out -= set(numpy.flatnonzero(counts < self.size))
            if len(wanted) == before:
                (never if sign == 1 else always).update(wanted)
                wanted.clear()
        return Certain(self._people(always), self._people(never))

    def widths(
        self, cells: Sequence[tuple[frozenset, str]], enough: int = 4
    ) -> list[tuple[int, int]]:
        """Return ranges of cells: exact where fewer than `enough` numbers are left.

        A wider range is only as wide as the worlds that were looked at show.
        """
        system = self.system()
        sums = numpy.array([self._sum(*cell) for cell in cells])
        years = numpy.zeros(len(system.upper))
        years[: len(self.size)] = 1
        worlds = [system.largest(years), system.largest(-years)]
        for weights in sums:
            for sign in (1, -1):
                if numpy.ptp(numpy.array(worlds) @ weights) + 1 < enough:
                    worlds.append(system.largest(sign * weights))
        counts = sums @ numpy.array(worlds).T
        return [(int(row.min()), int(row.max())) for row in counts]

    def is_certain(self, person: Hashable, took_part: bool) -> bool:
        """Tell whether the truth about one person follows."""
        own = self.class_of[person]
        weights = numpy.zeros(len(self.size) + len(QUARTERS) * self.blocks)
        weights[own] = -1 if took_part else 1
        count = self.system().largest(weights)[own]
        return bool(count == (self.size[own] if took_part else 0))

    def _people(self, classes):
        return frozenset(
            one
            for one, number in self.class_of.items()
            if number in classes and one not in self.known
        )

    def range_of(self, members: frozenset, period: str = YEAR) -> tuple[int, int]:
        """Return how few and how many of `members` may have started in the period.

        `members` and `period` are those of a statement or of one of the `cells`. Who is
        known counts.
        """
        low, high = self.system().range_of(self._sum(members, period))
        known = sum(
            one in members and _counts(status, period)
            for one, status in self.known.items()
        )
        return low + known, high + known


def _counts(status, period) -> bool:
    """Tell whether somebody with this status counts in the period."""
    return status is not None and period in (YEAR, status)


def _classes(people, groups) -> dict[Hashable, int]:
    """Return per person the number of the class: those in exactly the same groups."""
    within = {one: [] for one in people}
    for number, group in enumerate(groups):
        for one in group:
            within[one].append(number)
    numbers = {}
    return {
        one: numbers.setdefault(tuple(signature), len(numbers))
        for one, signature in within.items()
    }


def members_of(register, row, rows) -> frozenset:
    """Return whom a published row is about, from its name and the register.

    :param row: something with `table`, `code`, `unit`, `parent` and `headcount`.
    :param rows: all rows of the release: "other units" are what they leave.
    :raises ValueError: when the headcount is another one than printed.
    """
    if row.table == "company":
        members = frozenset(person.key for person in register.people)
    elif row.table == "tree" and row.unit:
        members = _below(register, row.unit)
    elif row.table == "tree":
        members = _below(register, row.parent)
        for other in rows:
            if other.table == "tree" and other.unit and other.parent == row.parent:
                members -= _below(register, other.unit)
    else:
        values = row.code.split("+")
        members = frozenset(
            person.key
            for person in register.people
            if getattr(person, row.table) in values
        )
    if len(members) != row.headcount:
        raise ValueError(f"{row.table} {row.code}: {len(members)}, not as printed")
    return members


def _below(register, unit) -> frozenset:
    """Return who works in a unit or below it; in unit 0 works everybody."""
    parent_of = {one.id: one.parent for one in register.units}

    def is_below(at):
        while at in parent_of and at != unit:
            at = parent_of[at]
        return at == unit

    return frozenset(
        person.key for person in register.people if not unit or is_below(person.unit)
    )


def read(register, period, rows) -> list[Statement]:
    """Return what the rows of one release say."""
    return [
        Statement(
            members_of(register, row, rows), period, row.figure.low, row.figure.high
        )
        for row in rows
    ]
