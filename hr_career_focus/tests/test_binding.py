"""Who a case belongs to does not follow when HR relinks, deletes or archives."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..casework import constants as c
from ..casework.errors import CaseworkError, NotYours
from .common import CareerCase


@tagged("post_install", "-at_install")
class TestBinding(CareerCase):
    def test_coach_keeps_the_login(self):
        """HR cannot hand a coach's cases to another login."""
        ref = self.make_active()
        coach = self.coaches["coach"].with_user(self.users["hr_manager"])
        for user in (self.users["manager"].id, False):
            with self.assertRaisesRegex(UserError, "keeps the login"):
                coach.user_id = user
            self.env.invalidate_all()
        coach.write({"user_id": self.users["coach"].id, "region": "Ghent"})
        self.assertTrue(self.coach_door().case(ref).view)

    def test_coach_is_never_deleted(self):
        """With a case or without: the same answer tells nothing."""
        self.make_active()
        free = self.env["hr.career.coach"].create({"name": "Never used"})
        answers = set()
        for coach in (free, self.coaches["coach"]):
            with self.assertRaises(UserError) as caught:
                coach.with_user(self.users["hr_manager"]).unlink()
            answers.add(str(caught.exception))
        self.assertEqual(len(answers), 1)
        free.with_user(self.users["hr_manager"]).action_archive()
        self.assertFalse(free.active)

    def test_what_was_used_is_read_by_the_login_that_asked(self):
        """Who is linked to the employee later reads the right as if nobody asked."""
        before = self.employee_door("colleague").rights()
        self.make_active()
        self.assertFalse(self.employee_door().rights()[0].can_request)
        self.people["victim"].with_user(self.users["hr_officer"]).user_id = self.users[
            "hr_officer"
        ]
        self.env.flush_all()
        door = self.employee_door("hr_officer")
        self.assertEqual(door.employee, self.people["victim"])
        self.assertEqual(door.rights(), before)
        self.assertEqual(door.lapses(), self.employee_door("colleague").lapses())
        # It is not given twice: the desk reads that it was used, and decides.
        ref = door.request(kind=c.OWN_RIGHT, rule_id=self.rule.id)
        case = self.desk_door().case(ref)
        self.assertIn("Again from 1 June 2031", case.view.right)
        with self.assertRaisesRegex(CaseworkError, "is not open"):
            case.decide_open("Because")
        case.decline("It was used")
        self.people["victim"].user_id = self.users["victim"]
        self.env.flush_all()
        self.assertFalse(self.employee_door().rights()[0].can_request)

    def test_archived_coach_login_is_out(self):
        ref = self.make_active()
        self.coaches["coach"].action_archive()
        with self.assertRaises(NotYours):
            self.coach_door().case(ref)
        self.assertTrue(self.employee_door().case(ref).view)

    def test_employee_deleted_or_archived_by_hr(self):
        """HR's own work goes through, and says nothing about a case."""
        ref = self.make_active()
        person = self.people["victim"]
        person.with_user(self.users["hr_manager"]).with_context(
            no_wizard=True
        ).action_archive()
        with self.assertRaises(NotYours):
            self.employee_door()
        person.action_unarchive()
        self.assertTrue(self.employee_door().case(ref).view)
        person.with_user(self.users["hr_manager"]).unlink()
        self.assertTrue(self.desk_door().inbox())

    def test_role_taken_away(self):
        """A coach or desk holder without the role is out at once."""
        ref = self.make_active()
        for login, group, door in (
            ("coach", "group_coach", self.coach_door),
            ("desk", "group_desk", self.desk_door),
        ):
            self.assertTrue(door().case(ref).view)
            self.users[login].group_ids -= self.env.ref(f"hr_career_focus.{group}")
            with self.assertRaises(NotYours):
                door()
