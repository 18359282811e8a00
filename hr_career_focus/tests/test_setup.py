from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import Form, freeze_time, tagged

from ..engine.roles import GROUP_COACH, GROUP_DESK
from ..models import company_checklist as steps
from .common_people import TODAY, PeopleCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestChecklist(PeopleCase):
    """What the checklist finds, and that nothing opens without it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_ready()

    def _line(self, code):
        self.env.invalidate_all()
        lines = {line.code: line for line in steps.Checklist(self.company).lines()}
        self.assertEqual(tuple(lines), steps.STEPS)
        return lines[code]

    def _missing(self):
        self.env.invalidate_all()
        return [line.code for line in steps.Checklist(self.company).missing()]

    def test_everything_in_place_opens(self):
        """Positive control of every refusal below."""
        self.assertFalse(self._missing())
        self.company.career_live = True
        self.assertTrue(self.company.career_live)

    def test_fresh_company_misses_every_required_step(self):
        fresh = self.env["res.company"].create({"name": "Dune Works"})
        self.coach_outside.company_ids = self.company
        missing = [line.code for line in steps.Checklist(fresh).missing()]
        self.assertEqual(missing, list(steps.REQUIRED))
        with self._refused(ValidationError, "cannot be opened"):
            fresh.career_live = True

    def _assert_keeps_closed(self, code, actor):
        """One missing line closes the door, for ORM and remote calls alike."""
        self.assertEqual(self._missing(), [code])
        self.assertEqual(self._line(code).actor, actor)
        with self._refused(ValidationError, self._line(code).detail):
            self.company.career_live = True
        with self._refused(ValidationError, self._line(code).detail):
            call_kw(
                self.env["res.company"].with_user(self.env.ref("base.user_admin")),
                "write",
                [self.company.ids, {"career_live": True}],
                {},
            )

    def test_agreement(self):
        version = self.company.career_agreement_id.version_id
        version.action_withdraw_check()
        self._assert_keeps_closed(steps.AGREEMENT, steps.HR)
        version.action_mark_checked()
        self.assertFalse(self._missing())
        version.write({"valid_to": date(2026, 6, 14), "has_after_effect": False})
        version.action_mark_checked()
        self._assert_keeps_closed(steps.AGREEMENT, steps.HR)
        version.has_after_effect = True
        version.action_mark_checked()
        self.assertFalse(self._missing())
        version.rule_ids.action_archive()
        self._assert_keeps_closed(steps.AGREEMENT, steps.HR)
        self.company.career_agreement_id = False
        self._assert_keeps_closed(steps.AGREEMENT, steps.HR)

    def test_agreement_of_the_future(self):
        version = self.company.career_agreement_id.version_id
        version.valid_from = date(2026, 6, 16)
        self._assert_keeps_closed(steps.AGREEMENT, steps.HR)

    def test_agreement_without_a_version(self):
        self.company.career_agreement_id = self.env["hr.career.agreement"].create(
            {"name": "Empty"}
        )
        self._assert_keeps_closed(steps.AGREEMENT, steps.HR)

    def test_a_draft_of_the_next_version_keeps_nothing_closed(self):
        version = self.company.career_agreement_id.version_id
        version._next_version().valid_from = TODAY
        self.assertFalse(self._missing())

    def test_desk(self):
        with freeze_time("2027-01-01"):
            self._assert_keeps_closed(steps.DESK, steps.HR)
        self.desk.group_ids = [Command.unlink(self.ref(GROUP_DESK))]
        self._assert_keeps_closed(steps.DESK, steps.ADMINISTRATOR)
        self.assertIn("Administrator".lower(), self._line(steps.DESK).detail.lower())

    def test_external_coach(self):
        self.coach_outside.registration_ids.valid_until = date(2026, 6, 14)
        self._assert_keeps_closed(steps.COACHES, steps.HR)
        self.coach_outside.registration_ids.valid_until = TODAY
        self.outside.group_ids = [Command.unlink(self.ref(GROUP_COACH))]
        self._assert_keeps_closed(steps.COACHES, steps.ADMINISTRATOR)
        self.coach_outside.action_archive()
        self._assert_keeps_closed(steps.COACHES, steps.HR)

    def test_coaches_are_counted(self):
        self.assertIn("1 external and 1 internal", self._line(steps.COACHES).detail)

    def test_council(self):
        company = self.company
        for values, actor in (
            ({"career_council_document": False}, steps.HR),
            ({"career_council_date": date(2026, 6, 16)}, steps.WORKS_COUNCIL),
            ({"career_council_date": False}, steps.WORKS_COUNCIL),
        ):
            company.write(values)
            self._assert_keeps_closed(steps.COUNCIL, actor)
        company.career_council_none = True
        self.assertFalse(self._missing())

    def test_purpose(self):
        self.company.career_purpose = "  \n"
        self._assert_keeps_closed(steps.PURPOSE, steps.HR)

    def test_key_copy(self):
        self.company.career_key_copy_on = False
        self._assert_keeps_closed(steps.KEY_COPY, steps.ADMINISTRATOR)
        self.company.write(
            {"career_key_copy_stored": False, "career_key_copy_on": TODAY}
        )
        self._assert_keeps_closed(steps.KEY_COPY, steps.ADMINISTRATOR)

    def test_fifty_people_have_a_council(self):
        """Forty-nine may say there is none; with the fiftieth the line turns red."""
        self.env["hr.employee"].create(
            [
                {"name": f"Number {number}", "company_id": self.company.id}
                for number in range(49)
            ]
        )
        self.company.write(
            {
                "career_council_none": True,
                "career_council_date": False,
                "career_council_document": False,
            }
        )
        self.assertFalse(self._missing())
        fiftieth = self._employee("Number 50")
        self.assertEqual(self._missing(), [steps.COUNCIL])
        self.company.career_council_none = False
        with self._refused(ValidationError, "works council"):
            self.company.career_council_none = True
        fiftieth.active = False
        self.company.career_council_none = True
        self.assertFalse(self._missing())

    def test_advice_does_not_keep_the_door_closed(self):
        self.company.career_privacy_contact = False
        for code in steps.ADVISED:
            self.assertFalse(self._line(code).is_required)
        self.assertFalse(self._line(steps.CONTACT).is_done)
        self.company.career_live = True

    def test_mail(self):
        servers = self.env["ir.mail_server"]
        servers.search([]).action_archive()
        self.assertFalse(self._line(steps.MAIL).is_done)
        servers.create({"name": "Post", "smtp_host": "mail.example"})
        self.assertTrue(self._line(steps.MAIL).is_done)

    def test_logins(self):
        self.assertFalse(self._line(steps.LOGINS).is_done)
        self._employee("Ada Asker", self.staff)
        self.assertTrue(self._line(steps.LOGINS).is_done)
        self._employee("No Login")
        self.assertIn("1 of 2", self._line(steps.LOGINS).detail)

    def test_while_open_nothing_written_is_taken_away(self):
        self.company.career_live = True
        for values in (
            {"career_agreement_id": False},
            {"career_council_date": False},
            {"career_purpose": False},
            {"career_key_copy_stored": False},
        ):
            with self.subTest(**values), self._refused(ValidationError, "open"):
                self.company.write(values)
        self.company.career_purpose = "Better words."
        self.company.career_live = False
        self.company.write({"career_purpose": False})
        self.assertEqual(self._missing(), [steps.PURPOSE])

    def test_an_ended_mandate_does_not_block_other_changes(self):
        self.company.career_live = True
        with freeze_time("2027-01-01"):
            self.assertEqual(self._missing(), [steps.DESK])
            self.company.career_purpose = "Still to be corrected."
        self.assertTrue(self.company.career_live)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestSetup(PeopleCase):
    """The page itself, used by HR policy."""

    def _start(self, user=None):
        Setup = self.env["hr.career.setup"].with_user(user or self.hr)
        Setup = Setup.with_company(self.company)
        return Setup.browse(Setup.action_start()["res_id"])

    def _line(self, setup, code):
        return setup.line_ids.filtered(lambda line: line.code == code)

    def test_first_sight(self):
        setup = self._start()
        self.assertEqual(setup.line_ids.mapped("code"), list(steps.STEPS))
        self.assertEqual(
            setup.line_ids.mapped("number"), list(range(1, len(steps.STEPS) + 1))
        )
        self.assertFalse(setup.is_live)
        self.assertEqual(setup.required_count, 6)
        self.assertEqual(setup.done_count + setup.missing_count, 6)
        for line in setup.line_ids:
            self.assertTrue(line.detail and line.explanation and line.actor)

    def test_always_current(self):
        setup = self._start()
        line = self._line(setup, steps.DESK)
        self.assertFalse(line.is_done)
        mandate = self.env["hr.career.mandate"].create(self._mandate_values())
        self.env.invalidate_all()
        self.assertFalse(line.is_done)
        self.assertIn("second person", line.detail)
        self._confirm(mandate)
        self.env.invalidate_all()
        self.assertTrue(line.is_done)
        self.assertIn("2026", line.detail)

    def test_hr_goes_all_the_way(self):
        """The walk of a first-time user, through the forms, with HR rights only."""
        setup = self._start()
        agreement = self._agreement(verified_by=False, verified_on=False)
        with Form(setup, "hr_career_focus.setup_view_form_agreement") as form:
            form.agreement_id = agreement
        action = self._line(setup, steps.AGREEMENT).action_open()
        version = agreement.version_id
        self.assertEqual(action["res_model"], version._name)
        self.assertEqual(action["res_id"], version.id)
        version.with_user(self.hr).action_mark_checked()
        with Form(self.env["hr.career.mandate"].with_user(self.hr)) as form:
            form.user_id = self.desk
            form.appointed_by = "The board"
            form.secrecy_statement = True
        self.assertEqual(form.record.date_to, date(2028, 6, 14))
        self._confirm(form.record)
        form.record.company_id = self.company
        with Form(setup, "hr_career_focus.setup_view_form_council") as form:
            form.council_date = date(2026, 5, 3)
            form.council_document = "Minutes"
        with Form(setup, "hr_career_focus.setup_view_form_purpose") as form:
            form.use_model_text = True
        with Form(setup, "hr_career_focus.setup_view_form_key_copy") as form:
            form.key_copy_stored = True
        with Form(setup, "hr_career_focus.setup_view_form_contact") as form:
            form.privacy_contact = "privacy@example.com"
        self.env.invalidate_all()
        self.assertEqual(setup.missing_count, 0, setup.line_ids.mapped("detail"))
        self.assertEqual(setup.progress, 100)
        self.assertEqual(self.company.career_key_copy_on, TODAY)
        self.assertIn("think about your work", self.company.career_purpose)
        setup.action_open_for_employees()
        self.assertTrue(self.company.career_live)
        self.assertTrue(self._start().is_live)
        setup.action_close_for_employees()
        self.assertFalse(self.company.career_live)

    def test_model_text_never_overwrites(self):
        self.company.career_purpose = "Our own words."
        setup = self._start()
        with Form(setup, "hr_career_focus.setup_view_form_purpose") as form:
            form.purpose = "Our better words."
        self.assertEqual(self.company.career_purpose, "Our better words.")
        setup.use_model_text = True
        setup._onchange_use_model_text()
        self.assertEqual(self.company.career_purpose, "Our better words.")

    def test_no_council_empties_the_decision(self):
        self.company.write(
            {"career_council_date": TODAY, "career_council_document": "Minutes"}
        )
        with Form(self._start(), "hr_career_focus.setup_view_form_council") as form:
            form.council_none = True
        self.assertTrue(self.company.career_council_none)
        self.assertFalse(self.company.career_council_date)
        self.assertFalse(self.company.career_council_document)

    def test_button_refuses_while_something_is_missing(self):
        setup = self._start()
        with self._refused(ValidationError, "cannot be opened"):
            setup.action_open_for_employees()
        self._make_ready()
        self.env.invalidate_all()
        setup.action_open_for_employees()
        self.assertTrue(self.company.career_live)

    def test_hr_policy_only(self):
        for user in (self.staff, self.desk, self.inside, self.outside):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._start(user)
        self.assertTrue(self._start(self.hr))

    def test_own_companies_only(self):
        other = self.env["res.company"].create({"name": "Dune Works"})
        Setup = self.env["hr.career.setup"].with_user(self.hr)
        with self.assertRaises(AccessError):
            Setup.create({"company_id": other.id})
        setup = self._start()
        with self.assertRaises(AccessError):
            setup.write({"company_id": other.id, "purpose": "Elsewhere"})
            setup.flush_recordset()
        self.assertFalse(other.career_purpose)
        setup.write({"purpose": "Here"})
        self.assertEqual(self.company.career_purpose, "Here")

    def test_hr_does_not_write_the_company_otherwise(self):
        company = self.company.with_user(self.hr)
        for values in ({"career_live": True}, {"career_purpose": "x"}, {"name": "x"}):
            with self.subTest(**values), self.assertRaises(AccessError):
                company.write(values)

    def test_every_step_opens_something(self):
        administrator = self._login(
            "both_people", "hr.group_hr_manager,base.group_system"
        )
        self._make_ready()
        for user in (self.hr, administrator):
            setup = self._start(user)
            for line in setup.line_ids.filtered("can_open"):
                with self.subTest(user=user.login, step=line.code):
                    self.assertTrue(line.button_label)
                    action = line.action_open()
                    self.env[action["res_model"]].check_access("read")
                    view_id = action["views"][0][0]
                    self.env[action["res_model"]].with_user(user).get_view(
                        view_id, action["views"][0][1]
                    )
        self.assertTrue(self._line(setup, steps.MAIL).can_open)
        self.assertFalse(self._line(self._start(), steps.MAIL).can_open)
        self.assertFalse(self._line(self._start(), steps.DESK).needs_login)
        action = self._line(setup, steps.DESK).action_open_logins()
        self.assertEqual(action["res_model"], "res.users")

    def test_key_path_is_for_the_administrator(self):
        setup = self._start()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            setup.read(["key_path"])
        self.assertNotIn("key_path", setup.fields_get())
        self.assertTrue(setup.sudo().key_path)
