"""What a company publishes in a year: by the rules, and with a rule broken.

`publish` is the product. The others are what an employer would make without it; the
attacks must find people in them, or finding nobody in the product means nothing.
"""

from collections.abc import Mapping
from datetime import date

from odoo.addons.hr_career_focus_reports.engine import (
    release,
    rounding,
    schedule,
    structure,
)
from odoo.addons.hr_career_focus_reports.engine.parameters import AGREED, Parameters
from odoo.addons.hr_career_focus_reports.engine.register import Register

from .attacker import Statement, read

SECRET = b"a secret for the attacks"


def publish(
    register: Register,
    starts: Mapping[int, date],
    secret: bytes = SECRET,
    parameters: Parameters = AGREED,
) -> list[release.Release]:
    """Return the releases of the year, in the order of the calendar."""
    published = []
    for period in schedule.PERIODS:
        published.append(
            release.compute(
                register,
                starts,
                company=1,
                period=period,
                published_on=schedule.publication_day(register.year, period),
                secret=secret,
                parameters=parameters,
                earlier=[
                    (register, one.period, one.rows, parameters) for one in published
                ],
            )
        )
    return published


def statements(register: Register, releases) -> list[Statement]:
    """Return everything the releases of a year say."""
    return [
        statement
        for one in releases
        for statement in read(register, one.period, one.rows)
    ]


def without_proof(
    register: Register,
    starts: Mapping[int, date],
    parameters: Parameters = AGREED,
    secret: bytes = SECRET,
) -> list[Statement]:
    """Return what the year's rows would say if nothing but the draw protected them."""
    said = []
    for period in schedule.PERIODS:
        participants = register.participants(starts, period)
        for group in structure.offered(register, period, parameters):
            figure = rounding.figure(
                len(group.members & participants),
                len(group.members),
                rounding.draw(secret, f"{period}|{group.table}|{group.code}"),
                parameters.base,
            )
            said.append(Statement(group.members, period, figure.low, figure.high))
    return said


def naive_cells(register: Register) -> dict[str, tuple[frozenset[int], str]]:
    """Return the groups of a usual dashboard: name to members and period.

    Every unit, every trait of the company and of each division, the rest of every
    unit, and quarters of the company and of divisions.
    """
    cells = {"company": (register.keys, schedule.YEAR)}
    members = register.members_by_unit()
    children = register.children()
    for unit, people in members.items():
        below = children.get(unit, ())
        cells[f"unit {unit}"] = people, schedule.YEAR
        if below:
            rest = people.difference(*(members[one.id] for one in below))
            cells[f"unit {unit}, directly"] = rest, schedule.YEAR
    divisions = {f"unit {one.id}": members[one.id] for one in children.get(0, ())}
    for trait in (*structure.ORDERED_TRAITS, *structure.NOMINAL_TRAITS):
        for value, people in register.members_by_trait(trait).items():
            cells[f"{trait} {value}"] = people, schedule.YEAR
            for name, division in divisions.items():
                cells[f"{trait} {value}, {name}"] = people & division, schedule.YEAR
    for name, people in {"company": register.keys, **divisions}.items():
        for quarter in schedule.QUARTERS:
            cells[f"{name} {quarter}"] = people, quarter
    return {name: cell for name, cell in cells.items() if cell[0]}


def threshold(
    register: Register, starts: Mapping[int, date], fewest: int = 5, zeros: bool = True
) -> list[Statement]:
    """Return a dashboard that hides counts below `fewest`, and shows the others."""
    said = []
    for members, period in naive_cells(register).values():
        count = len(members & register.participants(starts, period))
        if count >= fewest or (zeros and not count):
            said.append(Statement(members, period, count, count))
        else:
            said.append(Statement(members, period, int(zeros), fewest - 1))
    return said


def rounded_everywhere(
    register: Register, starts: Mapping[int, date], secret: bytes = SECRET
) -> list[Statement]:
    """Return the same dashboard with the draw on each cell, however small."""
    said = []
    for name, (members, period) in naive_cells(register).items():
        count = len(members & register.participants(starts, period))
        shown = rounding.rounded(count, rounding.draw(secret, name))
        high = min(shown + 4, len(members))
        said.append(Statement(members, period, max(0, shown - 4), high))
    return said
