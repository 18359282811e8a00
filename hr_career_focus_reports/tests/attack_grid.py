"""The attacks of one year's releases, put together; for the tests and the benchmark.

>>> from .synthetic import organisation, statuses
>>> register = organisation(120, seed=1, depth=2)
>>> starts = statuses(register, rate=0.15, seed=1)
>>> found = attack(register, starts, cells=True, trials=5)
>>> found.certain, found.told_cells, found.told_insiders
(0, 0, 0)
>>> found.state, found.trials
('full', 5)
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from odoo.addons.hr_career_focus_reports.engine.parameters import AGREED, Parameters
from odoo.addons.hr_career_focus_reports.engine.register import Register

from .attack_release import SECRET, naive_cells, publish, statements
from .attacker import YEAR, Attacker, Statement

#: People a reader may know.
INSIDERS = 2


@dataclass(frozen=True)
class Found:
    """What the attacks found in the releases of a year.

    state
        Of the release of the year.
    certain
        People whose status follows from what is published.
    cells, told_cells, narrow_cells
        Groups of a usual dashboard; those whose number follows or of whom all or nobody
        took part for certain; those of five people and more with fewer than four
        numbers left.
    trials, told_insiders
        Times somebody who knows two others looked at a third; times the third's status
        followed.
    """

    state: str
    refused: bool
    rows: int
    certain: int
    cells: int = 0
    told_cells: int = 0
    narrow_cells: int = 0
    trials: int = 0
    told_insiders: int = 0


def attack(
    register: Register,
    starts: Mapping[int, date],
    *,
    secret: bytes = SECRET,
    parameters: Parameters = AGREED,
    cells: bool = False,
    trials: int = 0,
    with_total: bool = False,
) -> Found:
    """Publish a year and try everything on it.

    :param cells: also look at the groups of a usual dashboard.
    :param trials: people to look at with the eyes of somebody who knows two others.
    :param with_total: the reader knows the exact number of participants.
    """
    releases = publish(register, starts, secret, parameters)
    said = statements(register, releases)
    assert is_true(said, {key: quarter(start) for key, start in starts.items()})
    if with_total:
        total = len(register.participants(starts, YEAR))
        said.append(Statement(register.keys, YEAR, total, total))
    hidden = ranges(register, said) if cells else {}
    if with_total:
        hidden.pop("company", None)
    return Found(
        state=releases[-1].state,
        refused=any(one.state == "privacy" for one in releases),
        rows=sum(len(one.rows) for one in releases),
        certain=len(Attacker(register.keys, said).certain().people),
        cells=len(hidden),
        told_cells=sum(is_told(*one) for one in hidden.values()),
        narrow_cells=sum(
            size >= 5 and high - low < 3 for size, low, high in hidden.values()
        ),
        trials=trials,
        told_insiders=len(told_to_insiders(register, starts, said, trials)),
    )


def is_true(said, statuses_of: Mapping[int, str | None]) -> bool:
    """Tell whether every statement holds when these people have these statuses."""
    return all(
        one.low
        <= sum(
            key in one.members and one.period in (YEAR, status)
            for key, status in statuses_of.items()
            if status
        )
        <= one.high
        for one in said
    )


def ranges(register: Register, said) -> dict[str, tuple[int, int, int]]:
    """Return of each cell of a usual dashboard its size and what a reader can say."""
    cells = naive_cells(register)
    asked = list(cells.values())
    found = Attacker(register.keys, said, cells=asked).widths(asked)
    return {
        name: (len(members), low, high)
        for (name, (members, _period)), (low, high) in zip(
            cells.items(), found, strict=True
        )
    }


def is_told(size: int, low: int, high: int) -> bool:
    """Tell whether a range is one number; all or nobody is one of those."""
    return low == high


def told_to_insiders(
    register: Register, starts: Mapping[int, date], said, trials: int, seed: int = 0
) -> list[tuple[int, tuple[int, ...]]]:
    """Return who is certain to somebody who knows two others, and which two.

    In half of the trials both are participants of the smallest group of the person
    looked at, where there are two; in a quarter both are other participants; in a
    quarter they are anybody.
    """
    dice = random.Random(f"{len(register)} {seed}")
    attacker = Attacker(register.keys, said)
    everybody = sorted(register.keys)
    taking_part = sorted(register.participants(starts, YEAR))
    yearly = [one.members for one in said if one.period == YEAR]
    found = []
    for trial in range(trials if yearly and len(everybody) > INSIDERS else 0):
        one = dice.choice(everybody)
        group = min((group for group in yearly if one in group), key=len)
        near = [key for key in taking_part if key in group and key != one]
        far = [key for key in taking_part if key != one]
        known = [key for key in everybody if key != one]
        if trial % 2 and len(near) >= INSIDERS:
            known = near
        elif trial % 4 and len(far) >= INSIDERS:
            known = far
        pair = dice.sample(known, INSIDERS)
        reader = attacker.knowing({key: quarter(starts.get(key)) for key in pair})
        if reader.is_certain(one, one in starts):
            found.append((one, tuple(pair)))
    return found


def quarter(start: date | None) -> str | None:
    """Return the quarter of a start, or nothing for who took no part."""
    return start and f"q{(start.month + 2) // 3}"
