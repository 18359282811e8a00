"""Organisations to publish figures about: the one generator of tests and benchmarks.

The shape follows what is usual: teams of about a dozen people below a tree of a given
depth, a few people at each level above, one employee in fifteen on a temporary
contract, and schooling that differs by part of the organisation.

>>> register = organisation(250, seed=3, depth=3)
>>> len(register), max(len(path) for path in register.paths.values())
(250, 3)
>>> len(statuses(register, rate=0.06, seed=3))
15
"""

import random
from datetime import date

from ..engine import release
from ..engine.parameters import AGREED, Parameters
from ..engine.register import (
    CONTRACTS,
    UNKNOWN,
    Person,
    Register,
    Unit,
)
from ..engine.schedule import PERIODS, publication_day

YEAR = 2026
TEAM = 12
AGES = (("under_35", 27), ("35_44", 24), ("45_54", 26), ("55_plus", 23))
GENDER_SHARES = (("female", 48), ("male", 50), ("other", 1), (UNKNOWN, 1))
SCHOOLING = (
    (("other", 8), ("graduate", 60), ("bachelor", 24), ("master", 7), ("doctor", 1)),
    (("other", 2), ("graduate", 25), ("bachelor", 45), ("master", 25), ("doctor", 3)),
)


def organisation(
    size: int, seed: int = 0, depth: int = 3, team: int = TEAM
) -> Register:
    """Return an invented company of `size` people.

    :param depth: levels of units below the company; 0 gives a company without units.
    :param team: people per unit of the lowest level, about.
    """
    rng = random.Random(f"organisation|{size}|{seed}|{depth}|{team}")
    units, lowest = _tree(rng, max(1, size // team), depth)
    parts = {unit.id: rng.choice(SCHOOLING) for unit in units if not unit.parent}
    top = {}
    for unit in units:
        top[unit.id] = top.get(unit.parent, unit.id)
    weights = [rng.gammavariate(4, 1) for _ in lowest]
    places = rng.choices(lowest, weights, k=size) if lowest else [0] * size
    above = [unit.id for unit in units] or [0]
    people = []
    for key, place in enumerate(places, start=1):
        unit = rng.choice(above) if rng.random() < 0.03 else place
        people.append(
            Person(
                key,
                unit,
                age=_pick(rng, AGES),
                education=_pick(rng, parts.get(top.get(unit), SCHOOLING[0])),
                contract=CONTRACTS[rng.random() < 1 / 15],
                gender=_pick(rng, GENDER_SHARES),
            )
        )
    return Register(YEAR, tuple(units), tuple(people))


def statuses(register: Register, rate: float, seed: int = 0) -> dict[int, date]:
    """Return who started in the year, and in which month; `rate` of all, to a person.

    Whoever is older or less schooled starts somewhat less often, and each unit has a
    climate of its own: the differences the figures are for.
    """
    rng = random.Random(f"statuses|{len(register)}|{rate}|{seed}")
    climate = {unit.id: rng.uniform(0.4, 1.8) for unit in register.units}
    order = []
    for person in register.people:
        weight = climate.get(person.unit, 1.0)
        weight *= 0.6 if person.age == "55_plus" else 1.0
        weight *= 0.7 if person.education in ("other", "graduate") else 1.0
        order.append((rng.expovariate(weight), person.key))
    order.sort()
    chosen = [key for _wait, key in order[: round(rate * len(order))]]
    return {key: date(register.year, rng.randint(1, 12), 1) for key in chosen}


def grid(
    sizes=(60, 120, 250, 500, 1000), rates=(0.02, 0.04, 0.08, 0.15, 0.3), seeds=10
):
    """Yield (size, rate, seed, depth): the organisations the figures are tried on.

    >>> len(list(grid(seeds=36)))
    900
    """
    for size in sizes:
        for rate in rates:
            for seed in range(seeds):
                yield size, rate, seed, 2 + seed % 4


def released(
    size: int, rate: float, seed: int, depth: int, parameters: Parameters = AGREED
) -> list[release.Release]:
    """Return the releases of one year of an invented company, quarters first.

    >>> [one.state for one in released(250, 0.08, seed=1, depth=3)]
    ['company', 'company', 'company', 'company', 'full']
    """
    register = organisation(size, seed, depth)
    starts = statuses(register, rate, seed)
    results, earlier = [], []
    for period in PERIODS:
        one = release.compute(
            register,
            starts,
            company=1,
            period=period,
            published_on=publication_day(register.year, period),
            secret=f"released|{size}|{rate}|{seed}|{depth}".encode(),
            parameters=parameters,
            earlier=earlier,
        )
        if one.rows:
            earlier.append((register, period, one.rows, parameters))
            results.append(one)
    return results


def refused(seeds: int = 36) -> list[tuple]:
    """Return which of 900 companies did not get all their rows for lack of a proof.

    >>> refused(seeds=1)
    []
    """
    return [
        case
        for case in grid(seeds=seeds)
        if any(one.state == release.PRIVACY for one in released(*case))
    ]


def _tree(rng, teams, depth):
    """Return units, and the numbers of those of the lowest level: `teams` of them."""
    if not depth:
        return [], []
    spread = max(2.0, teams ** (1 / depth))
    units, level = [], [0]
    for height in range(1, depth + 1):
        wanted = teams if height == depth else round(spread**height)
        wanted = max(1, min(wanted, teams))
        numbers = [len(units) + 1 + nth for nth in range(wanted)]
        for nth, number in enumerate(numbers):
            parent = level[nth] if nth < len(level) else rng.choice(level)
            units.append(Unit(number, parent, f"Unit {number:05d}"))
        level = numbers
    return units, level


def _pick(rng, shares):
    """Return one of the values, by its share."""
    values, weights = zip(*shares, strict=True)
    return rng.choices(values, weights)[0]
