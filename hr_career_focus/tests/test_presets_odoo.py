"""Agreements into the database and out again: nothing is lost, nothing is added."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..engine import values as v
from ..models.entitlement_rule_choices import MATTERS
from ..presets import read, shipped, template, write
from ..presets.relevance import RELEVANT
from ..wizards.agreement_reader import RIGHT_FIELDS, agreement_value
from .common_exchange import TODAY, ExchangeCase


@tagged("post_install", "-at_install")
class TestRoundTrip(ExchangeCase):
    def full_agreement(self):
        """Two versions, every kind of interval, and a bit of every term."""
        student = self.env["hr.career.staff.category"].search(
            [("code", "in", ["student", "agency"])]
        )
        shared = {"currency_id": self.euro.id, "quantity": 1000.5, "unit": "amount"}
        kinds = [
            {"interval_kind": v.ROLLING_START, "min_service_months": 12},
            {"interval_kind": v.ROLLING_COMPLETION, "coach_choice": v.FROM_LIST},
            {
                "interval_kind": v.CALENDAR_BLOCK,
                "block_origin": "2024-02-29",
                "prorate_part": True,
                "valid_to": "2027-06-30",
            },
            {
                "interval_kind": v.EMPLOYMENT_YEARS,
                "contract_types": "fixed_term",
                "min_term_months": 24,
                "min_hours": 15.5,
                "hours_exclusive": True,
            },
            {
                "interval_kind": v.ACCRUAL,
                "interval_months": 1,
                "accrual_timing": v.AT_END,
                "cap": 4500,
                "saving_months": 36,
                "advance_periods": 3,
                "prorate_fte": True,
                "full_time_hours": 36,
            },
            {
                "interval_kind": v.ACCRUAL,
                "basis": v.SALARY_PERCENT,
                "quantity": 1.5,
                "max_service_months": 36,
                "min_age": 57,
            },
            {
                "interval_kind": v.ONCE,
                "consultation": v.CONSULT,
                "payer": v.OWN_CLAIM,
                "exit_policy": v.RUNNING_FINISHES,
                "output_rule": v.ADVICE_TO_EMPLOYEE,
                "excluded_category_ids": [Command.set(student.ids)],
            },
            {"interval_kind": False, "interval_months": 0, "unit": "scans"},
        ]
        kinds[-1]["quantity"] = 2
        agreement = self.Agreement.create(
            {
                "name": "CAO Whole",
                "sector": "Everything",
                "reference": "PC 200",
                "country_id": self.env.ref("base.be").id,
                "version_ids": [
                    Command.create(
                        {
                            "name": "2024-2025",
                            "valid_from": "2024-01-01",
                            "valid_to": "2025-12-31",
                            "has_after_effect": False,
                            "rule_ids": [
                                Command.create({"name": "Old", "code": "r0", **shared})
                            ],
                        }
                    ),
                    Command.create(
                        {
                            "valid_from": "2026-01-01",
                            "source_url": "https://example.org/text",
                            "source_seen_on": "2026-02-03",
                            "note": "Line one\n\n- line two",
                            "rule_ids": [
                                Command.create(
                                    {
                                        "name": f"Right {number}",
                                        "code": f"r{number}",
                                        "sequence": number,
                                        "article": "=1",
                                        **shared,
                                        **terms,
                                    }
                                )
                                for number, terms in enumerate(kinds)
                            ],
                        }
                    ),
                ],
            }
        )
        rule = agreement.version_ids.rule_ids.filtered(lambda r: r.name == "Right 0")
        texts = {"nl_NL": "Recht", "nl_BE": "Recht in Vlaanderen"}
        rule.update_field_translations("name", texts)
        return agreement

    def test_all_of_an_agreement_comes_back(self):
        agreement = self.full_agreement()
        value = agreement_value(agreement)
        (back,) = read(write([value])).agreements
        self.assertEqual(back, value)
        agreement.name = "CAO Elsewhere"
        (again,) = self.write_to_odoo(back)
        self.assertEqual(agreement_value(again), value)
        self.assertEqual(len(again.version_ids), 2)
        pairs = zip(
            agreement.version_ids.rule_ids.sorted(
                lambda r: (r.version_id.name, r.code)
            ),
            again.version_ids.rule_ids.sorted(lambda r: (r.version_id.name, r.code)),
            strict=True,
        )
        for old, new in pairs:
            skipped = {"version_id", "agreement_id", "right_key", "sequence"}
            names = [
                name
                for name, field in old._fields.items()
                if field.store and name not in skipped and name not in v.__dict__
            ]
            log = {"id", "create_uid", "create_date", "write_uid", "write_date"}
            for name in set(names) - log:
                self.assertEqual(old[name], new[name], f"{old.code}: {name}")
            for lang in ("nl_NL", "nl_BE"):
                spoken = [one.with_context(lang=lang).name for one in (old, new)]
                self.assertEqual(*spoken)

    def test_company_rules_come_back(self):
        (omroep,) = self.write_to_odoo(template("nl_omroep").agreement)
        rules = self.Agreement.create(
            {
                "name": "Ours on top",
                "is_company_rules": True,
                "company_id": self.env.company.id,
                "version_ids": [
                    Command.create(
                        {
                            "name": "2026",
                            "rule_ids": [
                                Command.create(
                                    {
                                        "name": "More",
                                        "quantity": 1500,
                                        "currency_id": self.euro.id,
                                        "improves_rule_id": omroep.rule_ids.id,
                                    }
                                )
                            ],
                        }
                    )
                ],
            }
        )
        value = agreement_value(rules)
        self.assertEqual(value.versions[0].rights[0].improves_code, "career-guidance")
        rules.name = "Elsewhere"
        (again,) = self.write_to_odoo(*read(write([value])).agreements)
        self.assertEqual(again.company_id, self.env.company)
        improved = again.version_ids.rule_ids.improves_rule_id
        self.assertEqual(improved, omroep.rule_ids)

    def test_rules_on_top_and_what_they_improve_in_one_file(self):
        head = "agreement,company_rules,code,name,unit,quantity,improves_agreement,"
        head += "improves_code"
        exchange = self.upload(
            "Ours,yes,a,A,scans,2,CAO Both,scan",
            "CAO Both,no,scan,Scan,scans,1,,",
            head=head,
        )
        self.assertFalse(exchange.has_errors)
        both = "CAO Both,no,scan,Scan,scans,1,,"
        bad = self.upload("Ours,yes,a,A,hours,2,CAO Both,scan", both, head=head)
        other = self.upload(
            "Ours,yes,a,A,scans,2,CAO Both,scan,once",
            "CAO Both,no,scan,Scan,scans,1,,,rolling_start",
            head=head + ",interval",
        )
        for one in (bad, other):
            problems = one.problem_ids.filtered(lambda p: p.column == "improves_code")
            self.assertEqual(problems.mapped("row"), [2])
        exchange.action_import()
        rule = self.Agreement.search([("name", "=", "Ours")]).version_ids.rule_ids
        self.assertEqual(rule.improves_rule_id.agreement_id.name, "CAO Both")

    @freeze_time(TODAY)
    def test_every_template_is_a_draft_and_comes_back(self):
        for one in shipped():
            with self.subTest(one.name):
                (agreement,) = self.write_to_odoo(one.agreement)
                texts = one.agreement.versions
                versions = agreement.version_ids.sorted(
                    lambda version: version.valid_from or date.min
                )
                for version, text in zip(versions, texts, strict=True):
                    self.draft_comes_back(version, text)
                held = agreement_value(agreement).versions
                self.assertEqual(
                    {text.version: text.rights for text in held},
                    {
                        version.name: text.rights
                        for version, text in zip(versions, texts, strict=True)
                    },
                )

    def draft_comes_back(self, version, text):
        self.assertFalse(version.is_verified)
        self.assertFalse(version.verified_by)
        self.assertFalse(version.verified_on)
        self.assertFalse(version.registered_on)
        missing = any(right.missing for right in text.rights)
        self.assertEqual(bool(version.missing), missing)
        if missing:
            with self.assertRaisesRegex(UserError, "is not complete"):
                version.action_mark_checked()
        else:
            version.action_mark_checked()
            self.assertTrue(version.is_verified)
        self.assertTrue(version.note)
        self.assertEqual(version.source_url, text.source)

    def test_employees_read_the_template_in_dutch(self):
        (agreement,) = self.write_to_odoo(template("nl_rijk").agreement)
        rule = agreement.version_ids.rule_ids[0]
        names = [
            rule.with_context(lang=lang).name for lang in ("en_US", "nl_NL", "nl_BE")
        ]
        self.assertEqual(names, ["Career scan", "Loopbaanscan", "Loopbaanscan"])

    def test_terms_that_mean_nothing_are_the_same_on_both_sides(self):
        """The form hides, and the server clears, what a file may not have."""
        fields = {RIGHT_FIELDS.get(name, name) for name in RELEVANT} - {"currency"}
        self.assertEqual(fields, set(MATTERS) - {"currency_id", "improves_rule_id"})
