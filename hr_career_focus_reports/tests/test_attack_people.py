"""A2, A3, A4: nobody is found, in no kind of organisation, by no reader.

A2
    Everything published about a year, taken together, says nothing certain of anybody.
A3
    Nor does it tell the number of any group of a usual dashboard.
A4
    Nor to somebody who knows two others. Of every person, and for every two others, the
    proof names a world in which the person did the opposite; all of them are counted
    again here.

A sample of the organisations; ``make bench ARGS="--only attacks"`` takes all of them.
"""

import pytest

from odoo.addons.hr_career_focus_reports.engine import evidence
from odoo.addons.hr_career_focus_reports.engine.certificate import certify
from odoo.addons.hr_career_focus_reports.engine.evidence import Published
from odoo.addons.hr_career_focus_reports.engine.parameters import AGREED

from .attack_data import CASES, PUBLIC, SHAPES, participants
from .attack_grid import attack, is_true, quarter
from .attack_release import publish, statements
from .synthetic import grid, organisation, statuses

#: One company of each size and share, of depth 2 to 5 in turn.
SAMPLE = [
    one for number, one in enumerate(grid(seeds=4)) if number // 4 % 4 == number % 4
]
CELLS_UP_TO = 250
TRIALS = 25


def nothing(found):
    """Assert that an attack found nobody and no number."""
    assert found.certain == 0
    assert found.told_cells == 0
    assert found.told_insiders == 0


@pytest.mark.parametrize(("size", "rate", "seed", "depth"), SAMPLE)
def test_nobody_in_an_invented_company(size, rate, seed, depth):
    register = organisation(size, seed, depth)
    found = attack(
        register,
        statuses(register, rate, seed),
        secret=b"sample %d" % seed,
        cells=size <= CELLS_UP_TO,
        trials=TRIALS,
    )
    nothing(found)
    assert not found.refused
    if size >= 500 and rate >= 0.08:
        assert found.state == "full"
        assert found.rows > 20


@pytest.mark.parametrize("name", PUBLIC)
def test_nobody_in_public_data(name):
    register, starts = PUBLIC[name]()
    for seed in range(3 if len(register) < 500 else 1):
        found = attack(
            register,
            starts,
            secret=b"public %d" % seed,
            cells=len(register) < 1000 and not seed,
            trials=TRIALS,
        )
        nothing(found)
        assert not found.refused
        assert found.state == "full"


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("shape", SHAPES)
def test_nobody_in_a_company_at_the_edge(shape, case):
    register = SHAPES[shape]
    found = attack(register, participants(register, case), cells=True, trials=TRIALS)
    nothing(found)


def worlds_of(repair, known=frozenset()):
    """Yield who is known and what is changed, for each world of a proof."""
    yield known, dict(repair.world.flips)
    for one, without in repair.without:
        yield from worlds_of(without, known | {one})


@pytest.mark.parametrize(("size", "rate", "seed"), [(60, 0.3, 1), (250, 0.08, 2)])
def test_every_world_of_every_proof_is_counted_again(size, rate, seed):
    """People, rows and readers are those of this file, not of the proof."""
    register = organisation(size, seed, 3)
    starts = statuses(register, rate, seed)
    releases = publish(register, starts)
    said = statements(register, releases)
    truth = {key: quarter(start) for key, start in starts.items()}
    assert is_true(said, truth)
    facts = evidence.gather(
        [Published(register, one.period, one.rows, AGREED) for one in releases],
        starts,
        False,
    )
    certificate = certify(facts.people, facts.statuses, facts.claims, insiders=2)
    assert certificate.holds
    seen = set()
    worlds = 0
    for proof in certificate.proofs:
        for known, changes in worlds_of(proof.tree):
            worlds += 1
            assert not known & changes.keys()
            assert bool(changes[proof.person]) != (proof.person in starts)
            assert is_true(said, truth | changes)
        seen.add(likeness(said, truth, proof.person))
    assert {likeness(said, truth, key) for key in register.keys} == seen
    assert worlds > len(certificate.proofs)


def likeness(said, truth, key):
    """Return what people share who can be exchanged without any row noticing."""
    status = truth.get(key)
    return bool(status), tuple(
        (number, one.period in ("year", status))
        for number, one in enumerate(said)
        if key in one.members
    )


def test_the_truth_is_always_possible():
    """The rows never lie: the positive control of `is_true`."""
    register = organisation(120, 5, 2)
    starts = statuses(register, 0.15, 5)
    said = statements(register, publish(register, starts))
    truth = {key: quarter(start) for key, start in starts.items()}
    assert is_true(said, truth)
    assert not is_true(said, dict.fromkeys(register.keys))
