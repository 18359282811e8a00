"""Rights as HR writes them: what is refused, what is cleared, what is said in words."""

from datetime import date
from itertools import product

from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from ..engine import values
from ..models.entitlement_rule_choices import MATTERS
from .common_entitlement import AgreementCase

#: A right that is saved up, with every term of an accrual filled in.
ACCRUAL = {
    "interval_kind": "accrual",
    "interval_months": 12,
    "block_origin": "2022-01-01",
    "accrual_timing": "at_end",
    "cap": 4500,
    "saving_months": 36,
    "advance_periods": 3,
    "prorate_part": True,
}


class RuleCase(AgreementCase):
    def plain(self, text):
        """Return a text without the spaces that must not break."""
        return (text or "").replace("\xa0", " ")

    def refused_by_database(self, message, **changes):
        with (
            self.assertRaises(IntegrityError) as refusal,
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.rule.write(changes)
            self.rule.flush_recordset()
        self.assertIn(message, self.rule._sql_error_to_message(refusal.exception))
        self.rule.invalidate_recordset()

    def refused(self, message, **changes):
        with self.assertRaisesRegex(ValidationError, message), self.cr.savepoint():
            self.rule.write(changes)
            self.rule.flush_recordset()
        self.rule.invalidate_recordset()


@tagged("post_install", "-at_install")
class TestTerms(RuleCase):
    def test_terms_that_make_no_sense_are_refused(self):
        """Quantity, months, limits, currency and dates."""
        self.refused_by_database("more than zero", quantity=0)
        self.refused_by_database("more than zero", quantity=-1)
        for name in (
            "interval_months",
            "min_term_months",
            "min_service_months",
            "max_service_months",
        ):
            self.refused_by_database("months is zero or more", **{name: -1})
            self.refused_by_database("1200 at most", **{name: 1201})
        for name in ("min_hours", "min_age"):
            self.refused_by_database("zero or more", **{name: -1})
        self.rule.write(ACCRUAL)
        for name in ("cap", "advance_periods"):
            self.refused_by_database("zero or more", **{name: -1})
        self.refused_by_database("months is zero or more", saving_months=-1)
        self.refused_by_database("needs a currency", currency_id=False)
        self.refused_by_database(
            "cannot end before it starts",
            valid_from="2026-01-01",
            valid_to="2025-12-31",
        )

    def test_terms_at_the_limit_are_accepted(self):
        self.rule.write(
            {
                "quantity": 0.01,
                "interval_months": 1200,
                "min_service_months": 0,
                "valid_from": "2026-01-01",
                "valid_to": "2026-01-01",
            }
        )
        self.rule.flush_recordset()
        self.rule.write({"unit": "hours", "currency_id": False, "quantity": 2.5})
        self.rule.flush_recordset()
        self.assertEqual(self.rule.quantity, 2.5)

    def test_what_is_counted_is_whole(self):
        for unit in values.COUNTED:
            with self.subTest(unit=unit):
                self.rule.write({"unit": unit, "quantity": 6})
                self.refused("whole numbers", quantity=6.5)
        self.rule.unit = "days"
        self.rule.quantity = 6.5

    def test_a_percentage_is_of_one_thing_and_saved_up(self):
        self.refused("is an amount of money", basis="salary_percent", unit="hours")
        self.refused("counted in hours", basis="hours_percent", unit="days")
        self.refused("period after period", basis="salary_percent", quantity=1.5)
        self.refused(
            "a hundred percent", basis="salary_percent", quantity=101, **ACCRUAL
        )
        self.rule.write({"basis": "salary_percent", "quantity": 1.5, **ACCRUAL})
        self.rule.write({"basis": "hours_percent", "unit": "hours", "quantity": 100})
        (engine_rule,) = self.rule._engine_rules()
        self.assertEqual(engine_rule.basis, values.HOURS_PERCENT)

    def test_a_right_that_nobody_would_ever_have_is_refused(self):
        self.refused("nobody", min_service_months=36, max_service_months=36)
        self.rule.write({"min_service_months": 35, "max_service_months": 36})

    def test_an_agreement_ends_after_it_starts(self):
        self.version.write({"valid_from": "2026-01-01", "valid_to": "2026-01-01"})
        self.version.flush_recordset()
        with (
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.version.valid_to = "2025-12-31"
            self.version.flush_recordset()

    def test_whatever_is_accepted_the_engine_takes(self):
        """No combination of choices gets past the constraints and fails there."""
        tried = taken = 0
        for unit, basis, kind in product(
            values.UNITS, values.BASES, (*values.INTERVAL_KINDS, False)
        ):
            vals = self.rule_values(
                self.version,
                name=f"{unit} {basis} {kind}",
                unit=unit,
                basis=basis,
                interval_kind=kind,
                quantity=2,
                interval_months=12,
                block_origin="2022-01-01",
                cap=3,
            )
            tried += 1
            try:
                with self.cr.savepoint():
                    rule = self.rule.create(vals)
            except ValidationError:
                self.assertNotEqual(basis, values.FIXED)
                continue
            taken += 1
            (engine_rule,) = rule._engine_rules()
            self.assertEqual(engine_rule.unit, unit)
            self.assertTrue(rule.summary)
            self.assertEqual(bool(rule.missing), not kind)
        self.assertEqual(tried, len(values.UNITS) * len(values.BASES) * 7)
        # Every fixed right, and each percentage saved up, or when that is not known.
        self.assertEqual(taken, len(values.UNITS) * 7 + 4)


@tagged("post_install", "-at_install")
class TestCode(RuleCase):
    def test_a_code_is_made_from_the_name(self):
        self.assertEqual(self.rule.code, "career-guidance")
        self.assertEqual(self.rule.right_key, f"{self.agreement.id}/career-guidance")
        again = self.rule.copy()
        self.assertEqual(again.code, "career-guidance-2")
        both = self.rule.create(
            [self.rule_values(self.version, name="Scan (extra)") for _each in "ab"]
        )
        self.assertEqual(both.mapped("code"), ["scan-extra", "scan-extra-2"])

    def test_where_versions_meet_a_right_is_named_with_its_own(self):
        self.assertEqual(self.rule.display_name, "Career guidance")
        told = self.rule.with_context(with_version=True).display_name
        self.assertEqual(told, "Career guidance (CAO Omroep, Text in force)")

    def test_the_code_says_that_two_wordings_are_one_right(self):
        following = self.version._next_version()
        self.assertEqual(following.rule_ids.right_key, self.rule.right_key)
        other = self.rule.copy({"version_id": self.version.copy().id, "code": "own"})
        self.assertEqual(other.right_key, f"{self.agreement.id}/own")

    def test_codes_are_unique_and_whole(self):
        self.refused("without a slash", code="a/b")
        self.refused("without a slash", code=" ")
        with (
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.rule.create(self.rule_values(self.version, code=self.rule.code))
        self.rule.create(self.rule_values(self.version, code="other"))


@tagged("post_install", "-at_install")
class TestWhatMatters(RuleCase):
    def test_what_does_not_matter_is_cleared(self):
        """Over RPC and in imports too: nothing counts that the form does not show."""
        self.rule.write(ACCRUAL)
        self.rule.write({"prorate_fte": True, "full_time_hours": 36})
        self.assertEqual(self.rule.cap, 4500)
        self.rule.interval_kind = "rolling_start"
        for name in set(ACCRUAL) - {"interval_kind", "interval_months"}:
            self.assertFalse(self.rule[name], name)
        self.rule.prorate_fte = False
        self.assertFalse(self.rule.full_time_hours)
        self.rule.interval_kind = "once"
        self.assertFalse(self.rule.interval_months)
        self.rule.unit = "hours"
        self.assertFalse(self.rule.currency_id)
        self.rule.write({"min_hours": 15, "hours_exclusive": True})
        self.assertTrue(self.rule.hours_exclusive)
        self.rule.min_hours = 0
        self.assertFalse(self.rule.hours_exclusive)
        made = self.rule.create(
            self.rule_values(self.version, interval_kind="once", cap=10)
        )
        self.assertFalse(made.cap)

    def test_the_form_clears_it_at_once(self):
        with Form(self.rule) as form:
            form.interval_kind = "accrual"
            self.assertEqual(form.accrual_timing, "at_start")
            form.cap = 5000
            form.prorate_fte = True
            form.full_time_hours = 36
            form.interval_kind = "rolling_start"
            self.assertFalse(form.cap)
            form.basis = "hours_percent"
            self.assertEqual(form.unit, "hours")
            self.assertEqual(form.interval_kind, "accrual")
            self.assertFalse(form.prorate_fte)
            self.assertFalse(form.full_time_hours)
            form.basis = "fixed"
            form.unit = "amount"
            self.assertTrue(form.currency_id)
            form.interval_kind = "once"
            form.quantity = 500
        self.assertEqual(self.rule.interval_kind, "once")

    def test_the_form_asks_for_a_currency_only_for_money(self):
        with Form(self.env["hr.career.entitlement.rule"]) as form:
            form.version_id = self.version
            form.name = "Scan"
            form.unit = "scans"
            form.quantity = 1
            form.interval_months = 24
        self.assertEqual(form.record.unit, "scans")

    def test_the_form_hides_what_the_server_clears(self):
        """The two are written apart, so they are compared for every choice."""
        arch = etree.fromstring(self.rule.get_view(view_type="form")["arch"])
        hidden = {
            node.get("name"): node.get("invisible")
            for node in arch.iter("field")
            if node.get("name") in MATTERS
        }
        self.assertEqual(set(hidden), set(MATTERS))
        choices = {
            "unit": values.UNITS,
            "basis": values.BASES,
            "interval_kind": values.INTERVAL_KINDS,
            "contract_types": ("all", *values.CONTRACT_TYPES),
            "prorate_fte": (True, False),
            "min_hours": (0, 15),
        }
        for combination in product(*choices.values()):
            rule = self.rule.new(dict(zip(choices, combination, strict=True)))
            terms = {name: rule[name] for name in choices}
            for name, matters in MATTERS.items():
                self.assertEqual(
                    bool(safe_eval(hidden[name], terms)),
                    not matters(rule),
                    (name, terms),
                )


@tagged("post_install", "-at_install")
class TestWords(RuleCase):
    """Everything a right says is said in words, and nothing it does not say."""

    NEUTRAL = (
        "The employee chooses the coach freely. The employer pays. It can be used "
        "until the last day of work."
    )

    def says(self, **terms):
        self.rule.write(terms)
        return self.plain(self.rule.terms)

    def test_when_it_comes_back(self):
        for terms, sentence in (
            ({}, "1,000.00 € once every 5 years, counted from the first use."),
            (
                {"interval_kind": "rolling_completion", "interval_months": 18},
                "1,000.00 € once every 18 months, counted from the day on which the "
                "traject has ended.",
            ),
            (
                {
                    "interval_kind": "calendar_block",
                    "interval_months": 24,
                    "block_origin": "2026-01-01",
                },
                "1,000.00 € in every block of 2 years of the calendar. One block "
                "begins on 1 January 2026.",
            ),
            (
                {"interval_kind": "employment_years", "interval_months": 60},
                "1,000.00 € in every 5 years of service, counted from the first day "
                "of work.",
            ),
            ({"interval_kind": "once"}, "1,000.00 € once, and never again."),
            (
                {"interval_kind": False},
                "1,000.00 €; when it comes back is still to be looked up.",
            ),
            (
                {"interval_kind": "accrual", "interval_months": 1},
                "Every period of 1 month adds 1,000.00 € at its start. The "
                "periods are counted from the first day of work. What is saved is "
                "kept for good.",
            ),
            (
                ACCRUAL,
                "Every period of 1 year adds 1,000.00 € once it is over. One period "
                "begins on 1 January 2022. At most 4,500.00 € can be saved. What is "
                "not used within 3 years after it was added is lost. The 3 coming "
                "periods can be used in advance. Who starts halfway gets the months "
                "that are left; a month that has begun counts whole.",
            ),
        ):
            with self.subTest(**terms):
                self.assertEqual(self.says(**terms), f"{sentence} {self.NEUTRAL}")
                self.assertTrue(sentence.startswith(self.plain(self.rule.summary)))

    def test_how_much(self):
        for terms, start in (
            ({"unit": "hours", "quantity": 7.5}, "7.50 hours once every"),
            ({"unit": "days", "quantity": 1}, "1 day once every"),
            ({"unit": "sessions", "quantity": 5}, "5 sessions once every"),
            ({"unit": "scans", "quantity": 1}, "1 scan once every"),
            ({"unit": "vouchers", "quantity": 2}, "2 vouchers once every"),
            ({"unit": "trajects", "quantity": 1}, "1 traject once every"),
            (
                {
                    "basis": "salary_percent",
                    "unit": "amount",
                    "currency_id": self.env.ref("base.EUR").id,
                    "quantity": 1.5,
                    "interval_kind": "accrual",
                },
                "Every period of 5 years adds 1.50% of the monthly wage",
            ),
            (
                {"basis": "hours_percent", "unit": "hours", "quantity": 2},
                "Every period of 5 years adds 2% of the contract hours",
            ),
        ):
            with self.subTest(**terms):
                self.assertTrue(self.says(**terms).startswith(start), self.rule.terms)

    def test_for_whom(self):
        kinds = self.env["hr.career.staff.category"].search(
            [("code", "in", ["student", "on_call"])]
        )
        for terms, sentence in (
            ({"prorate_fte": True}, "Part-timers get their part of it."),
            ({"full_time_hours": 36}, "part of it; full time is 36 hours a week."),
            ({"contract_types": "permanent"}, "It is for permanent contracts only."),
            ({"contract_types": "fixed_term"}, "It is for fixed-term contracts only."),
            (
                {"min_term_months": 24},
                "It is for fixed-term contracts of at least 2 years only.",
            ),
            (
                {"contract_types": "all"},
                "A fixed-term contract must last at least 2 years.",
            ),
            ({"min_hours": 15}, "The contract has at least 15 hours a week."),
            ({"hours_exclusive": True}, "The contract has more than 15 hours a week."),
            (
                {"min_service_months": 12},
                "Somebody has this right after 1 year of service.",
            ),
            (
                {"max_service_months": 36},
                "It exists in the first 3 years of service only.",
            ),
            ({"min_age": 57}, "It begins at the age of 57."),
            (
                {"excluded_category_ids": [Command.set(kinds.ids)]},
                "It is not for: student worker and on-call worker.",
            ),
            (
                {"valid_from": "2026-01-01"},
                "This right counts from 1 January 2026 on.",
            ),
            (
                {"valid_to": "2026-12-31"},
                "This right counts from 1 January 2026 until 31 December 2026.",
            ),
            ({"valid_from": False}, "This right counts until 31 December 2026."),
        ):
            with self.subTest(**terms):
                self.assertIn(sentence, self.says(**terms))

    def test_what_goes_with_it(self):
        for terms, sentence in (
            ({"coach_choice": "list"}, "The employee chooses a coach from the list."),
            ({"coach_choice": "employer"}, "The career desk proposes the coach"),
            ({"consultation": "inform"}, "tells the employer that somebody uses it"),
            ({"consultation": "consult"}, "with the career desk first"),
            ({"payer": "fund"}, "A fund of the sector pays."),
            ({"payer": "own_claim"}, "the employee claims it there."),
            ({"exit_policy": "lapses"}, "It lapses once somebody's leaving"),
            ({"exit_policy": "running_finishes"}, "can be finished after"),
            ({"output_rule": "advice_to_employee"}, "for the employee only."),
        ):
            with self.subTest(**terms):
                self.assertIn(sentence, self.says(**terms))


@tagged("post_install", "-at_install")
class TestCompanyRules(RuleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house = cls.agreement.create(
            {
                "name": "House rules",
                "company_id": cls.company.id,
                "is_company_rules": True,
                "version_ids": [Command.create({"valid_from": date(2026, 1, 1)})],
            }
        )

    def improve(self, **changes):
        vals = self.rule_values(
            self.house.version_ids, improves_rule_id=self.rule.id, quantity=1500
        )
        return self.rule.create({**vals, **changes})

    def test_a_company_rule_improves_a_right(self):
        better = self.improve()
        self.assertIn("It improves “Career guidance” of CAO Omroep", better.terms)
        (engine_rule,) = better._engine_rules()
        self.assertEqual(engine_rule.improves, self.rule.right_key)
        self.assertEqual(engine_rule.agreement.employer, str(self.company.id))
        own = self.improve(improves_rule_id=False)
        self.assertIn("on top of the collective agreement", own.terms)
        self.assertIsNone(own._engine_rules()[0].improves)

    def test_what_improves_nothing_is_refused(self):
        better = self.improve()
        with self.assertRaisesRegex(ValidationError, "counted in something else"):
            self.improve(unit="hours")
        with self.assertRaisesRegex(ValidationError, "comes back in another way"):
            self.improve(interval_kind="once")
        with self.assertRaisesRegex(ValidationError, "which is a rule of a company"):
            self.improve(improves_rule_id=better.id)
        elsewhere = self.agreement.copy({"company_id": self.other_company.id})
        with self.assertRaisesRegex(ValidationError, "right of Publisher"):
            self.improve(improves_rule_id=elsewhere.version_ids.rule_ids.id)
        self.improve(quantity=2000)

    def test_a_collective_agreement_improves_nothing(self):
        other = self.rule.copy({"name": "Other"})
        with self.assertRaisesRegex(ValidationError, "Only rules of the company"):
            other.improves_rule_id = self.rule

    def test_the_sides_of_an_improvement_stay(self):
        self.agreement.company_id = self.company
        better = self.improve()
        for agreement, side in ((self.house, False), (self.agreement, True)):
            with self.assertRaisesRegex(ValidationError, "Take the improvement away"):
                agreement.is_company_rules = side
        better.improves_rule_id = False
        self.house.is_company_rules = False
        self.agreement.is_company_rules = True

    def test_the_form_starts_from_what_is_improved(self):
        self.rule.write({"unit": "sessions", "quantity": 5, "interval_months": 24})
        form = Form(
            self.env["hr.career.entitlement.rule"].with_context(
                default_version_id=self.house.version_ids.id
            )
        )
        form.name = "More sessions"
        form.improves_rule_id = self.rule
        self.assertEqual(form.unit, "sessions")
        self.assertEqual(form.interval_months, 24)
        form.quantity = 8
        self.assertEqual(form.save().improves_rule_id, self.rule)
