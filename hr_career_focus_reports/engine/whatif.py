"""Other rules, tried on an invented organisation of the same shape.

What is supported
    The works council asks what a smaller group, another rounding or a higher threshold
    would do. The answer is worked out on an organisation that does not exist: as many
    people in each unit, of each age, education, contract and gender as in the company,
    but who goes with what, and who takes part, is drawn by lot.

How to use
    >>> from .parameters import Parameters
    >>> from .sample import sixty_people
    >>> shape = Shape.of(sixty_people())
    >>> shape.people, shape.sizes[3], shape.traits["gender"]["female"]
    (60, 22, 32)
    >>> today = tried(shape, Parameters(), percent=20, years=3)
    >>> [year.taking_part for year in today.years]
    [12, 12, 12]
    >>> for row in today.years[0].rows[:3]:
    ...     print(row.label, row.headcount, row.truth, row.figure.low, row.figure.high)
    Company 60 12 11 19
    1 25 5 1 9
    2 35 7 1 9

    Nobody of the sixty can be found out, not by somebody who knows two participants:

    >>> today.worst(2), today.stopped
    (0, 0)

    Exact counts (a base of 1) of the same people, and of teams of five and more:

    >>> exact = tried(shape, Parameters(minimum=5, base=1), percent=20, years=3)
    >>> exact.stopped
    3
    >>> exact.worst(2) > exact.worst(0)
    True

    An organisation that is too large for an answer at once is made smaller: units keep
    their size where they can, there are fewer of them.

    >>> large = Shape((Unit(1, 0, "A"), Unit(2, 0, "B")), {1: 3000, 2: 1000}, {})
    >>> large.smaller(1000).sizes
    {1: 750, 2: 250}

How it works
    A `Shape` holds counts only, so nothing that belongs to a person comes in; this file
    and what it imports read neither HR nor the vault. A year is played like a real one,
    each group with its own draw. It is then certified for somebody who knows nobody's
    answer, one person's, two. "Exposed" is everybody for whom no proof was found. What
    the proof would have held back is counted here as if it were published, because that
    is the question.

    Quarters are left out: they add four rows about the whole company, which exposed
    nobody more in any organisation compared, and make the search five times as long.

    The same `seed` gives the same organisation, participants and draws.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from . import register as reg
from . import release, rounding, schedule, structure
from .certificate import ATTEMPTS, Claim, certify
from .parameters import Parameters
from .register import Person, Register, Unit

#: People of the largest organisation that is tried as it is.
LIMIT = 1000
#: The same for exact counts, which leave the search for proofs far more to try.
EXACT_LIMIT = 300
#: Invented years each set of rules is tried on.
YEARS = 3
#: Rounding to 1 is not rounding.
EXACT = 1

#: Attempts at a proof: the short ones. Rules that fail would wear out the long ones.
QUICK = ATTEMPTS[:3]

TRAITS = (*structure.ORDERED_TRAITS, *structure.NOMINAL_TRAITS)


@dataclass(frozen=True)
class Shape:
    """How many people: in each unit, and of each trait; never which people.

    sizes
        People who work right in a unit, not below it; 0 is the company itself.
    traits
        Per trait and value the number of people.
    """

    units: tuple[Unit, ...]
    sizes: Mapping[int, int]
    traits: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, register: Register) -> "Shape":
        """Return the shape of a register."""
        known = {unit.id for unit in register.units}
        sizes = {}
        for person in register.people:
            unit = person.unit if person.unit in known else reg.COMPANY
            sizes[unit] = sizes.get(unit, 0) + 1
        traits = {
            trait: {
                value: len(members)
                for value, members in register.members_by_trait(trait).items()
            }
            for trait in TRAITS
        }
        return cls(register.units, sizes, traits)

    @property
    def people(self) -> int:
        """Return the size of the organisation."""
        return sum(self.sizes.values())

    def smaller(self, limit: int) -> "Shape":
        """Return a shape of about `limit` people, or itself when it is not larger.

        Units are taken whole, one in so many in the order of the tree, so that teams
        keep their size. One of more than a quarter of `limit` is cut to that, or to its
        share of the organisation where that is more.
        """
        if self.people <= limit:
            return self
        sizes, due = {}, 0
        for unit in (reg.COMPANY, *self.in_order()):
            size = self.sizes.get(unit, 0)
            share, most = size * limit // self.people, max(1, limit // 4)
            if share >= most:
                sizes[unit] = share
                continue
            due += size * limit
            size = min(size, most)
            if size and 2 * due >= size * self.people:
                sizes[unit] = size
                due -= size * self.people
        people = sum(sizes.values())
        traits = {
            trait: _shares(counts, people) for trait, counts in self.traits.items()
        }
        paths = Register(0, self.units, ()).paths
        peopled = {above for unit in sizes for above in paths.get(unit, ())}
        units = tuple(unit for unit in self.units if unit.id in peopled)
        return Shape(units, sizes, traits)

    def in_order(self) -> list[int]:
        """Return the units, each followed by those below it."""
        children = Register(0, self.units, ()).children()
        pending, order = [reg.COMPANY], []
        while pending:
            unit = pending.pop()
            order.append(unit)
            pending.extend(child.id for child in reversed(children.get(unit, ())))
        return order[1:]


@dataclass(frozen=True, slots=True)
class TriedRow:
    """A row that would be published, with the invented truth behind it."""

    table: str
    code: str
    label: str
    depth: int
    members: frozenset[int]
    figure: rounding.Figure
    truth: int

    @property
    def headcount(self) -> int:
        """Return the size of the group."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class TriedYear:
    """One invented year under one set of rules.

    exposed
        Per number of participants somebody knows: the people about whom that
        somebody could be certain.
    held
        Whether the proof holds, so that the rows would have been published.
    """

    taking_part: int
    rows: tuple[TriedRow, ...]
    exposed: Mapping[int, frozenset[int]]
    held: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a set of rules does, over several invented years."""

    parameters: Parameters
    people: int
    years: tuple[TriedYear, ...]

    def worst(self, known: int) -> int:
        """Return the most people exposed in a year to who knows `known` of them."""
        return max(len(year.exposed[known]) for year in self.years)

    def average(self, known: int) -> int:
        """Return the people exposed in a usual year, rounded up."""
        total = sum(len(year.exposed[known]) for year in self.years)
        return -(-total // len(self.years))

    @property
    def stopped(self) -> int:
        """Return in how many years only the company's figure would have appeared."""
        return sum(not year.held for year in self.years)


