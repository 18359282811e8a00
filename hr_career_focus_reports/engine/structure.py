"""Which groups get a row; decided by headcounts alone (R3, R4).

What is supported
    The fixed programme of tables: company, tree of units, age, education, contract and
    gender for the year; the company for a quarter. There is nothing else to ask for.

How to use
    >>> from .sample import people, sixty_people
    >>> for group in offered(sixty_people(), "year", Parameters()):
    ...     print(group.table, group.code, len(group.members))
    company company 60
    tree 1 25
    tree 2 35
    age under_35+35_44 24
    age 45_54+55_plus 36
    education graduate 30
    education bachelor+master+doctor 30
    gender female 32
    gender male+other 28

    Production (35) has two lines of 22 and 13. Showing the line of 22 would give away
    the line of 13 by subtraction, so neither is shown. Nobody's contract table appears:
    with 6 temporary contracts only one group would remain, and that is the company.

    >>> [len(offered(people(n), "year", Parameters())) for n in (19, 20)]
    [0, 1]

How it works
    *Tree*: at each published unit the children with enough people are kept. When the
    rest (people directly at the unit, and small children) is not empty and too small,
    the smallest kept child joins the rest. The rest is published as "other units".
    Only kept children are looked into further.

    *Ordered traits*: neighbouring bands are merged, youngest or lowest first, until
    each has enough people; what is left over at the end joins the last one.

    *Unordered traits*: small categories are pooled; when the pool is still too small,
    the smallest large category joins it.

    The functions get the register and no status, so who takes part cannot matter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import register as reg
from .parameters import Parameters
from .register import Register
from .schedule import YEAR

COMPANY = "company"
TREE = "tree"
AGE = "age"
EDUCATION = "education"
CONTRACT = "contract"
GENDER = "gender"
TABLES = (COMPANY, TREE, AGE, EDUCATION, CONTRACT, GENDER)

ORDERED_TRAITS = {AGE: reg.AGE_BANDS, EDUCATION: reg.EDUCATION_LEVELS}
NOMINAL_TRAITS = {CONTRACT: reg.CONTRACTS, GENDER: reg.GENDERS}

OTHER_UNITS = "Other units"


@dataclass(frozen=True, slots=True)
class Group:
    """People who get one row together.

    code
        What the row is about, stable and free of language: ``company``, the number of
        a unit, ``<unit>/other``, or the categories of a trait joined by ``+``.
    unit, parent
        Numbers of the unit and of the unit above it; 0 is the company or none.
    depth
        Distance from the company in the tree.
    """

    table: str
    code: str
    label: str
    members: frozenset[int]
    unit: int = 0
    parent: int = 0
    depth: int = 0

    @property
    def is_rest(self) -> bool:
        """Tell whether this is the rest of a unit rather than a unit."""
        return self.table == TREE and not self.unit


def offered(
    register: Register, period: str, parameters: Parameters
) -> tuple[Group, ...]:
    """Return the groups of the programme that are large enough, company first."""
    size = len(register)
    company = Group(COMPANY, COMPANY, "Company", register.keys)
    if period != YEAR:
        return (company,) if size >= parameters.quarter_minimum else ()
    if size < parameters.minimum:
        return ()
    if size < 2 * parameters.minimum:
        return (company,)
    return (
        company,
        *tree_groups(register, parameters.minimum),
        *trait_groups(register, parameters.minimum),
    )


def tree_groups(register: Register, minimum: int) -> list[Group]:
    """Return the units to publish, each followed by what lies below it."""
    members = register.members_by_unit()
    children = register.children()
    result = []
    pending = [Group(COMPANY, COMPANY, "Company", register.keys)]
    while pending:
        node = pending.pop()
        if node.table == TREE:
            result.append(node)
        if node.is_rest:
            continue
        kept, rest = _split(
            node.members,
            {unit.id: members[unit.id] for unit in children.get(node.unit, ())},
            minimum,
        )
        below = [
            Group(
                TREE,
                str(unit.id),
                unit.label,
                members[unit.id],
                unit=unit.id,
                parent=node.unit,
                depth=node.depth + 1,
            )
            for unit in children.get(node.unit, ())
            if unit.id in kept
        ]
        if below and rest:
            below.append(
                Group(
                    TREE,
                    f"{node.unit}/other",
                    OTHER_UNITS,
                    rest,
                    parent=node.unit,
                    depth=node.depth + 1,
                )
            )
        pending.extend(reversed(below))
    return result


def _split(
    everybody: frozenset[int], children: Mapping[int, frozenset[int]], minimum: int
) -> tuple[set[int], frozenset[int]]:
    """Return the children to keep and the people of the rest (nobody, or enough)."""
    kept = {unit for unit, people in children.items() if len(people) >= minimum}
    rest = everybody.difference(*(children[unit] for unit in kept))
    if kept and 0 < len(rest) < minimum:
        smallest = min(kept, key=lambda unit: (len(children[unit]), unit))
        kept.remove(smallest)
        rest |= children[smallest]
    return kept, rest


def trait_groups(register: Register, minimum: int) -> list[Group]:
    """Return the groups by trait; a trait that leaves one group only is left out."""
    result = []
    for trait, categories in (ORDERED_TRAITS | NOMINAL_TRAITS).items():
        members = register.members_by_trait(trait)
        counts = {value: len(members.get(value, ())) for value in categories}
        if trait in ORDERED_TRAITS:
            merged = merge_neighbours(counts, minimum)
        else:
            merged = pool_small(counts, minimum)
        if len(merged) < 2:
            continue
        for values in merged:
            people = frozenset().union(*(members.get(v, ()) for v in values))
            label = ", ".join(reg.LABELS.get(value, value) for value in values)
            result.append(Group(trait, "+".join(values), label, people))
    return result


def merge_neighbours(counts: Mapping[str, int], minimum: int) -> list[tuple[str, ...]]:
    """Merge ordered bands until each has `minimum` people or nobody is left.

    Empty bands are left out where they stand alone.

    >>> merge_neighbours({"a": 25, "b": 5, "c": 30, "d": 4}, 20)
    [('a',), ('b', 'c', 'd')]
    >>> merge_neighbours({"a": 0, "b": 20, "c": 0, "d": 20}, 20)
    [('b',), ('d',)]
    >>> merge_neighbours({"a": 3, "b": 4}, 20)
    []
    """
    merged, open_bands, people = [], [], 0
    for band, count in counts.items():
        if not count and not open_bands:
            continue
        open_bands.append(band)
        people += count
        if people >= minimum:
            merged.append(tuple(open_bands))
            open_bands, people = [], 0
    if people and merged:
        merged[-1] = merged[-1] + tuple(open_bands)
    return merged


def pool_small(counts: Mapping[str, int], minimum: int) -> list[tuple[str, ...]]:
    """Pool unordered categories until each group has `minimum` people.

    >>> pool_small({"female": 40, "male": 30, "other": 3, "unknown": 0}, 20)
    [('female',), ('male', 'other')]
    >>> pool_small({"permanent": 60, "fixed_term": 20}, 20)
    [('permanent',), ('fixed_term',)]
    >>> pool_small({"a": 15, "b": 9, "c": 30}, 20)
    [('c',), ('a', 'b')]
    """
    large = [value for value, count in counts.items() if count >= minimum]
    small = [value for value, count in counts.items() if 0 < count < minimum]
    pooled = sum(counts[value] for value in small)
    if large and 0 < pooled < minimum:
        joined = min(large, key=lambda value: (counts[value], value))
        large.remove(joined)
        small.insert(0, joined)
        pooled += counts[joined]
    return _groups(large, small if pooled >= minimum else ())


def _groups(large: Sequence[str], pool: Iterable[str]) -> list[tuple[str, ...]]:
    """Return each large category alone, and the pool behind them."""
    groups = [(value,) for value in large]
    return [*groups, tuple(pool)] if pool else groups
