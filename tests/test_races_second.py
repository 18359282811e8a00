"""The second person on parallel connections: one answer counts, and what ends, ends."""

from datetime import date, timedelta

from parallel import ParallelCase

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.hr_career_focus.casework import (
    DeskDoor,
    EmployeeDoor,
    approvals,
    mandates,
)
from odoo.addons.hr_career_focus.casework import approval_words as w
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.casework.belonging import SecondLookNeeded
from odoo.addons.hr_career_focus.casework.errors import CaseworkError, NotYours
from odoo.addons.hr_career_focus.tests.common import NOW

ROUNDS = 3
OFFICER = "base.group_user,hr_career_focus.group_privacy_officer"
DESK = "base.group_user,hr_career_focus.group_desk"


@tagged("post_install", "-at_install")
class TestRacesOfTheSecondPerson(ParallelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.registry.cursor() as cr:
            cls.env = api.Environment(cr, SUPERUSER_ID, {})
            more = {"officer_two": OFFICER, "desk_two": DESK, "desk_three": DESK}
            for login, groups in more.items():
                cls.users[login] = cls.make_user(login, groups)
            cls.keep["users"] |= {login: cls.users[login].id for login in more}
            cls.company = cls.env["res.company"].browse(cls.keep["company"])

    def setUp(self):
        super().setUp()
        with self.connection() as env:
            env.cr.execute(
                "DELETE FROM hr_career_mandate WHERE id != %s AND company_id = %s",
                [self.keep["mandate"], self.keep["company"]],
            )

    # -- the acts -------------------------------------------------------------------

    def company_of(self, env):
        return env["res.company"].browse(self.keep["company"])

    def ask(self, login="desk", kind=w.BULK, subject=""):
        return self.act(
            login,
            lambda env: approvals.ask(
                env, self.company_of(env), kind, subject, "Because", NOW
            ),
        )

    def decide(self, ref, yes=True):
        return lambda env: approvals.decide(env, ref, yes, "Not now", NOW) or yes

    def is_granted(self, login="desk"):
        return bool(
            self.act(
                login,
                lambda env: approvals.granted(
                    env, self.company_of(env), w.BULK, "", NOW
                ),
            )
        )

    def record(self, login, by=None):
        """A mandate of ``login``, confirmed when ``by`` is given; its id."""
        with self.connection() as env:
            mandate = env["hr.career.mandate"].create(
                {
                    "user_id": self.keep["users"][login],
                    "company_id": self.keep["company"],
                    "date_from": date(2020, 1, 1),
                    "date_to": date(2035, 12, 31),
                    "appointed_by": "The board",
                    "secrecy_statement": True,
                    "secrecy_date": date(2019, 5, 12),
                }
            )
            number = mandate.id
        if by:
            self.act(by, self.confirm(number))
        return number

    def confirm(self, number, seen=None):
        def act(env):
            mandate = env["hr.career.mandate"].browse(number)
            return mandates.confirm(env, mandate, NOW, seen) or True

        return act

    def write(self, number, values):
        def act(env):
            return env["hr.career.mandate"].browse(number).sudo().write(values)

        return act

    def in_force(self, login):
        with self.connection() as env:
            user = env["res.users"].browse(self.keep["users"][login])
            Mandate = env["hr.career.mandate"]
            return self.company_of(env) in Mandate._mandated_companies(user, NOW.date())

    # -- the races ------------------------------------------------------------------

    def test_two_confirm_at_once(self):
        for _round in range(ROUNDS):
            self.empty()
            ref = self.ask()
            self.one_winner(
                self.race(
                    ("privacy_officer", self.decide(ref)),
                    ("officer_two", self.decide(ref)),
                )
            )
            self.assertTrue(self.is_granted())

    def test_one_confirms_while_another_refuses(self):
        for _round in range(ROUNDS):
            self.empty()
            ref = self.ask()
            results = self.race(
                ("privacy_officer", self.decide(ref)),
                ("officer_two", self.decide(ref, yes=False)),
            )
            self.assertEqual(self.one_winner(results), self.is_granted())

    def test_used_once(self):
        ref = "f" * 32
        question = self.ask("privacy_officer", w.RELEASE, ref)
        self.act("officer_two", self.decide(question))

        def use(env):
            return approvals.use(env, self.company_of(env), w.RELEASE, ref, NOW)

        self.one_winner(self.race(*[("privacy_officer", use)] * 4))

    def test_a_desk_holder_confirms_while_the_own_mandate_ends(self):
        """Whoever is first: in the end nothing is confirmed."""
        for _round in range(ROUNDS):
            self.setUp()
            number = self.record("desk_two", by="privacy_officer")
            ref = self.ask()
            self.race(
                ("desk_two", self.decide(ref)),
                ("hr_manager", self.write(number, {"active": False})),
            )
            self.assertFalse(self.is_granted())
        self.setUp()
        self.record("desk_two", by="privacy_officer")
        self.act("desk_two", self.decide(self.ask()))
        self.assertTrue(self.is_granted())

    def test_the_mandate_of_who_asked_ends_while_another_confirms(self):
        for _round in range(ROUNDS):
            self.setUp()
            number = self.record("desk_two", by="privacy_officer")
            ref = self.ask("desk_two")
            self.race(
                ("privacy_officer", self.decide(ref)),
                ("hr_manager", self.write(number, {"active": False})),
            )
            self.assertFalse(self.is_granted("desk_two"))

    def test_two_confirm_a_mandate_at_once(self):
        for _round in range(ROUNDS):
            self.setUp()
            number = self.record("desk_two")
            self.one_winner(
                self.race(
                    ("privacy_officer", self.confirm(number)),
                    ("officer_two", self.confirm(number)),
                )
            )
            self.assertTrue(self.in_force("desk_two"))

    def test_a_mandate_changes_while_it_is_confirmed(self):
        """What was read is confirmed, or nothing: never the other dates."""
        for _round in range(ROUNDS):
            self.setUp()
            number = self.record("desk_two")
            [view] = self.act("privacy_officer", lambda env: mandates.waiting(env, NOW))
            self.race(
                ("privacy_officer", self.confirm(number, view.seen)),
                ("hr_manager", self.write(number, {"date_to": date(2039, 1, 1)})),
            )
            self.assertFalse(self.in_force("desk_two"))
        self.act("officer_two", self.confirm(number))
        self.assertTrue(self.in_force("desk_two"))

    def test_withdrawn_while_it_is_confirmed(self):
        for _round in range(ROUNDS):
            self.setUp()
            number = self.record("desk_two")
            self.race(
                ("privacy_officer", self.confirm(number)),
                ("hr_manager", self.write(number, {"active": False})),
            )
            self.assertFalse(self.in_force("desk_two"))

    def test_two_desk_holders_open_a_new_case_at_once(self):
        """It belongs to one of them, and the other is asked for a second person."""
        self.record("desk_two", by="privacy_officer")
        rule = self.keep["rule"]
        for _round in range(ROUNDS):
            self.empty()
            ref = self.act(
                "victim",
                lambda env: EmployeeDoor(env, now=NOW).request(
                    c.OWN_RIGHT, rule_id=rule
                ),
            )
            later = NOW + timedelta(minutes=1)
            results = self.race(
                *[
                    (
                        login,
                        lambda env, ref=ref: (
                            DeskDoor(env, now=later).case(ref).view.who
                        ),
                    )
                    for login in ("desk", "desk_two")
                ]
            )
            won = [one for one in results if isinstance(one, str)]
            lost = [one for one in results if isinstance(one, SecondLookNeeded)]
            self.assertEqual((len(won), len(lost)), (1, 1), results)

    def test_the_refusals_are_the_known_ones(self):
        """A positive control of the helpers: a stranger is refused, nobody crashes."""
        ref = self.ask()
        [result] = self.race(("manager", self.decide(ref)))
        self.assertIsInstance(result, NotYours)
        [result] = self.race(("privacy_officer", self.decide("0" * 32)))
        self.assertIsInstance(result, (NotYours, CaseworkError))
