"""A16: the attacks that find nobody in the product find people elsewhere.

Each test breaks one rule, sends the same attack, and sees people. What is not here:
leaving out the rule of the rest, or the smallest group, gives hardly anybody away on
these organisations, because the draw carries the guarantee. Those rules are what people
expect, and bound how likely things become; `test_engine_structure` holds them.
"""

import pytest

from odoo.addons.hr_career_focus_reports.engine.parameters import Parameters

from .attack_data import PUBLIC, day
from .attack_grid import attack, is_told, ranges, told_to_insiders
from .attack_release import (
    naive_cells,
    publish,
    rounded_everywhere,
    statements,
    threshold,
    without_proof,
)
from .attacker import Attacker
from .synthetic import organisation, statuses


def certain(register, said) -> int:
    """Return of how many people the status follows."""
    return len(Attacker(register.keys, said).certain().people)


def company(size, rate=0.06, seed=1):
    register = organisation(size, seed, 3)
    return register, statuses(register, rate, seed)


@pytest.mark.parametrize("size", [120, 250, 500])
def test_nobody_by_the_rules(size):
    """The positive control of everything below."""
    register, starts = company(size)
    found = attack(register, starts, cells=size <= 250, trials=20)
    assert (found.certain, found.told_cells, found.told_insiders) == (0, 0, 0)


@pytest.mark.parametrize("size", [120, 250, 500])
def test_exact_counts_are_seen(size):
    """Groups of twenty and more, with their true numbers."""
    for seed in range(3):
        register, starts = company(size, 0.03, seed)
        said = without_proof(register, starts, Parameters(base=1))
        assert certain(register, said) >= 20


@pytest.mark.parametrize("size", [120, 250])
def test_a_base_of_three_is_seen_by_two_insiders(size):
    """0, 1 or 2 of a group took part, and a reader knows two of them."""
    found = []
    for seed in range(3):
        register, starts = company(size, 0.03, seed)
        said = without_proof(register, starts, Parameters(base=3))
        found += told_to_insiders(register, starts, said, 100)
        by_the_rules = statements(register, publish(register, starts))
        assert not told_to_insiders(register, starts, by_the_rules, 100)
    assert len(found) >= 5


def test_a_base_of_three_is_seen_in_the_bank():
    register, starts = PUBLIC["bank"]()
    found = [
        told_to_insiders(
            register,
            starts,
            without_proof(register, starts, Parameters(base=3), b"bank %d" % seed),
            100,
        )
        for seed in range(6)
    ]
    assert any(found)


@pytest.mark.parametrize("zeros", [True, False])
@pytest.mark.parametrize("size", [120, 250])
def test_a_threshold_is_seen(size, zeros):
    """The usual dashboard: numbers below five are hidden, zeros shown or not."""
    register, starts = company(size)
    said = threshold(register, starts, zeros=zeros)
    assert certain(register, said) > 0
    hidden = {
        name
        for (name, (members, period)) in naive_cells(register).items()
        if 0 < len(members & register.participants(starts, period)) < 5
    }
    found = ranges(register, said)
    told = [name for name in hidden if is_told(*found[name])]
    assert len(told) >= (10 if zeros else 2)


def test_a_threshold_is_seen_in_public_data():
    for name in ("bank", "job seekers, offered"):
        register, starts = PUBLIC[name]()
        assert certain(register, threshold(register, starts)) >= 10
        assert certain(register, threshold(register, starts, zeros=False)) >= 10


def test_the_draw_on_tiny_groups_is_seen():
    """The draw alone, on each cell of a dashboard of a bank."""
    register, starts = PUBLIC["bank"]()
    found = [
        certain(register, rounded_everywhere(register, starts, b"bank %d" % seed))
        for seed in range(20)
    ]
    assert max(found) >= 2


def newcomer_is_unique(register, starts, one) -> bool:
    """Tell whether the figures that changed have one person in common.

    A dashboard that is counted anew whenever somebody looks, with a draw that stays
    the same as long as the number does.
    """
    before = {(row.members, row.period): row for row in threshold(register, starts)}
    after = threshold(register, starts | {one: day(0)})
    changed = [row.members for row in after if row != before[row.members, row.period]]
    return bool(changed) and len(frozenset.intersection(*changed)) == 1


@pytest.mark.parametrize("size", [250, 500])
def test_figures_that_are_counted_anew_are_seen(size):
    """A9: who started since yesterday is whoever all changed figures have in common."""
    register, starts = company(size)
    newcomers = sorted(register.keys - starts.keys())[:60]
    unique = sum(newcomer_is_unique(register, starts, one) for one in newcomers)
    assert unique > len(newcomers) / 10
