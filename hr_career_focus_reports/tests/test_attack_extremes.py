"""A14 and A15: nobody and everybody in a group; a reader who knows the exact total."""

import random

import pytest

from odoo.addons.hr_career_focus_reports.engine import release, rounding, shares
from odoo.addons.hr_career_focus_reports.engine.parameters import AGREED

from .attack_data import PUBLIC, day
from .attack_grid import INSIDERS, attack
from .attack_release import publish, statements
from .attacker import Attacker, Statement, members_of
from .synthetic import grid, organisation, statuses

EXACT_TOTAL = AGREED.stricter(AGREED.minimum, exact_total=True)
VALUES = 5


def around(register, group, everybody_takes_part, rate=0.25):
    """Return starts with all or nobody of a group, and some of the others."""
    dice = random.Random(len(group))
    return {
        key: day(key)
        for key in sorted(register.keys)
        if (everybody_takes_part if key in group else dice.random() < rate)
    }


def numbers_left(said, register, group):
    """Return the numbers a reader holds possible for a group."""
    low, high = Attacker(register.keys, said).range_of(group)
    return range(low, high + 1)


def groups_of(register):
    """Return the groups with a row, the company last."""
    some = {key: day(key) for key in sorted(register.keys) if key % 3 == 0}
    rows = publish(register, some)[-1].rows
    return [members_of(register, row, rows) for row in (*rows[1:], rows[0])]


@pytest.mark.parametrize(("size", "seed"), [(60, 1), (120, 2), (250, 3)])
def test_zero_and_hundred_percent_look_like_others(size, seed):
    """Of every group in turn nobody, and then everybody, took part.

    The row of the group itself leaves five numbers and more. All rows together may
    leave fewer, seldom, and never so few that two known participants decide.
    """
    register = organisation(size, seed, 2 + seed % 4)
    groups = groups_of(register)
    assert len(groups) > 4
    left = []
    for group in groups:
        for everybody in (False, True):
            starts = around(register, group, everybody)
            releases = publish(register, starts)
            assert releases[-1].state != release.PRIVACY
            rows = {
                members_of(register, row, releases[-1].rows): row
                for row in releases[-1].rows
            }
            if group in rows:
                said_of_it(rows[group], everybody)
                said = statements(register, releases)
                numbers = numbers_left(said, register, group)
                assert (len(group) if everybody else 0) in numbers
                left.append(len(numbers))
    assert len(left) > len(groups)
    assert min(left) > INSIDERS
    assert sum(number < VALUES for number in left) <= len(left) / 20


def said_of_it(row, everybody):
    """Assert that a figure and its share say neither nobody nor everybody."""
    share = shares.share(row.figure, row.headcount)
    assert not {0, 100} & {share.low, share.centre, share.high}
    if everybody:
        top = rounding.top_code(row.headcount)
        assert row.figure == rounding.Figure(top, top - 4, row.headcount, True)
    else:
        assert row.figure == rounding.Figure(0, 0, 4, False)


def test_zero_printed_as_zero_is_seen():
    """The same look at a report in which 0 is 0."""
    register = organisation(120, 2, 4)
    group = groups_of(register)[0]
    said = statements(register, publish(register, around(register, group, False)))
    assert len(numbers_left(said, register, group)) == VALUES
    naive = [
        Statement(one.members, one.period, 0, 0)
        if one.members == group and one.high == 4
        else one
        for one in said
    ]
    assert naive != said
    assert len(numbers_left(naive, register, group)) == 1


def test_everybody_printed_as_everybody_is_seen():
    """The same look at a report without "or more"."""
    register = organisation(120, 2, 4)
    group = groups_of(register)[0]
    size = len(group)
    said = statements(register, publish(register, around(register, group, True)))
    naive = [
        Statement(group, one.period, rounding.rounded(size, 0) - 4, size)
        if one.members == group
        else one
        for one in said
    ]
    assert naive != said
    assert len(numbers_left(said, register, group)) >= VALUES
    assert len(numbers_left(naive, register, group)) < VALUES


@pytest.mark.parametrize(("size", "rate", "seed", "depth"), [*grid(seeds=1)])
def test_the_exact_total_is_known(size, rate, seed, depth):
    """The company has switched on that its controller sees the invoices."""
    register = organisation(size, seed + 7, depth)
    starts = statuses(register, rate, seed + 7)
    found = attack(
        register,
        starts,
        parameters=EXACT_TOTAL,
        cells=size <= 120,
        trials=20,
        with_total=True,
    )
    if len(starts) > INSIDERS:
        assert (found.certain, found.told_cells, found.told_insiders) == (0, 0, 0)
    if size >= 250:
        assert not found.refused


@pytest.mark.parametrize("name", ["bank", "job seekers, offered"])
def test_the_exact_total_of_public_data_is_known(name):
    register, starts = PUBLIC[name]()
    found = attack(register, starts, parameters=EXACT_TOTAL, trials=20, with_total=True)
    assert (found.certain, found.told_insiders) == (0, 0)


def test_two_known_participants_and_a_total_of_two():
    """What no rule can prevent: the total alone says that everybody else is out."""
    register = organisation(120, 3, 3)
    first, second, *others = sorted(register.keys)
    starts = {first: day(0), second: day(1)}
    releases = publish(register, starts, parameters=EXACT_TOTAL)
    said = statements(register, releases)
    said.append(Statement(register.keys, "year", 2, 2))
    reader = Attacker(register.keys, said).knowing({first: "q1", second: "q2"})
    assert reader.certain().took_no_part == set(others)
    without = Attacker(register.keys, said[:-1])
    assert not without.knowing({first: "q1", second: "q2"}).certain().people
