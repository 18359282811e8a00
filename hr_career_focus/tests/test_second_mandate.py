"""Nobody puts a desk in force alone: not by the form, the ORM, an import or SQL."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.modules.module import load_script
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools.misc import file_path

from ..casework import first_run, mandates
from ..casework.errors import CaseworkError, NotYours
from ..engine.roles import GROUP_DESK
from .common_people import TODAY, PeopleCase

MIGRATION = "hr_career_focus/migrations/19.0.1.2.0/post-mandates.py"


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestSecondPersonOfAMandate(PeopleCase):
    def setUp(self):
        super().setUp()
        self.Mandate = self.env["hr.career.mandate"].with_user(self.hr)
        self.mandate = self.Mandate.create(self._mandate_values())

    def is_open(self, user=None):
        self.env.invalidate_all()
        Mandate = self.env["hr.career.mandate"].with_user(self.staff)
        return self.company in Mandate._mandated_companies(user or self.desk, TODAY)

    def assertClosed(self):
        """Nothing put the desk in force; and confirming it well does."""
        self.assertFalse(self.is_open())
        self.assertNotEqual(self.mandate.state, "current")
        self._confirm(self.mandate)
        self.assertTrue(self.is_open())

    # -- who confirms ---------------------------------------------------------------

    def test_recorded_is_not_in_force(self):
        self.assertEqual(self.mandate.state, "to_confirm")
        self.assertFalse(self.is_open())
        self._confirm(self.mandate)
        self.assertEqual(self.mandate.state, "current")
        self.assertEqual(self.mandate.confirmed_by, self.officer)
        self.assertEqual(self.mandate.confirmed_on, TODAY)
        self.assertTrue(self.is_open())

    def test_who_recorded_it_does_not_confirm(self):
        """Also with the role of privacy officer besides."""
        self.hr.group_ids += self.env.ref("hr_career_focus.group_privacy_officer")
        with self.assertRaises(NotYours):
            self._confirm(self.mandate, self.hr)
        self.assertNotIn(self.mandate.id, self._waiting(self.hr))
        self.assertIn(self.mandate.id, self._waiting(self.officer))
        self.assertClosed()

    def test_who_changed_it_does_not_confirm(self):
        """The last to change it counts as who recorded it, and so does the first."""
        self.officer.group_ids += self.env.ref("hr_career_focus.group_policy")
        self.mandate.with_user(self.officer).write({"date_to": "2026-10-31"})
        for user in (self.officer, self.hr):
            with self.subTest(user=user.login), self.assertRaises(NotYours):
                self._confirm(self.mandate, user)
        other = self._login(
            "officer_two", "base.group_user,hr_career_focus.group_privacy_officer"
        )
        self._confirm(self.mandate, other)
        self.assertTrue(self.is_open())

    def test_the_holder_does_not_confirm(self):
        """Not as a privacy officer, and not as a desk holder with another mandate."""
        self.desk.group_ids += self.env.ref("hr_career_focus.group_privacy_officer")
        with self.assertRaises(NotYours):
            self._confirm(self.mandate, self.desk)
        self._confirm(self.mandate)
        next_one = self.Mandate.create(
            self._mandate_values(date_from="2027-01-01", date_to="2027-12-31")
        )
        with self.assertRaises(NotYours):
            self._confirm(next_one, self.desk)
        self._confirm(next_one)
        self.assertEqual(next_one.state, "upcoming")

    def test_strangers_do_not_confirm(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        away = new_test_user(
            self.env,
            "officer_away",
            "base.group_user,hr_career_focus.group_privacy_officer",
            company_id=elsewhere.id,
            company_ids=[(6, 0, elsewhere.ids)],
        )
        elsewhere.career_second_factor = False
        for user in (self.hr, self.staff, self.inside, self.outside, away):
            with self.subTest(user=user.login), self.assertRaises(NotYours):
                self._confirm(self.mandate, user)
        self.assertClosed()

    def test_a_desk_holder_confirms_while_in_force_only(self):
        other = new_test_user(self.env, "desk_two", f"base.group_user,{GROUP_DESK}")
        other.write(
            {"company_ids": [(6, 0, self.company.ids)], "company_id": self.company.id}
        )
        second = self.Mandate.create(self._mandate_values(user_id=other.id))
        with self.assertRaises(NotYours):
            self._confirm(self.mandate, other)
        self._confirm(second)
        self._confirm(self.mandate, other)
        self.assertTrue(self.is_open())
        self.mandate.write({"date_to": "2026-11-30"})
        second.action_archive()
        with self.assertRaises(NotYours):
            self._confirm(self.mandate, other)

    def test_a_role_as_superuser_is_no_second_person(self):
        """`sudo()` gives rights, not a second pair of eyes."""
        env = self.env(user=self.hr, su=True)
        with self.assertRaises(NotYours):
            mandates.confirm(env, self.mandate)
        self.assertClosed()

    # -- every way around it --------------------------------------------------------

    def test_not_by_writing(self):
        for values in (
            {"confirmed_by": self.officer.id},
            {"confirmed_on": TODAY},
            {"confirmed_by": self.officer.id, "confirmed_on": TODAY},
            {"confirmation": "0" * 16 + "." + "0" * 64},
            {"recorded_by": self.staff.id},
            {"recorded_by": False},
        ):
            for records in (self.mandate, self.mandate.sudo()):
                case = self.subTest(values=values, su=records.env.su)
                with case, self.assertRaises(UserError):
                    records.write(values)
        self.assertClosed()

    def test_not_by_writing_a_computed_field(self):
        """What is computed takes no value: the state stays as it is."""
        for values in ({"is_confirmed": True}, {"state": "current"}):
            self.mandate.write(values)
            self.env.invalidate_all()
            self.assertEqual(self.mandate.state, "to_confirm")
        self.assertClosed()

    def test_not_by_creating(self):
        given = {"confirmed_by": self.officer.id, "confirmed_on": TODAY}
        values = self._mandate_values(date_from="2027-01-01", date_to="2027-12-31")
        with self.assertRaises(UserError):
            self.Mandate.create({**values, **given})
        defaults = {f"default_{name}": value for name, value in given.items()}
        made = self.Mandate.with_context(**defaults).create(values)
        self.assertFalse(made.confirmed_by or made.confirmed_on or made.is_confirmed)
        self.assertEqual(made.recorded_by, self.hr)
        self.assertClosed()

    def test_not_by_the_company(self):
        with self.assertRaises(UserError):
            self.company.sudo().write(
                {
                    "career_mandate_ids": [
                        (1, self.mandate.id, {"confirmed_by": self.officer.id})
                    ]
                }
            )
        self.assertClosed()

    def test_not_by_import(self):
        columns = ["user_id/.id", "company_id/.id", "date_from", "date_to"]
        columns += ["appointed_by", "secrecy_statement", "secrecy_date"]
        row = [str(self.desk.id), str(self.company.id), "2027-01-01", "2027-12-31"]
        row += ["The board", "True", "2026-06-01"]
        result = self.Mandate.load(columns, [row])
        made = self.Mandate.browse(result["ids"])
        self.assertEqual((len(made), made.state), (1, "to_confirm"))
        made.unlink()
        extra = [*row, str(self.officer.id), "2026-06-01"]
        columns += ["confirmed_by/.id", "confirmed_on"]
        result = self.Mandate.load(columns, [extra])
        self.assertFalse(result["ids"])
        self.assertClosed()

    def test_not_by_copying(self):
        self._confirm(self.mandate)
        copied = self.mandate.with_user(self.hr).copy(
            {"date_from": "2027-01-01", "date_to": "2027-12-31"}
        )
        self.assertFalse(copied.confirmed_by or copied.is_confirmed)
        self.assertEqual(copied.state, "to_confirm")

    def test_not_by_sql(self):
        """Neither invented columns, nor those of a mandate that was confirmed."""
        other = new_test_user(self.env, "desk_two", f"base.group_user,{GROUP_DESK}")
        good = self.Mandate.create(self._mandate_values(user_id=other.id))
        self._confirm(good)
        self.assertTrue(self.is_open(other))
        self.env.cr.execute(
            "UPDATE hr_career_mandate SET confirmed_by = good.confirmed_by,"
            " confirmed_on = good.confirmed_on, confirmation = good.confirmation"
            " FROM hr_career_mandate good WHERE good.id = %s"
            " AND hr_career_mandate.id = %s",
            [good.id, self.mandate.id],
        )
        self.assertClosed()

    def test_not_by_sql_on_what_was_confirmed(self):
        """A holder, a date or a task changed in the table closes the desk."""
        self._confirm(self.mandate)
        self.assertTrue(self.is_open())
        for column, value in (
            ("date_to", "'2035-12-31'"),
            ("user_id", str(self.staff.id)),
            ("appointed_by", '\'{"en_US": "The owner"}\''),
            ("scope", '\'{"en_US": "Everything"}\''),
            ("confirmed_by", str(self.hr.id)),
        ):
            with self.subTest(column), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(
                    f"UPDATE hr_career_mandate SET {column} = {value} WHERE id = %s",
                    [self.mandate.id],
                )
                self.assertFalse(self.is_open())
                savepoint.rollback()
        self.assertTrue(self.is_open())

    def test_not_by_the_public_method(self):
        """What a remote call reaches opens the page, and no more."""
        action = self.mandate.action_confirm()
        self.assertEqual(action["params"], {"path": "/focus/confirm"})
        self.assertClosed()

    def test_the_seal_is_read_by_nobody(self):
        self._confirm(self.mandate)
        for user in (self.hr, self.officer, self.staff):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.mandate.with_user(user).read(["confirmation"])
            self.assertTrue(self.mandate.with_user(user).read(["confirmed_by"]))

    # -- changes --------------------------------------------------------------------

    def test_changes_are_confirmed_anew(self):
        for values in (
            {"date_to": "2026-11-30"},
            {"scope": "Something else"},
            {"appointed_by": "The owner"},
        ):
            with self.subTest(**values):
                self._confirm(self.mandate)
                self.assertTrue(self.is_open())
                self.mandate.write(values)
                self.assertFalse(self.is_open())
                self.assertFalse(self.mandate.confirmed_by)
                self.assertEqual(self.mandate.state, "to_confirm")

    def test_what_stays_the_same_needs_no_second_person(self):
        self._confirm(self.mandate)
        self.mandate.write({"date_to": "2026-12-31", "secrecy_date": "2025-12-14"})
        self.assertTrue(self.is_open())

    def test_translating_the_task_is_a_change(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self._confirm(self.mandate)
        self.mandate.update_field_translations("scope", {"nl_NL": "Alles"})
        self.assertFalse(self.is_open())

    def test_withdrawing_takes_one_and_coming_back_takes_two(self):
        self._confirm(self.mandate)
        self.mandate.action_archive()
        self.assertFalse(self.is_open())
        self.assertEqual(self.mandate.confirmed_by, self.officer)
        self.mandate.action_unarchive()
        self.assertFalse(self.is_open())
        self.assertClosed()

    def test_coming_back_by_sql(self):
        self._confirm(self.mandate)
        self.mandate.action_archive()
        self.env.flush_all()
        self.env.cr.execute("UPDATE hr_career_mandate SET active = true")
        self.assertFalse(self.is_open())

    def test_what_changed_while_it_was_read_is_not_confirmed(self):
        [view] = self._views(self.officer)
        self.mandate.write({"date_to": "2026-10-31"})
        env = self.env(user=self.officer, su=False)
        with self.assertRaises(CaseworkError):
            mandates.confirm(env, self.mandate, seen=view.seen)
        self.assertFalse(self.is_open())
        [view] = self._views(self.officer)
        mandates.confirm(env, self.mandate, seen=view.seen)
        self.assertTrue(self.is_open())

    def test_confirmed_once(self):
        self._confirm(self.mandate)
        with self.assertRaises(CaseworkError):
            self._confirm(self.mandate)

    def test_who_can_confirm_is_told(self):
        mails = self.env["mail.mail"].sudo()
        mails.search([]).unlink()
        self.mandate.write({"date_to": "2026-10-31"})
        self.assertEqual(mails.search([]).mapped("email_to"), [self.officer.email])

    # -- from before ----------------------------------------------------------------

    def test_migration(self):
        self.env.flush_all()
        archived = self.Mandate.create(
            self._mandate_values(date_from="2027-01-01", date_to="2027-12-31")
        )
        archived.action_archive()
        self.assertFalse(self.is_open())
        self.env.flush_all()
        script = load_script(file_path(MIGRATION), "post_mandates")
        script.migrate(self.env.cr, "19.0.1.1.0")
        self.assertFalse(self.is_open())
        first_run.note(self.env.cr, True)
        script.migrate(self.env.cr, "19.0.1.1.0")
        self.assertTrue(self.is_open())
        self.assertFalse(self.mandate.confirmed_by)
        self.assertFalse(archived.is_confirmed)
        # A change asks for the second person there was none of.
        self.mandate.write({"date_to": date(2026, 11, 30)})
        self.assertFalse(self.is_open())

    def _views(self, user):
        return [
            one
            for one in mandates.waiting(self.env(user=user, su=False))
            if one.mandate_id == self.mandate.id
        ]

    def _waiting(self, user):
        found = mandates.waiting(self.env(user=user, su=False))
        return [one.mandate_id for one in found]
