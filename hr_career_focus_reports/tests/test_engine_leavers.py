"""Nobody is given a start before coming or after leaving: readers know who did."""

from dataclasses import replace
from datetime import date

from odoo.addons.hr_career_focus_reports.engine import evidence, release
from odoo.addons.hr_career_focus_reports.engine.certificate import certify
from odoo.addons.hr_career_focus_reports.engine.certificate_data import (
    Certificate,
    Proof,
    Repair,
    World,
)
from odoo.addons.hr_career_focus_reports.engine.checker import check
from odoo.addons.hr_career_focus_reports.engine.evidence import Published
from odoo.addons.hr_career_focus_reports.engine.history import Term, left_on
from odoo.addons.hr_career_focus_reports.engine.rounding import Figure

from .synthetic import organisation


def company_row(low, high):
    return release.Row(
        "company", "company", "", 0, 0, 0, 250, Figure(low + 4, low, high, False)
    )


def test_nobody_starts_after_leaving():
    """Where the first quarter has no room, a leaver is answered within it all the same.

    Without what HR knows of leavers the search would give them the third quarter.
    """
    register = organisation(250, 5, 3)
    keys = sorted(register.keys)
    starts = dict.fromkeys(keys[:14], date(2026, 2, 1))
    starts |= dict.fromkeys(keys[14:24], date(2026, 8, 1))
    leavers = set(keys[100:150])
    left = replace(
        register,
        people=tuple(
            replace(one, until="q1") if one.key in leavers else one
            for one in register.people
        ),
    )
    given = []
    for listed in (register, left):
        facts = evidence.gather(
            [
                Published(listed, "q1", [company_row(6, 14)]),
                Published(listed, "q2", [company_row(0, 4)]),
                Published(listed, "q3", [company_row(6, 14)]),
            ],
            starts,
        )
        certificate = certify(facts.people, facts.statuses, facts.claims)
        assert certificate.holds
        assert not check(facts.people, facts.statuses, facts.claims, certificate)
        given.append(
            {flip for proof in certificate.proofs for flip in every_flip(proof.tree)}
        )
    # One person stands for all alike; while nobody left, that is not one of these.
    before, after = given
    assert {status for key, status in before if key not in starts} >= {"q2"}
    assert {status for key, status in after if key in leavers} == {"q1"}


def test_nobody_starts_before_coming():
    """Also in a quarter of which nothing was published: the council decided in April.

    The fourth quarter has no room, so the search would give newcomers the first one.
    """
    register = organisation(250, 5, 3)
    keys = sorted(register.keys)
    newcomers = set(keys[-40:])
    starts = dict.fromkeys(keys[:14], date(2026, 11, 1))
    given = []
    for since in ("q1", "q4"):
        people = tuple(
            replace(one, since=since) if one.key in newcomers else one
            for one in register.people
        )
        before = tuple(one for one in people if one.key not in newcomers)
        whole, so_far = (
            replace(register, people=people),
            replace(register, people=before),
        )
        facts = evidence.gather(
            [
                Published(so_far, "q2", [company_row(0, 4)]),
                Published(so_far, "q3", [company_row(0, 4)]),
                Published(whole, "q4", [company_row(6, 14)]),
                Published(whole, "year", [company_row(11, 19)]),
            ],
            starts,
        )
        certificate = certify(facts.people, facts.statuses, facts.claims)
        assert certificate.holds
        assert not check(facts.people, facts.statuses, facts.claims, certificate)
        flips = {one for proof in certificate.proofs for one in every_flip(proof.tree)}
        given.append({status for key, status in flips if key in newcomers})
    assert given == [{"q1"}, {"q4"}]


def every_flip(repair):
    """Return who gets which status in a world, and in those it leads to."""
    flips = list(repair.world.flips)
    for _known, other in repair.without:
        flips += every_flip(other)
    return flips


def test_the_checker_refuses_a_start_after_leaving():
    """A world that somebody else wrote is not let through either."""
    register = organisation(250, 5, 3)
    person = register.people[0]
    for until, fault in (("q4", False), ("q2", True)):
        people = (replace(person, until=until), *register.people[1:])
        listed = replace(register, people=people)
        facts = evidence.gather([Published(listed, "q3", [company_row(0, 4)])], {})
        world = Repair(World(((person.key, "q3"),)))
        written = Certificate(True, (Proof(person.key, world),), ())
        said = check(facts.people, facts.statuses, facts.claims, written)
        assert any("cannot have had" in one for one in said) == fault


def test_the_last_day_of_several_spells():
    """Back at work is not left; a contract that goes on has no last day."""
    spring = Term(date(2026, 1, 1), contract_end=date(2026, 3, 31))
    autumn = Term(
        date(2026, 9, 1),
        contract_start=date(2026, 9, 1),
        contract_end=date(2026, 11, 30),
    )
    assert left_on([spring, autumn], date(2026, 6, 30)) == date(2026, 3, 31)
    assert left_on([spring, autumn], date(2026, 9, 30)) is None
    assert left_on([spring, autumn], date(2026, 12, 31)) == date(2026, 11, 30)
    assert left_on([spring, Term(date(2026, 4, 1))], date(2026, 12, 31)) is None
