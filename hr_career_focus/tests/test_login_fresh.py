"""Logins of coaches and of the desk that nobody has used: nothing is confided to them.

Whoever may write the address of such a login can choose its first password.
"""

from odoo import Command
from odoo.tests import tagged

from ..casework import CoachDoor, DeskDoor, logins, mandates
from ..casework.errors import CaseworkError, DoorClosed
from .common import NOW, TODAY, CareerCase

FIRST = "first-one-1"
COACH, DESK = "hr_career_focus.group_coach", "hr_career_focus.group_desk"


@tagged("post_install", "-at_install")
class TestFreshStaff(CareerCase):
    def make_unused(self, login, group):
        """Make a login as HR does: without a password."""
        groups = [self.env.ref(one).id for one in ("base.group_user", group)]
        self.users[login] = self.env["res.users"].create(
            {
                "name": login.title(),
                "login": login,
                "email": f"{login}@x.test",
                "group_ids": [Command.set(groups)],
            }
        )
        return self.users[login]

    def make_coach(self, login):
        return self.env["hr.career.coach"].create(
            {
                "name": login.title(),
                "user_id": self.users[login].id,
                "is_external": False,
            }
        )

    def log_in(self, login, password=FIRST):
        self.users[login].password = password
        credential = {"login": login, "password": password, "type": "password"}
        self.env["res.users"].authenticate(credential, {"interactive": False})

    def sealed(self, login):
        self.cr.execute(
            "SELECT sealed FROM hr_career_login WHERE user_id = %s",
            [self.users[login].id],
        )
        return self.cr.fetchone()[0]

    def put_back(self, login, sealed):
        self.cr.execute(
            "UPDATE hr_career_login SET sealed = %s WHERE user_id = %s",
            [sealed, self.users[login].id],
        )

    # -- coaches -----------------------------------------------------------------

    def assertBookable(self, coach, expected):
        coaches = self.env["hr.career.coach"]
        found = {
            "directory": coach in coaches._bookable(self.company, TODAY),
            "field": coach.is_bookable,
            "search": coach in coaches.search([("is_bookable", "=", True)]),
            "page": coach.id
            in {one.coach_id for one in self.employee_door().coaches()},
        }
        self.assertEqual(found, dict.fromkeys(found, expected))

    def test_coach_is_chosen_after_the_first_log_in(self):
        self.make_unused("newcoach", COACH)
        coach = self.make_coach("newcoach")
        self.assertBookable(coach, False)
        self.assertIn("never used", coach.not_bookable_reason)
        ref = self.make_request()
        with self.assertRaises(CaseworkError):
            self.desk_door().case(ref).assign(coach.id)
        self.log_in("newcoach")
        coach.invalidate_recordset()
        self.assertBookable(coach, True)
        self.desk_door().case(ref).assign(coach.id)
        CoachDoor(self.env_of("newcoach"))

    def test_first_password_of_a_coach_with_a_case_opens_nothing(self):
        """An unused row put back, or a case from before this was asked."""
        self.make_unused("newcoach", COACH)
        unused = self.sealed("newcoach")
        coach = self.make_coach("newcoach")
        self.log_in("newcoach")
        ref = self.make_request()
        self.desk_door().case(ref).assign(coach.id)
        self.put_back("newcoach", unused)
        self.log_in("newcoach", "not-by-me-1")
        with self.assertRaises(DoorClosed) as caught:
            CoachDoor(self.env_of("newcoach"))
        self.assertEqual(caught.exception.reason, logins.CHANGED)

    # -- the desk ----------------------------------------------------------------

    def test_mandate_is_confirmed_after_the_first_log_in(self):
        self.make_unused("newdesk", DESK)
        mandate = self.make_mandate("newdesk", confirmed_by=None)
        officer = self.env_of("privacy_officer")
        [view] = [
            one
            for one in mandates.waiting(officer, NOW)
            if one.mandate_id == mandate.id
        ]
        self.assertTrue(view.is_unused)
        with self.assertRaisesRegex(CaseworkError, "never used"):
            mandates.confirm(officer, mandate, NOW)
        self.log_in("newdesk")
        mandates.confirm(officer, mandate, NOW)
        DeskDoor(self.env_of("newdesk"), NOW)

    def test_first_password_of_a_desk_holder_opens_nothing(self):
        self.make_unused("newdesk", DESK)
        unused = self.sealed("newdesk")
        self.log_in("newdesk")
        self.make_mandate("newdesk")
        DeskDoor(self.env_of("newdesk"), NOW)
        self.put_back("newdesk", unused)
        self.log_in("newdesk", "not-by-me-1")
        with self.assertRaises(DoorClosed) as caught:
            DeskDoor(self.env_of("newdesk"), NOW)
        self.assertEqual(caught.exception.reason, logins.CHANGED)

    def test_queries_do_not_grow_with_coaches(self):
        def count():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["hr.career.coach"]._bookable(self.company, TODAY)
            return self.cr.sql_log_count - before

        count()
        one = count()
        for number in range(5):
            self.make_unused(f"unused{number}", COACH)
            self.make_coach(f"unused{number}")
        self.env.flush_all()
        count()  # what is remembered of groups was forgotten
        self.assertEqual(count(), one)
