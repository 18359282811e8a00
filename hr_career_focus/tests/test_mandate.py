from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..engine.roles import GROUP_DESK
from .common_people import TODAY, PeopleCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestMandate(PeopleCase):
    def _record(self, **changes):
        """A mandate recorded by HR, who may."""
        Mandate = self.env["hr.career.mandate"].with_user(self.hr)
        return Mandate.create(self._mandate_values(**changes))

    def _create(self, **changes):
        """A mandate recorded by HR and confirmed by the privacy officer."""
        return self._confirm(self._record(**changes))

    def _companies(self, on_date, user=None):
        Mandate = self.env["hr.career.mandate"].with_user(self.staff)
        return Mandate._mandated_companies(user or self.desk, on_date)

    def test_desk_is_open_inside_the_dates_only(self):
        self._create()
        for day, is_open in (
            (date(2025, 12, 31), False),
            (date(2026, 1, 1), True),
            (date(2026, 12, 31), True),
            (date(2027, 1, 1), False),
        ):
            with self.subTest(day=day):
                companies = self._companies(day)
                self.assertEqual(companies, self.company if is_open else companies[:0])
        self.assertEqual(self._companies(None), self.company)

    def test_no_mandate_no_desk(self):
        self.assertFalse(self._companies(TODAY))
        self._create()
        self.assertFalse(self._companies(TODAY, self.staff))

    def test_state(self):
        mandate = self._create()
        self.assertEqual(mandate.state, "current")
        with freeze_time("2027-01-01"):
            mandate.invalidate_recordset()
            self.assertEqual(mandate.state, "ended")
        later = self._create(date_from=date(2027, 1, 1), date_to=date(2027, 6, 30))
        self.assertEqual(later.state, "upcoming")
        later.action_archive()
        self.assertEqual(later.state, "revoked")

    def test_withdrawn_mandate_closes_the_desk_at_once(self):
        mandate = self._create()
        self.assertTrue(self._companies(TODAY))
        mandate.action_archive()
        self.assertFalse(self._companies(TODAY))

    def test_login_that_lost_the_role_or_left(self):
        self._create()
        self.desk.action_archive()
        self.assertFalse(self._companies(TODAY))
        self.desk.action_unarchive()
        self.assertTrue(self._companies(TODAY))
        self.desk.group_ids = [Command.unlink(self.ref(GROUP_DESK))]
        self.assertFalse(self._companies(TODAY))

    def test_holder_needs_the_role(self):
        with self._refused(ValidationError, "role Career desk"):
            self._create(user_id=self.staff.id)
        self.assertTrue(self._create())

    def test_nobody_appoints_the_own_login(self):
        """Even with every right: here the desk's own login, as superuser."""
        Mandate = self.env["hr.career.mandate"].with_user(self.desk).sudo()
        with self._refused(ValidationError, "your own login"):
            Mandate.create(self._mandate_values())
        other = new_test_user(self.env, "desk_two", f"base.group_user,{GROUP_DESK}")
        mandate = Mandate.create(self._mandate_values(user_id=other.id))
        self.assertTrue(mandate)

    def test_own_mandate_cannot_be_made_longer(self):
        mandate = self._create()
        own = mandate.with_user(self.desk).sudo()
        with self._refused(ValidationError, "your own login"):
            own.write({"date_to": date(2030, 1, 1)})
        mandate.write({"date_to": date(2030, 1, 1)})
        self.assertEqual(mandate.date_to, date(2030, 1, 1))

    def test_secrecy_statement(self):
        for values in ({"secrecy_statement": False}, {"secrecy_date": False}):
            with self.subTest(**values), self._refused(ValidationError, "secrecy"):
                self._create(**values)
        self.assertTrue(self._create())

    def test_appointed_by_and_scope(self):
        with mute_logger("odoo.sql_db"):
            for field in ("appointed_by", "scope", "date_to"):
                with self.assertRaises(IntegrityError):
                    self._create(**{field: False})
        self.assertTrue(self._create().scope)

    def test_dates_in_order(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create(date_to=date(2025, 12, 31))
        self.assertTrue(self._record(date_to=date(2026, 1, 1)))

    def test_no_overlap_for_one_person(self):
        self._create()
        with self._refused(ValidationError, "already holds"):
            self._create(date_from=date(2026, 12, 31), date_to=date(2027, 6, 1))
        self._create(date_from=date(2027, 1, 1), date_to=date(2027, 6, 1))

    def test_several_people_hold_the_desk(self):
        self._create()
        other = new_test_user(self.env, "desk_two", f"base.group_user,{GROUP_DESK}")
        self._create(user_id=other.id)
        Mandate = self.env["hr.career.mandate"]
        self.assertEqual(
            Mandate._in_force(TODAY, company=self.company).user_id, self.desk | other
        )

    def test_one_person_in_two_companies(self):
        self._create()
        other = self.env["res.company"].create(
            {"name": "Dune Works", "career_second_factor": False}
        )
        there = self.env["hr.career.mandate"].create(
            self._mandate_values(company_id=other.id)
        )
        self.officer.company_ids += other
        self._confirm(there)
        self.assertEqual(self._companies(TODAY), self.company | other)

    def test_past_is_not_rewritten(self):
        mandate = self._create()
        other = new_test_user(self.env, "desk_two", f"base.group_user,{GROUP_DESK}")
        for values in ({"user_id": other.id}, {"date_from": "2026-03-01"}):
            with self.subTest(**values), self.assertRaises(UserError):
                mandate.write(values)
        with self.assertRaises(UserError):
            mandate.unlink()
        mandate.write({"date_from": "2026-01-01", "date_to": "2026-09-30"})
        later = self._create(date_from=date(2027, 1, 1), date_to=date(2027, 6, 30))
        later.write({"date_from": "2027-02-01"})
        later.unlink()
        self.assertFalse(later.exists())

    def test_who_reads_and_who_records(self):
        mandate = self._create()
        officer = self._login(
            "officer", "base.group_user,hr_career_focus.group_privacy_officer"
        )
        for user in (self.staff, officer, self.desk):
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                [values] = mandate.with_user(user).read(["user_id", "date_to"])
                self.assertEqual(values["date_to"], date(2026, 12, 31))
                with self.assertRaises(AccessError):
                    mandate.with_user(user).write({"date_to": date(2026, 7, 1)})
        mandate.with_user(self.hr).write({"date_to": date(2026, 7, 1)})

    def test_portal_reads_no_mandate(self):
        mandate = self._create()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            mandate.with_user(self.outside).read(["user_id"])

    def test_other_company(self):
        other = self.env["res.company"].create(
            {"name": "Dune Works", "career_second_factor": False}
        )
        elsewhere = self.env["hr.career.mandate"].create(
            self._mandate_values(company_id=other.id)
        )
        here = self._create()
        Mandate = self.env["hr.career.mandate"].with_user(self.staff)
        self.assertEqual(Mandate.search([("id", "in", (here | elsewhere).ids)]), here)

    def test_form_offers_logins_with_the_role_only(self):
        Mandate = self.env["hr.career.mandate"].with_user(self.hr)
        offered = (
            self.env["res.users"].with_user(self.hr).search(Mandate._holder_domain())
        )
        self.assertIn(self.desk, offered)
        self.assertNotIn(self.staff, offered)
        self.assertNotIn(self.hr, offered)