def tried(
    shape: Shape,
    parameters: Parameters,
    *,
    percent: int,
    years: int = YEARS,
    seed: int = 0,
    known: tuple[int, ...] = (0, 1, 2),
) -> Outcome:
    """Return what `parameters` do to invented organisations of a shape.

    :param percent: people in a hundred who take part in a year.
    :param known: numbers of participants somebody is supposed to know.
    """
    register = organisation(shape, seed)
    return Outcome(
        parameters,
        len(register),
        tuple(
            _play(register, parameters, percent, f"{seed}|{year}", known)
            for year in range(years)
        ),
    )


def organisation(shape: Shape, seed: int) -> Register:
    """Return an organisation of that shape; traits are dealt out by lot.

    Units are called by their place in the tree, so that nobody takes an invented
    figure for one about a real team.

    >>> shape = Shape((Unit(7, 0, "Hall"), Unit(9, 7, "Line")), {7: 2, 9: 1}, {})
    >>> invented = organisation(shape, 1)
    >>> [unit.label for unit in invented.units], len(invented)
    (['1', '1.1'], 3)
    """
    units = _numbered(shape)
    places = [
        unit
        for unit in (reg.COMPANY, *shape.in_order())
        for _person in range(shape.sizes.get(unit, 0))
    ]
    dealt = {
        trait: _deal(counts, len(places), f"{seed}|{trait}")
        for trait, counts in shape.traits.items()
    }
    return Register(
        0,
        units,
        tuple(
            Person(
                key,
                unit=unit,
                **{trait: values[key] for trait, values in dealt.items()},
            )
            for key, unit in enumerate(places)
        ),
    )


