"""Simultaneous acts on real parallel connections: one wins, the others are told why."""

from datetime import date
from unittest.mock import patch

from parallel import ParallelCase

from odoo.tests import tagged

from odoo.addons.hr_career_focus.casework import CoachDoor, DeskDoor, EmployeeDoor
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.casework.errors import NotYours
from odoo.addons.hr_career_focus.tests.common import NOW

PARALLEL = 8


@tagged("post_install", "-at_install")
class TestRaces(ParallelCase):
    """Works on committed rows, because only those are seen by another connection."""

    def request(self, login="victim"):
        rule = self.keep["rule"]
        return lambda env: EmployeeDoor(env, now=NOW).request(c.OWN_RIGHT, rule_id=rule)

    def test_one_right_many_requests(self):
        """Two tabs, two devices, a double click: one request, one use."""
        for _round in range(3):
            self.empty()
            ref = self.one_winner(self.race(*[("victim", self.request())] * PARALLEL))
            self.assertEqual(self.look(ref)[:2], (c.REQUESTED, [c.RESERVED]))
            with self.connection() as env:
                env.cr.execute("SELECT count(*) FROM hr_career_traject")
                self.assertEqual(env.cr.fetchone()[0], 1)

    def test_positive_control_two_people(self):
        """Two people at once both get theirs."""
        results = self.race(
            ("victim", self.request()), ("colleague", self.request("colleague"))
        )
        self.assertTrue(all(isinstance(one, str) for one in results), results)

    def test_two_desk_windows_assign(self):
        ref = self.act("victim", self.request())
        coaches = list(self.keep["coaches"].values())
        results = self.race(
            *[
                (
                    "desk",
                    lambda env, one=one: DeskDoor(env, now=NOW).case(ref).assign(one),
                )
                for one in coaches
            ]
        )
        self.assertIn(self.look(ref)[2], coaches)
        self.assertFalse([one for one in results if isinstance(one, NotYours)])

    def test_decide_twice_uses_the_right_once(self):
        with self.connection() as env:
            agreement = env["hr.career.entitlement.rule"].browse(self.keep["rule"])
            agreement.version_id.verified_on = False
        self.addCleanup(self._verify_again)
        ref = self.act("victim", self.request())
        results = self.race(
            *[
                (
                    "desk",
                    lambda env: DeskDoor(env, now=NOW).case(ref).decide_open("Yes"),
                ),
            ]
            * PARALLEL
        )
        self.one_winner(results)
        self.assertEqual(self.look(ref)[1], [c.RESERVED])

    def _verify_again(self):
        with self.connection() as env:
            rule = env["hr.career.entitlement.rule"].browse(self.keep["rule"])
            rule.version_id.verified_on = date(2019, 1, 1)

    def test_withdraw_while_the_coach_accepts(self):
        """Whoever is first: in the end it is withdrawn and the right given back."""
        for _round in range(4):
            self.empty()
            ref = self.act("victim", self.request())
            coach = self.keep["coaches"]["coach"]
            self.act("desk", lambda env: DeskDoor(env, now=NOW).case(ref).assign(coach))
            self.race(
                ("victim", lambda env: EmployeeDoor(env, now=NOW).case(ref).withdraw()),
                ("coach", lambda env: CoachDoor(env, now=NOW).case(ref).accept()),
            )
            self.assertEqual(self.look(ref)[:2], (c.WITHDRAWN, [c.RETURNED]))

    def test_the_claim_is_what_decides(self):
        """Without the unique claims the same race is lost: the test can fail."""
        rooms = "odoo.addons.hr_career_focus.casework"
        with (
            patch(f"{rooms}.opening.claim", return_value=True),
            patch(f"{rooms}.uses.claim", return_value=True),
        ):
            results = self.race(*[("victim", self.request())] * PARALLEL)
        won = [one for one in results if isinstance(one, str)]
        self.assertGreater(len(won), 1)
