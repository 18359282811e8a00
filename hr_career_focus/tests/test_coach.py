from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..engine.roles import GROUP_COACH
from .common_people import TODAY, PeopleCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestCoach(PeopleCase):
    def _bookable(self, on_date=TODAY, company=None):
        """Bookable coaches among those of this test."""
        found = self.env["hr.career.coach"]._bookable(company or self.company, on_date)
        return found & (self.coach_inside | self.coach_outside)

    def _assert_agrees(self):
        """The field, its search and `_bookable` say the same of each coach."""
        Coach = self.env["hr.career.coach"].with_context(active_test=False)
        ours = self.coach_inside | self.coach_outside
        ours.invalidate_recordset()
        by_field = ours.filtered("is_bookable")
        self.assertEqual(Coach.search([("is_bookable", "=", True)]) & ours, by_field)
        self.assertEqual(
            Coach.search([("is_bookable", "=", False)]) & ours, ours - by_field
        )
        self.assertEqual(self._bookable(), by_field)
        for coach in ours:
            self.assertEqual(coach.is_bookable, not coach.not_bookable_reason)

    def test_both_coaches_can_be_chosen(self):
        """Positive control of every test below."""
        self.assertEqual(self._bookable(), self.coach_inside | self.coach_outside)
        self._assert_agrees()

    def test_archived_coach(self):
        self.coach_inside.action_archive()
        self.assertEqual(self._bookable(), self.coach_outside)
        self._assert_agrees()

    def test_coach_without_login(self):
        self.env["hr.career.coach"].create({"name": "No Login", "is_external": False})
        self.assertEqual(self._bookable(), self.coach_inside + self.coach_outside)
        self._assert_agrees()

    def test_coach_with_archived_login(self):
        self.inside.action_archive()
        self.assertEqual(self._bookable(), self.coach_outside)
        self._assert_agrees()

    def test_coach_without_the_role(self):
        self.inside.group_ids = [Command.unlink(self.env.ref(GROUP_COACH).id)]
        self.assertEqual(self._bookable(), self.coach_outside)
        self._assert_agrees()

    def test_full_coach(self):
        self.coach_outside.accepts_new = False
        self.assertEqual(self._bookable(), self.coach_inside)
        self._assert_agrees()

    def test_register_counts_until_its_last_day(self):
        registration = self.coach_outside.registration_ids
        registration.valid_until = TODAY
        self.assertIn(self.coach_outside, self._bookable())
        self.assertNotIn(self.coach_outside, self._bookable(date(2026, 6, 16)))
        self._assert_agrees()
        registration.valid_until = date(2026, 6, 14)
        self.assertNotIn(self.coach_outside, self._bookable())
        self._assert_agrees()

    def test_one_valid_register_is_enough(self):
        self.coach_outside.registration_ids = [
            Command.create({"body": "CMI", "valid_until": date(2020, 1, 1)})
        ]
        self.assertIn(self.coach_outside, self._bookable())
        self.assertEqual(self.coach_outside.register_status, "valid")
        self._assert_agrees()

    def test_register_status(self):
        registration = self.coach_outside.registration_ids
        self.assertEqual(self.coach_inside.register_status, "none")
        for day, status in (
            (date(2026, 6, 14), "expired"),
            (TODAY, "expiring"),
            (date(2026, 8, 14), "expiring"),
            (date(2026, 8, 15), "valid"),
        ):
            registration.valid_until = day
            self.assertEqual(registration.status, status)
            self.assertEqual(self.coach_outside.register_status, status)
            self.assertEqual(self.coach_outside.register_valid_until, day)

    def test_companies(self):
        """An empty list is every company; another company's coach is not offered."""
        other = self.env["res.company"].create({"name": "Dune Works"})
        self.coach_inside.company_ids = self.company
        self.assertIn(self.coach_inside, self._bookable())
        self.assertNotIn(self.coach_inside, self._bookable(company=other))
        self.assertIn(self.coach_outside, self._bookable(company=other))

    def test_directory_of_another_company_is_closed(self):
        other = self.env["res.company"].create({"name": "Dune Works"})
        Coach = self.env["hr.career.coach"].with_user(self.staff)
        ours = self.coach_inside | self.coach_outside
        self.assertEqual(Coach.search([("id", "in", ours.ids)]), ours)
        self.coach_outside.company_ids = other
        self.env.invalidate_all()
        self.assertEqual(Coach.search([("id", "in", ours.ids)]), self.coach_inside)
        Registration = self.env["hr.career.coach.registration"].with_user(self.staff)
        self.assertFalse(
            Registration.search([("coach_id", "=", self.coach_outside.id)])
        )

    def test_employee_reads_and_does_not_write(self):
        coach = self.coach_outside.with_user(self.staff)
        self.env.invalidate_all()
        [values] = coach.read(["name", "is_bookable", "register_status"])
        self.assertEqual(values["name"], "Otto Side")
        self.assertTrue(values["is_bookable"])
        with self.assertRaises(AccessError):
            coach.write({"name": "Somebody"})
        with self.assertRaises(AccessError):
            coach.registration_ids.write({"valid_until": date(2030, 1, 1)})

    def test_portal_has_no_directory_of_its_own(self):
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.coach_outside.with_user(self.outside).read(["name"])

    def test_policy_maintains(self):
        Coach = self.env["hr.career.coach"].with_user(self.hr)
        coach = Coach.create(
            {
                "name": "New Coach",
                "specialism_ids": [
                    Command.link(self.env.ref("hr_career_focus.specialism_growth").id)
                ],
                "language_ids": [Command.link(self.env.ref("base.lang_en").id)],
                "registration_ids": [
                    Command.create({"body": "Noloc", "valid_until": TODAY})
                ],
            }
        )
        coach.write({"accepts_new": False})
        coach.action_archive()
        self.assertFalse(coach.active)

    def test_one_coach_per_login(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["hr.career.coach"].create(
                {"name": "Twin", "user_id": self.inside.id}
            )
        self.env["hr.career.coach"].create([{"name": "No login"}, {"name": "Nor I"}])

    def test_coach_keeps_its_login(self):
        """Another login behind the same name would open the cases of the first."""
        with self._refused(UserError, "keeps the login"):
            self.coach_inside.user_id = self.staff
        with self._refused(UserError, "never deleted"):
            self.coach_inside.unlink()
        self.coach_inside.user_id = self.inside
        newcomer = self.env["hr.career.coach"].create({"name": "No Login"})
        newcomer.user_id = self.staff
        self.assertEqual(newcomer.user_id, self.staff)

    def test_login_of_a_coach_is_kept(self):
        """Deleting a login must not leave a coach without a history of who it was."""
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.inside.unlink()
        self.inside.action_archive()
        self.assertFalse(self.inside.active)

    def test_only_web_addresses_can_be_clicked(self):
        registration = self.coach_outside.registration_ids
        registration.write(
            {"code_url": "https://noloc.example/code", "complaints_url": False}
        )
        for address in (
            "javascript:alert(1)",
            "noloc.example",
            "https://",
            "data:text/html,x",
            "http://[",
        ):
            with self.assertRaises(ValidationError):
                registration.code_url = address