def participants(register: Register, percent: int, lot: str) -> frozenset[int]:
    """Return who takes part, drawn by lot.

    >>> from .sample import people
    >>> sorted(participants(people(40), 5, "a lot"))
    [19, 28]
    """
    number = (len(register) * percent + 50) // 100
    random = Random(lot)  # noqa: S311 - nothing secret is drawn
    return frozenset(random.sample(sorted(register.keys), number))


def _play(
    register: Register,
    parameters: Parameters,
    percent: int,
    lot: str,
    known: tuple[int, ...],
) -> TriedYear:
    """Return one invented year: its rows and who is exposed by them."""
    taking_part = participants(register, percent, lot)
    rows = tuple(_rows(register, taking_part, parameters, lot))
    exposed = _exposed(register, taking_part, rows, parameters, known)
    return TriedYear(len(taking_part), rows, exposed, not exposed[parameters.insiders])


def _rows(
    register: Register, taking_part: frozenset[int], parameters: Parameters, lot: str
) -> Iterator[TriedRow]:
    """Yield the rows of a year, as a release draws them, before any proof."""
    groups = structure.offered(register, schedule.YEAR, parameters)
    rows = release.drawn(groups, taking_part, "", lot.encode(), parameters.base)
    for group, row in zip(groups, rows, strict=True):
        members = group.members
        truth = len(members & taking_part)
        yield TriedRow(
            row.table, row.code, row.label, row.depth, members, row.figure, truth
        )
        if row.table == structure.COMPANY and row.figure.shown < parameters.breakdown:
            return


def _exposed(
    register: Register,
    taking_part: frozenset[int],
    rows: Sequence[TriedRow],
    parameters: Parameters,
    known: tuple[int, ...],
) -> dict[int, frozenset[int]]:
    """Return for each number of known participants the people without a proof.

    Who knows more is tried first: whoever is covered then is covered against all who
    know less.
    """
    claims = [
        Claim(row.members, schedule.YEAR, row.figure.low, row.figure.high)
        for row in rows
    ]
    total = len(taking_part) if parameters.exact_total and len(rows) > 1 else None
    exposed, open_to_more = {}, register.keys
    for number in sorted({*known, parameters.insiders}, reverse=True):
        if open_to_more:
            certificate = certify(
                register.keys,
                dict.fromkeys(taking_part, schedule.QUARTERS[0]),
                claims,
                insiders=number,
                total=total,
                attempts=QUICK,
            )
            without = (failure.people for failure in certificate.failed)
            open_to_more &= frozenset().union(*without)
        exposed[number] = open_to_more
    return exposed


def _numbered(shape: Shape) -> tuple[Unit, ...]:
    """Return the units under numbers that tell their place: 1, 1.1, 1.2, 2."""
    children = Register(0, shape.units, ()).children()
    number, units = {reg.COMPANY: ""}, []
    for unit in (reg.COMPANY, *shape.in_order()):
        below = children.get(unit, ())
        width = len(str(len(below)))
        for position, child in enumerate(below, 1):
            number[child.id] = f"{number[unit]}{position:0{width}d}."
            units.append(Unit(child.id, unit, number[child.id][:-1]))
    return tuple(units)


def _deal(counts: Mapping[str, int], people: int, lot: str) -> list[str]:
    """Return a value for each person: so many of each, in an order drawn by lot."""
    shares = _shares(counts, people)
    values = [value for value in sorted(shares) for _one in range(shares[value])]
    random = Random(lot)  # noqa: S311 - nothing secret is dealt
    random.shuffle(values)
    return values


def _shares(counts: Mapping[str, int], people: int) -> dict[str, int]:
    """Return `counts` on a scale of `people`, adding up to them exactly.

    >>> _shares({"a": 2, "b": 1}, 4)
    {'a': 3, 'b': 1}
    >>> _shares({}, 2)
    {'unknown': 2}
    """
    total = sum(counts.values())
    if not total:
        return {reg.UNKNOWN: people}
    shares = {value: count * people // total for value, count in counts.items()}
    left = people - sum(shares.values())
    rests = sorted(counts, key=lambda value: (-(counts[value] * people % total), value))
    for value in rests[:left]:
        shares[value] += 1
    return shares
