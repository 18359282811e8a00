"""What a certificate is made of: claims, worlds, proofs. Plain data, no search.

What is supported
    `Claim` says what a published row tells about the truth; `World` names everything in
    which another truth differs; `Certificate` holds, per kind of person, the worlds in
    which that person did the opposite.

How to use
    >>> row = Claim(frozenset({1, 2, 3}), "q1", 0, 4)
    >>> row.counts("q1"), row.counts("q2"), row.counts(None)
    (True, False, False)
    >>> Claim(frozenset({1, 2, 3}), "year", 0, 4).counts("q2")
    True

How it works
    Everybody with the same place in all rows and the same status is of one kind: what
    holds for one holds for the other with the two exchanged. A proof therefore names
    one person, and speaks for the kind.

    None of this is ever stored or logged: worlds are about people.
"""

from dataclasses import dataclass

YEAR = "year"
QUARTERS = ("q1", "q2", "q3", "q4")


@dataclass(frozen=True, slots=True)
class Claim:
    """Of `members`, `low` to `high` started in `period` (a quarter or "year")."""

    members: frozenset[int]
    period: str
    low: int
    high: int

    def counts(self, status: str | None) -> bool:
        """Tell whether a member with this status is counted."""
        return status is not None and self.period in (YEAR, status)


@dataclass(frozen=True, slots=True)
class World:
    """Another truth: who has which other status (a quarter, or `None`); all else same.

    The first one is the person the world is about.
    """

    flips: tuple[tuple[int, str | None], ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """A world, and for each other person it moves a world without that person.

    A reader who knows none of the people moved must allow for `world`. To one who does
    know somebody in it, the repair in `without` under that key answers, and so on.
    """

    world: World
    without: tuple[tuple[int, "Repair"], ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """The repairs for one person, who stands for everybody of the same kind."""

    person: int
    tree: Repair


@dataclass(frozen=True, slots=True)
class Failure:
    """People of one kind without a proof: for tests and invented organisations."""

    people: frozenset[int]

    @property
    def size(self) -> int:
        """Return how many people have no proof."""
        return len(self.people)


@dataclass(frozen=True, slots=True)
class Certificate:
    """All proofs, or who has none."""

    holds: bool
    proofs: tuple[Proof, ...]
    failed: tuple[Failure, ...]
