"""The page on which HR tries an agreement on an invented employee."""

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common_entitlement import ON, EntitlementCase

#: All that the page may point at: texts, what they are made of, and itself.
NO_PEOPLE = {
    "hr.career.agreement",
    "hr.career.agreement.version",
    "hr.career.entitlement.preview",
    "hr.career.entitlement.preview.use",
    "hr.career.entitlement.rule",
    "hr.career.staff.category",
}
#: Where a text applies and what it is counted in; nothing behind them is looked at.
NOT_ABOUT_PEOPLE = {
    "hr.contract.type",
    "res.company",
    "res.country",
    "res.currency",
}


@tagged("post_install", "-at_install")
class TestPreview(EntitlementCase):
    def preview(self, uses=(), **changes):
        """Return the page HR sees for an invented employee."""
        return (
            self.env["hr.career.entitlement.preview"]
            .with_user(self.policy)
            .with_context(lang="en_US", allowed_company_ids=self.company.ids)
            .create(
                {
                    "agreement_id": self.agreement.id,
                    "start_date": "2020-01-01",
                    "on_date": ON,
                    "use_ids": [Command.create(use) for use in uses],
                    **changes,
                }
            )
        )

    def used(self, on_date, quantity, **more):
        return {
            "rule_id": self.rule.id,
            "on_date": on_date,
            "quantity": quantity,
            **more,
        }

    def reads(self, preview):
        return str(preview.result).replace("\xa0", " ")

    def test_invented_employee(self):
        self.assertIn("1,000.00", self.reads(self.preview()))
        used = self.preview([self.used("2023-03-01", 1000)])
        self.assertIn("Again from 1 March 2028", self.reads(used))
        early = self.preview(start_date="2026-05-01")
        self.assertIn("1 May 2027", self.reads(early))
        over = self.preview(end_date="2026-06-30")
        self.assertIn("30 June 2026", self.reads(over))
        self.assertIn("Not available", self.reads(over))

    def test_several_uses(self):
        uses = [self.used("2023-03-01", 300), self.used("2024-03-01", 250)]
        self.assertIn("450.00", self.reads(self.preview(uses)))
        uses[1]["is_returned"] = True
        self.assertIn("700.00", self.reads(self.preview(uses)))

    def test_a_traject_that_runs_and_one_that_ended(self):
        self.rule.interval_kind = "rolling_completion"
        running = self.preview([self.used("2020-03-01", 1000)])
        self.assertNotIn("Available now", self.reads(running))
        ended = [self.used("2020-03-01", 1000, completed_on="2020-09-01")]
        self.assertIn("Available now", self.reads(self.preview(ended)))

    def test_part_time_wage_age_and_kind(self):
        self.rule.prorate_fte = True
        self.assertIn("500.00", self.reads(self.preview(fte_percent=50)))
        self.assertIn("Not known", self.reads(self.preview(fte_percent=0)))
        self.rule.write({"prorate_fte": False, "min_age": 45})
        self.assertIn("Available now", self.reads(self.preview(birthday="1981-11-21")))
        self.assertNotIn(
            "Available now", self.reads(self.preview(birthday="1981-11-22"))
        )
        self.assertIn("Not known", self.reads(self.preview()))
        student = self.env.ref("hr_career_focus.staff_category_student")
        self.rule.write({"min_age": 0, "excluded_category_ids": student})
        self.assertIn("Available now", self.reads(self.preview()))
        refused = self.preview(category_id=student.id)
        self.assertIn("Not available", self.reads(refused))
        self.assertIn("Not known", self.reads(self.preview(category_id=False)))
        self.rule.write({"excluded_category_ids": False, "min_hours": 24})
        self.assertIn("Not available", self.reads(self.preview(weekly_hours=20)))
        self.assertIn("Available now", self.reads(self.preview(weekly_hours=24)))

    def test_the_form_of_the_contract(self):
        self.rule.contract_types = "permanent"
        ends = {"end_date": "2027-12-31"}
        self.assertIn("Not available", self.reads(self.preview(**ends)))
        self.assertIn(
            "Available now", self.reads(self.preview(is_fixed_term=False, **ends))
        )

    def test_somebody_who_leaves(self):
        self.rule.exit_policy = "lapses"
        self.assertIn("Available now", self.reads(self.preview()))
        leaving = self.preview(leaves_on="2026-12-31")
        self.assertIn("Not available", self.reads(leaving))

    def test_terms_that_changed(self):
        """An accrual adds what the terms of each day give."""
        self.rule.write(
            {
                "interval_kind": "accrual",
                "interval_months": 12,
                "block_origin": "2024-01-01",
                "prorate_fte": True,
                "min_service_months": 0,
            }
        )
        terms = {"start_date": "2025-01-01", "fte_percent": 50}
        self.assertIn("1,000.00", self.reads(self.preview(**terms)))
        changed = self.preview(
            changed_on="2025-07-01", earlier_fte_percent=100, **terms
        )
        self.assertIn("1,500.00", self.reads(changed))

    def test_another_agreement_before(self):
        other = self.agreement.copy({"name": "CAO Uitgevers"})
        other.version_ids.rule_ids.name = "Publishers' guidance"
        moved = {"changed_on": "2026-01-01", "earlier_agreement_id": other.id}
        self.assertNotIn("Publishers", self.reads(self.preview(**moved)))
        before = self.preview(on_date="2025-12-31", **moved)
        self.assertIn("Publishers", self.reads(before))

    def test_one_version_or_all_of_them(self):
        """A draft is tried alone before it counts, or in its place in time."""
        self.version.write({"valid_from": "2020-01-01", "valid_to": "2026-12-31"})
        draft = self.version._next_version()
        draft.rule_ids.quantity = 1500
        self.assertIn("1,000.00", self.reads(self.preview()))
        self.assertIn("1,500.00", self.reads(self.preview(on_date="2027-06-01")))
        alone = self.preview(version_id=self.version.id, on_date="2027-06-01")
        self.assertIn("1,000.00", self.reads(alone))
        tried = self.preview(version_id=draft.id, on_date="2027-06-01")
        self.assertIn("1,500.00", self.reads(tried))
        self.assertFalse(tried.is_verified)
        self.assertTrue(alone.is_verified)

    def test_an_unchecked_agreement_can_be_tried(self):
        self.version.action_withdraw_check()
        preview = self.preview()
        self.assertFalse(preview.is_verified)
        self.assertIn("1,000.00", self.reads(preview))

    def test_what_is_not_complete_is_left_out_and_told(self):
        scan = self.rule.copy(
            {"name": "Scan", "unit": "scans", "quantity": 1, "interval_kind": False}
        )
        preview = self.preview()
        self.assertIn("Scan: when the right comes back", preview.missing)
        self.assertNotIn("Scan", self.reads(preview))
        self.assertIn("1,000.00", self.reads(preview))
        scan.interval_kind = "once"
        self.assertIn("Scan", self.reads(self.preview()))

    def test_rules_of_the_company_come_on_top(self):
        self.assertFalse(self.preview().has_company_rules)
        self.agreement.create(
            {
                "name": "House rules",
                "company_id": self.company.id,
                "is_company_rules": True,
                "version_ids": [
                    Command.create(
                        {
                            "rule_ids": [
                                Command.create(
                                    {
                                        "name": "Better guidance",
                                        "quantity": 1500,
                                        "currency_id": self.rule.currency_id.id,
                                        "improves_rule_id": self.rule.id,
                                    }
                                )
                            ]
                        }
                    )
                ],
            }
        )
        preview = self.preview()
        self.assertTrue(preview.has_company_rules)
        self.assertIn("1,500.00", self.reads(preview))
        without = self.preview(with_company_rules=False)
        self.assertIn("1,000.00", self.reads(without))

    def test_what_hr_typed_is_text_and_no_markup(self):
        self.rule.name = "<script>alert(1)</script>"
        result = str(self.preview().result)
        self.assertNotIn("<script>", result)
        self.assertIn("&lt;script&gt;", result)

    def test_there_is_no_way_to_name_a_person(self):
        """Every field of the page and of all it reaches, walked to the end."""
        seen, todo = set(), ["hr.career.entitlement.preview"]
        while todo:
            model = todo.pop()
            seen.add(model)
            for name, field in self.env[model]._fields.items():
                if not field.relational or name in ("create_uid", "write_uid"):
                    continue
                reached = field.comodel_name
                if reached in NOT_ABOUT_PEOPLE:
                    continue
                self.assertIn(reached, NO_PEOPLE, f"{model}.{name}")
                if reached not in seen:
                    todo.append(reached)
        self.assertEqual(seen, NO_PEOPLE)
        words = {"employee_id", "user_id", "partner_id", "name", "email"}
        for model in (
            "hr.career.entitlement.preview",
            *NO_PEOPLE
            - {
                "hr.career.agreement",
                "hr.career.agreement.version",
                "hr.career.entitlement.rule",
                "hr.career.staff.category",
            },
        ):
            self.assertFalse(words & set(self.env[model]._fields), model)

    def test_no_table_of_people_is_read(self):
        """Whoever is employed here, the answer is about nobody of them."""
        self.hire("2020-01-01")
        self.env.flush_all()
        preview = self.preview()
        self.env.flush_all()
        self.env.invalidate_all()
        queries = []
        execute = type(self.cr).execute

        def listen(cursor, query, params=None, log_exceptions=True):
            queries.append(str(query))
            return execute(cursor, query, params, log_exceptions)

        self.patch(type(self.cr), "execute", listen)
        self.assertTrue(preview.result)
        self.assertTrue(any("hr_career_entitlement_rule" in one for one in queries))
        for table in ("hr_employee", "hr_version", "hr_career_right_use"):
            self.assertFalse([one for one in queries if f'"{table}"' in one], table)

    def test_only_hr_policy_tries_out(self):
        self.assertTrue(self.preview().result)
        model = self.env["hr.career.entitlement.preview"]
        with self.assertRaises(AccessError):
            model.with_user(self.employee_user).create(
                {"agreement_id": self.agreement.id}
            )

    def test_the_button_opens_it_for_the_agreement(self):
        action = self.agreement.with_user(self.policy).action_preview()
        self.assertEqual(action["res_model"], "hr.career.entitlement.preview")
        self.assertEqual(action["context"], {"default_agreement_id": self.agreement.id})
        action = self.version.with_user(self.policy).action_preview()
        self.assertEqual(action["context"]["default_version_id"], self.version.id)

    def test_the_form_answers_while_it_is_filled_in(self):
        """Without saving, as HR uses it."""
        with Form(
            self.env["hr.career.entitlement.preview"].with_user(self.policy)
        ) as form:
            form.agreement_id = self.agreement
            form.version_id = self.version
            form.start_date = "2020-01-01"
            form.on_date = ON
            self.assertIn("1,000.00", form.result or "")
            with form.use_ids.new() as use:
                use.rule_id = self.rule
                self.assertEqual(use.quantity, 1000)
                use.on_date = "2023-03-01"
            self.assertIn("1 March 2028", form.result)

    def test_dates_that_contradict_each_other_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "ends before it starts"):
            self.preview(end_date="2019-12-31")
        with self.assertRaisesRegex(ValidationError, "after the contract has started"):
            self.preview(changed_on="2020-01-01")
        self.preview(end_date="2020-01-01", changed_on="2020-01-02")

    def test_another_right_of_another_agreement_is_left_alone(self):
        """Uses of a right that is not in the agreement change nothing."""
        other = self.agreement.copy({"name": "Other"})
        use = self.used("2026-01-01", 1000, rule_id=other.version_ids.rule_ids.id)
        self.assertIn("Available now", self.reads(self.preview([use])))
