"""What changes from one version to the next, and what a check brings about."""

from datetime import date
from decimal import Decimal

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..models.agreement_comparison import GONE, NEW, SAME, Comparison
from ..models.entitlement_rule_choices import RULE_TERMS
from .common_entitlement import EntitlementCase, VersionCase

TODAY = "2026-11-21 12:00:00"


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestComparison(VersionCase):
    def setUp(self):
        super().setUp()
        self.rule.min_service_months = 12
        self.following = self.version._next_version()
        self.new_rule = self.following.rule_ids.filtered(
            lambda rule: rule.code == self.rule.code
        )

    def changes(self):
        found = Comparison(self.version, self.following).changes()
        return {change.name: change for change in found}

    def lines(self):
        return [self.plain(line) for line in self.changes()["Career guidance"].lines]

    def test_nothing_changes(self):
        self.assertEqual({one.kind for one in self.changes().values()}, {SAME})

    def test_term_by_term(self):
        for terms, line in (
            ({"quantity": 1500}, "From 1,000.00 € to 1,500.00 €"),
            ({"min_service_months": 0}, "No longer: at least 1 year of service"),
            ({"min_age": 45}, "New: from the age of 45"),
            (
                {"interval_months": 36},
                "From every 5 years, counted from the first use to every 3 years, "
                "counted from the first use",
            ),
            ({"prorate_fte": True}, "New: a part for part-timers"),
            (
                {"article": "article 13"},
                "Article: from “article 12” to “article 13”",
            ),
            (
                {"coach_choice": "list"},
                "Choice of coach: from “The employee chooses freely” to “The employee "
                "chooses from the list”",
            ),
            (
                {"min_hours": 15, "hours_exclusive": True},
                "New: more than 15 hours a week",
            ),
        ):
            with self.subTest(**terms):
                before = {name: self.new_rule[name] for name in terms}
                self.new_rule.write(terms)
                self.assertEqual(self.lines(), [line])
                self.new_rule.write(before)
        self.assertEqual(self.lines(), [])

    def test_every_term_that_decides_shows(self):
        """A change that the check notices is a change that the comparison tells."""
        student = self.env.ref("hr_career_focus.staff_category_student")
        self.rule.write({"interval_kind": "accrual", "prorate_fte": True})
        self.rule.write({"min_hours": 10})
        other = {
            "article": "other",
            "unit": "hours",
            "quantity": 7,
            "currency_id": self.env.ref("base.USD").id,
            "interval_kind": "once",
            "interval_months": 7,
            "block_origin": "2026-02-01",
            "accrual_timing": "at_end",
            "cap": 7,
            "saving_months": 7,
            "advance_periods": 1,
            "prorate_fte": False,
            "full_time_hours": 7,
            "prorate_part": True,
            "contract_types": "permanent",
            "min_term_months": 7,
            "min_hours": 7,
            "hours_exclusive": True,
            "min_service_months": 7,
            "max_service_months": 77,
            "min_age": 7,
            "excluded_category_ids": [Command.set(student.ids)],
            "coach_choice": "employer",
            "consultation": "inform",
            "payer": "own_claim",
            "exit_policy": "lapses",
            "output_rule": "advice_to_employee",
            "valid_from": "2026-07-07",
            "valid_to": "2026-07-07",
        }
        compared = set(RULE_TERMS) - {"code", "basis", "improves_rule_id"}
        self.assertEqual(set(other), compared)
        for name, value in other.items():
            with self.subTest(name=name):
                copy = self.rule.copy({"name": "Copy"})
                comparison = Comparison(self.version, self.following)
                self.assertFalse(list(comparison.term_changes(self.rule, copy)))
                copy[name] = value
                self.assertTrue(list(comparison.term_changes(self.rule, copy)))

    def test_new_and_gone(self):
        self.following.rule_ids.filtered(lambda rule: rule.code == "scan").unlink()
        self.new_rule.copy({"name": "Advice", "unit": "sessions", "quantity": 3})
        changes = self.changes()
        self.assertEqual(changes["Scan"].kind, GONE)
        self.assertEqual(changes["Advice"].kind, NEW)
        self.assertIn("3 sessions once every 5 years", changes["Advice"].lines[0])

    def test_the_page_says_it(self):
        self.new_rule.quantity = 1500
        page = (
            self.env["hr.career.agreement.comparison"]
            .with_user(self.policy)
            .with_context(lang="en_US")
            .create(
                {
                    "old_version_id": self.version.id,
                    "new_version_id": self.following.id,
                }
            )
        )
        text = self.plain(html.fromstring(str(page.result)).text_content())
        self.assertIn("From 1,000.00 € to 1,500.00 €", text)
        self.assertIn(
            "It applied: From 1 January 2024 until 31 December 2025. Now it applies: "
            "From 1 January 2026 until 31 December 2027.",
            text,
        )
        page.action_swap()
        self.assertIn("From 1,500.00 € to 1,000.00 €", self.plain(page.result))
        document = self.env["ir.actions.report"]._render_qweb_html(
            "hr_career_focus.agreement_comparison_document", page.ids
        )[0]
        self.assertIn("From 1,500.00", self.plain(document.decode()))
        page.new_version_id = False
        self.assertFalse(page.result)

    def test_two_agreements(self):
        other = self.agreement.copy({"name": "CAO Uitgevers"})
        self.assertTrue(Comparison(self.version, other.version_ids).changes())

    def test_only_hr_policy_compares(self):
        model = self.env["hr.career.agreement.comparison"]
        self.assertTrue(model.with_user(self.policy).create({}))
        with self.assertRaises(AccessError):
            model.with_user(self.employee_user).create({})

    def test_the_button_takes_the_version_before(self):
        context = self.following.action_compare()["context"]
        self.assertEqual(context["default_old_version_id"], self.version.id)
        self.assertEqual(context["default_new_version_id"], self.following.id)


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestConfirmation(VersionCase):
    """Before a check counts, HR reads what it brings about."""

    def setUp(self):
        super().setUp()
        self.following = self.version._next_version()
        self.following.valid_from = "2026-01-01"

    def wizard(self, version):
        action = version.with_user(self.policy).action_ask_check()
        return (
            self.env[action["res_model"]]
            .with_user(self.policy)
            .browse(action["res_id"])
        )

    def test_a_past_first_day_is_told_with_numbers_of_rights(self):
        guidance, scan = self.following.rule_ids
        guidance.quantity = 1500
        scan.unlink()
        guidance.copy({"name": "Advice"})
        guidance.copy({"name": "Training"})
        wizard = self.wizard(self.following)
        self.assertTrue(wizard.is_retroactive)
        self.assertEqual(wizard.before_id, self.version)
        self.assertEqual(
            (
                wizard.new_count,
                wizard.changed_count,
                wizard.gone_count,
                wizard.same_count,
            ),
            (2, 1, 1, 0),
        )
        self.assertIn("1,500.00", wizard.result)
        with self.assertRaisesRegex(UserError, "tick that you did"):
            wizard.action_confirm()
        self.assertFalse(self.following.is_verified)
        wizard.has_compared = True
        wizard.action_confirm()
        self.assertTrue(self.following.is_verified)
        self.assertEqual(self.following.verified_by, "Petra Policy")
        self.assertEqual(str(self.following.registered_on), "2026-11-21")

    def test_a_coming_first_day_is_not_a_past_one(self):
        self.following.valid_from = "2026-11-21"
        self.assertFalse(self.wizard(self.following).is_retroactive)
        self.following.valid_from = "2026-11-20"
        self.assertTrue(self.wizard(self.following).is_retroactive)

    def test_the_first_version_has_nothing_before_it(self):
        fresh = self.agreement.copy().version_ids.filtered(
            lambda one: one.name == "2024-2025"
        )
        fresh.agreement_id.version_ids.filtered(lambda one: one != fresh).unlink()
        wizard = self.wizard(fresh)
        self.assertTrue(wizard.is_first)
        self.assertEqual(wizard.new_count, 2)
        self.assertFalse(wizard.result)

    def test_it_counts_rights_and_never_people(self):
        """It reads no model that has anything about a person in it."""
        reach = {
            field.comodel_name
            for name, field in self.env["hr.career.agreement.check"]._fields.items()
            if field.relational and name not in ("create_uid", "write_uid")
        }
        self.assertEqual(reach, {"hr.career.agreement.version"})

    def test_what_was_granted_stays(self):
        """A lower text with a past first day takes nothing from what was granted."""
        self.following.rule_ids[0].quantity = 400
        wizard = self.wizard(self.following)
        wizard.has_compared = True
        wizard.action_confirm()
        rules = (self.version | self.following).rule_ids._engine_rules()
        guidance = [rule for rule in rules if rule.key == self.rule.right_key]
        self.assertEqual([rule.text.registered for rule in guidance].count(None), 0)
        text = guidance[0].agreement
        before = text.version_on(date(2026, 6, 1), known=date(2026, 6, 1))
        self.assertEqual(before.key, str(self.version.id), "what counted on the day")
        now = text.version_on(date(2026, 6, 1))
        self.assertEqual(now.key, str(self.following.id))

    def test_employees_confirm_nothing(self):
        with self.assertRaises(AccessError):
            self.env["hr.career.agreement.check"].with_user(self.employee_user).create(
                {"version_id": self.following.id}
            )


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestNothingIsTaken(EntitlementCase):
    """A lower text, registered in November for the whole of the year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement = cls.agreement.copy({"name": "CAO of 2024"})
        cls.company.career_agreement_id = cls.agreement
        cls.version = cls.agreement.version_ids
        cls.rule = cls.version.rule_ids
        cls.rule.min_service_months = 0
        cls.version.write(
            {
                "valid_from": "2024-01-01",
                "verified_by": "Petra Policy",
                "verified_on": "2024-01-20",
            }
        )
        cls.lower = cls.version._next_version()
        cls.lower.valid_from = "2026-01-01"
        cls.lower.rule_ids.quantity = 400

    def test_a_right_granted_before_the_check_keeps_its_size(self):
        employee = self.hire()
        use = self.use(300, "2026-03-01", granted=Decimal(1000))
        self.assertEqual(self.answer(employee, uses=[use]).answer.left, 700)
        self.lower.with_user(self.policy).action_mark_checked()
        self.assertEqual(self.answer(employee, uses=[use]).answer.left, 700)

    def test_what_counted_on_the_day_counts_without_a_record_too(self):
        """The use was made under the text that was known then."""
        employee = self.hire()
        self.lower.with_user(self.policy).action_mark_checked()
        use = self.use(300, "2026-03-01")
        self.assertEqual(self.answer(employee, uses=[use]).answer.left, 700)

    def test_whoever_begins_afterwards_has_the_new_text(self):
        """The positive control: the lower text is in force."""
        employee = self.hire()
        self.assertEqual(self.answer(employee).answer.left, 1000)
        self.lower.with_user(self.policy).action_mark_checked()
        answer = self.answer(employee)
        self.assertEqual(answer.answer.left, 400)
        self.assertEqual(answer.rule, self.lower.rule_ids)

    def test_a_draft_changes_nothing(self):
        self.assertEqual(self.answer(self.hire()).answer.left, 1000)
