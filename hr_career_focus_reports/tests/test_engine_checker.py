"""The second pair of eyes finds every fault that is planted (A4)."""

from dataclasses import replace
from datetime import date

import pytest

from odoo.addons.hr_career_focus_reports.engine import evidence, release
from odoo.addons.hr_career_focus_reports.engine.certificate import (
    Claim,
    Proof,
    Repair,
    World,
    certify,
)
from odoo.addons.hr_career_focus_reports.engine.checker import check
from odoo.addons.hr_career_focus_reports.engine.evidence import Published

from .synthetic import organisation, statuses

#: Ten people; of the first six at most three took part, and three did. Person 9 came
#: in the second quarter.
PEOPLE = frozenset(range(10))
TRUTH = {0: "q1", 1: "q1", 2: "q1", 6: "q1", 7: "q1"}
ROWS = (
    Claim(frozenset(range(6)), "year", 0, 3),
    Claim(frozenset(range(9)), "q1", 1, 9),
    Claim(PEOPLE, "year", 1, 9),
)


@pytest.fixture
def certificate():
    """A certificate over the ten that is in order."""
    made = certify(PEOPLE, TRUTH, ROWS)
    assert made.holds
    assert check(PEOPLE, TRUTH, ROWS, made) == []
    return made


def tampered(certificate, person, change):
    """The certificate with the tree of one person replaced."""
    assert any(proof.person == person for proof in certificate.proofs)
    return replace(
        certificate,
        proofs=tuple(
            Proof(person, change(proof.tree)) if proof.person == person else proof
            for proof in certificate.proofs
        ),
    )


def moved(*flips):
    """A repair that says this and no more."""
    return lambda _tree: Repair(World(flips))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda tree: replace(tree, without=()), "has no answer"),
        (lambda tree: replace(tree, without=tree.without[1:]), "has no answer"),
        (moved((3, "q2")), "outside its range"),
        (moved((0, None)), "does the same as in truth"),
        (moved((3, None), (0, None)), "does the same as in truth"),
        (moved((3, "q2"), (0, None), (0, None)), "twice"),
        (moved((3, "q2"), (99, None)), "stranger"),
        (moved((3, "q2"), (0, None), (9, "q1")), "cannot have had"),
    ],
)
def test_planted_in_the_first_world(certificate, change, fault):
    """Person 3 can only start when one of 0, 1 and 2 does not."""
    wrong = check(PEOPLE, TRUTH, ROWS, tampered(certificate, 3, change))
    assert any(fault in sentence for sentence in wrong)
    assert "People in no proof: 3." in wrong


def deeper(change):
    """A change to the world for a reader who knows somebody in the first."""

    def on(tree):
        (known, repair), *others = tree.without
        return replace(tree, without=((known, change(repair, known)), *others))

    return on


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda repair, known: Repair(World(((3, "q2"), (known, None)))),
            "whose status the reader knows",
        ),
        (lambda repair, _known: replace(repair, without=()), "has no answer"),
        (lambda _repair, _known: Repair(World(((3, "q2"),))), "outside its range"),
    ],
)
def test_planted_in_a_later_world(certificate, change, fault):
    wrong = check(PEOPLE, TRUTH, ROWS, tampered(certificate, 3, deeper(change)))
    assert any(fault in sentence for sentence in wrong)


def test_planted_for_two_insiders(certificate):
    """Whoever knows two is answered by a world without both of them."""

    def last(repair, known):
        (second, _world), *_others = repair.without
        bad = Repair(World(((3, "q2"), (known, None))))
        return replace(repair, without=((second, bad),))

    wrong = check(PEOPLE, TRUTH, ROWS, tampered(certificate, 3, deeper(last)))
    assert any("whose status the reader knows" in sentence for sentence in wrong)


def test_somebody_is_left_out(certificate):
    """Each proof is needed: without it somebody is in none."""
    for proof in certificate.proofs:
        fewer = tuple(one for one in certificate.proofs if one is not proof)
        wrong = check(PEOPLE, TRUTH, ROWS, replace(certificate, proofs=fewer))
        assert len(wrong) == 1
        assert "in no proof" in wrong[0]


def test_more_insiders_than_were_asked_about(certificate):
    assert check(PEOPLE, TRUTH, ROWS, certificate, insiders=1) == []
    assert check(PEOPLE, TRUTH, ROWS, certificate, insiders=3)


def test_another_truth_other_rows_another_total(certificate):
    """A certificate is of these statuses and these rows."""
    assert check(PEOPLE, TRUTH | {3: "q1"}, ROWS, certificate)
    assert check(PEOPLE, {}, ROWS, certificate)
    assert check(PEOPLE, TRUTH, (*ROWS, Claim(PEOPLE, "year", 5, 5)), certificate)
    assert check(PEOPLE, TRUTH, ROWS, certificate, total=5)
    assert check(PEOPLE | {10}, TRUTH, ROWS, certificate) == ["People in no proof: 1."]
    known = certify(PEOPLE, TRUTH, ROWS, 1, total=5)
    assert check(PEOPLE, TRUTH, ROWS, known, 1, total=5) == []


def test_says_holds_without_holding():
    """Nobody is proven when nobody can start; the certificate says so, or is wrong."""
    rows = (Claim(PEOPLE, "year", 0, 0),)
    refused = certify(PEOPLE, {}, rows)
    assert not refused.holds
    assert check(PEOPLE, {}, rows, refused) == ["People in no proof: 10."]
    lying = replace(refused, holds=True)
    assert "does not say what its proofs say" in " ".join(
        check(PEOPLE, {}, rows, lying)
    )
    forged = replace(lying, failed=())
    assert check(PEOPLE, {}, rows, forged) == ["People in no proof: 10."]


def test_quarter_that_is_not_over():
    """A world in which somebody starts in May is no answer in April."""
    rows = (Claim(PEOPLE, "q1", 0, 4),)
    made = certify(PEOPLE, {0: "q1"}, rows)
    assert check(PEOPLE, {0: "q1"}, rows, made) == []
    wrong = check(PEOPLE, {0: "q1"}, rows, tampered(made, 1, moved((1, "q2"))))
    assert any("cannot have had" in sentence for sentence in wrong)


def test_faults_name_nobody(certificate):
    """What is wrong is said without the number of anybody."""
    wrong = check(PEOPLE, {}, ROWS, replace(certificate, proofs=()))
    assert all(
        sentence.startswith("People in no proof: ")
        or not any(map(str.isdigit, sentence))
        for sentence in wrong
    )


def test_every_world_of_a_release_is_counted_again():
    """All quarters and the year of 300 people, and each proof in it is needed."""
    register = organisation(300, 4, 3)
    starts = statuses(register, 0.1, 4)
    published = []
    for period in ("q1", "q2", "q3", "q4", "year"):
        one = release.compute(
            register,
            starts,
            company=1,
            period=period,
            published_on=date(2027, 1, 15),
            secret=b"key",
            earlier=published,
        )
        published.append(Published(register, period, one.rows))
    facts = evidence.gather(published, starts)
    about = (facts.people, facts.statuses, facts.claims)
    made = certify(*about)
    assert check(*about, made) == []
    for proof in made.proofs[::9]:
        fewer = tuple(one for one in made.proofs if one is not proof)
        assert check(*about, replace(made, proofs=fewer))
    swaps = [proof for proof in made.proofs if proof.tree.without]
    assert swaps
    for proof in swaps[::5]:
        bare = tampered(made, proof.person, lambda tree: replace(tree, without=()))
        assert check(*about, bare)


def test_who_started_before_is_not_who_did_not_start():
    """Nothing is published about the first quarter; who started in it needs a proof."""
    rows, truth = (Claim(PEOPLE, "q2", 0, 4),), {0: "q1"}
    made = certify(PEOPLE, truth, rows)
    assert check(PEOPLE, truth, rows, made) == []
    others = tuple(proof for proof in made.proofs if proof.person != 0)
    assert check(PEOPLE, truth, rows, replace(made, proofs=others)) == [
        "People in no proof: 1."
    ]
