"""From HR's records to the answer an employee reads."""

from datetime import date, timedelta
from decimal import Decimal

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..engine import values
from .test_agreement import AgreementCase

ON = date(2026, 11, 21)
QUERIES = 8


class EntitlementCase(AgreementCase):
    """A checked agreement behind every contract of the broadcaster."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement.write({"verified_by": "Petra Policy", "verified_on": ON})
        cls.rule.min_service_months = 12
        cls.company.career_agreement_id = cls.agreement
        cls.adapter = cls.env["hr.career.entitlement"].sudo()

    @classmethod
    def hire(cls, start="2020-01-01", end=False, **changes):
        """Hire somebody on a day, or without one."""
        terms = {"contract_date_start": start, "contract_date_end": end}
        if start:
            terms["date_version"] = start
        return cls.env["hr.employee"].create(
            {"name": "Noor", "company_id": cls.company.id, **terms, **changes}
        )

    def answer(self, employee, on_date=ON, uses=()):
        """Return the one answer about one employee."""
        answers = self.adapter._answers(employee, on_date, {employee.id: uses})
        (answer,) = answers[employee.id]
        return answer

    def status(self, employee, on_date=ON, uses=()):
        return self.answer(employee, on_date, uses).answer.status

    def use(self, quantity, on, rule=None, **kwargs):
        """Return a use of the right of the case."""
        key = str((rule or self.rule).id)
        return values.Use(key, Decimal(quantity), date.fromisoformat(on), **kwargs)

    def read(self, answer):
        """Return the sentence without the spaces that must not break."""
        return answer.sentence.replace("\xa0", " ")


@tagged("post_install", "-at_install")
class TestFacts(EntitlementCase):
    def test_everything_known_and_the_right_is_open(self):
        answer = self.answer(self.hire())
        self.assertEqual(answer.answer.status, values.AVAILABLE)
        self.assertEqual(answer.answer.left, Decimal("1000.00"))
        self.assertEqual(answer.answer.currency, "EUR")
        self.assertEqual(answer.rule, self.rule)

    def test_service_counts_from_the_contract(self):
        employee = self.hire("2026-01-01")
        self.assertEqual(self.status(employee), values.NOT_YET)
        self.assertEqual(self.status(employee, date(2027, 1, 1)), values.AVAILABLE)

    def test_service_agrees_with_odoo(self):
        """Contracts in a row, with a break of three days and one of four."""
        for start, expected in (("2024-01-03", "2020-01-01"), ("2024-01-04", None)):
            with self.subTest(start=start):
                employee = self.hire("2020-01-01", "2023-12-31")
                employee.create_version(
                    {
                        "date_version": start,
                        "contract_date_start": start,
                        "contract_date_end": False,
                    }
                )
                facts = self.adapter._facts(employee)[employee.id]
                service_start = facts.service_start(ON)
                self.assertEqual(str(service_start), expected or start)
                odoo_start = employee.sudo()._get_first_version_date(no_gap=True)
                self.assertEqual(service_start, odoo_start)

    def test_new_terms_in_one_contract_keep_the_service(self):
        employee = self.hire("2020-01-01")
        employee.create_version({"date_version": "2026-06-01"})
        facts = self.adapter._facts(employee)[employee.id]
        self.assertEqual(len(facts.spells), 2)
        self.assertEqual(facts.service_start(ON), date(2020, 1, 1))
        self.assertEqual(self.status(employee), values.AVAILABLE)

    def test_no_contract_start_is_unknown(self):
        """Odoo shows such an employee as "not employed": nobody guesses."""
        employee = self.hire(start=False)
        answer = self.answer(employee)
        self.assertEqual(answer.answer.status, values.UNKNOWN)
        self.assertEqual(answer.answer.reasons[0].code, values.NO_START_DATE)
        employee.version_id.contract_date_start = "2020-01-01"
        self.assertEqual(self.status(employee), values.AVAILABLE)

    def test_no_agreement_is_unknown(self):
        self.company.career_agreement_id = False
        employee = self.hire()
        answer = self.answer(employee)
        self.assertEqual(answer.answer.status, values.UNKNOWN)
        self.assertEqual(answer.answer.reasons[0].code, values.NO_AGREEMENT)
        self.assertFalse(answer.rule)
        employee.version_id.career_agreement_id = self.agreement
        self.assertEqual(self.status(employee), values.AVAILABLE)

    def test_unchecked_agreement_is_unknown(self):
        employee = self.hire()
        self.agreement.action_withdraw_check()
        answer = self.answer(employee)
        self.assertEqual(answer.answer.status, values.UNKNOWN)
        self.assertEqual(answer.answer.reasons[0].code, values.NOT_VERIFIED)
        self.agreement.action_mark_checked()
        self.assertEqual(self.status(employee), values.AVAILABLE)

    def test_an_archived_right_is_gone(self):
        employee = self.hire()
        self.assertEqual(self.status(employee), values.AVAILABLE)
        self.rule.active = False
        answer = self.answer(employee)
        self.assertEqual(answer.answer.status, values.NOT_ELIGIBLE)
        self.assertEqual(answer.answer.reasons[0].code, values.NO_RULE)

    def test_the_contract_goes_before_the_company(self):
        own = self.agreement.copy({"name": "Own"})
        own.action_mark_checked()
        own.rule_ids.quantity = 1500
        employee = self.hire()
        self.assertEqual(self.answer(employee).answer.left, 1000)
        employee.version_id.career_agreement_id = own
        self.assertEqual(self.answer(employee).answer.left, 1500)

    def test_the_version_in_force_on_the_day_decides(self):
        """A dated change counts from its date, and not a day earlier."""
        own = self.agreement.copy({"name": "Own"})
        own.action_mark_checked()
        own.rule_ids.quantity = 1500
        employee = self.hire()
        version = employee.create_version({"date_version": "2027-01-01"})
        version.career_agreement_id = own
        eve = self.answer(employee, date(2026, 12, 31))
        self.assertEqual(eve.answer.left, 1000)
        self.assertEqual(self.answer(employee, date(2027, 1, 1)).answer.left, 1500)

    def test_two_employers_in_one_database(self):
        """The agreement of one company says nothing about the other."""
        here, there = self.hire(), self.hire(company_id=self.other_company.id)
        self.assertEqual(self.status(here), values.AVAILABLE)
        self.assertEqual(self.status(there), values.UNKNOWN)
        own = self.agreement.copy({"name": "Publishers"})
        own.action_mark_checked()
        own.rule_ids.quantity = 700
        self.other_company.career_agreement_id = own
        use = self.use(1000, "2026-01-01")
        self.assertEqual(self.status(here, uses=[use]), values.USED_UP)
        self.assertEqual(self.answer(there, uses=[use]).answer.left, 700)

    def test_hired_again_inside_the_interval(self):
        employee = self.hire("2018-01-01", "2024-12-31")
        employee.create_version(
            {
                "date_version": "2025-06-01",
                "contract_date_start": "2025-06-01",
                "contract_date_end": False,
            }
        )
        use = self.use(1000, "2023-03-01")
        self.assertEqual(self.status(employee), values.AVAILABLE)
        answer = self.answer(employee, uses=[use]).answer
        self.assertEqual(answer.status, values.USED_UP)
        self.assertEqual(answer.next_date, date(2028, 3, 1))

    def test_a_departure_ends_the_contract(self):
        employee = self.hire()
        employee.version_id.departure_date = ON
        self.assertEqual(self.status(employee), values.AVAILABLE)
        self.assertEqual(
            self.status(employee, ON + timedelta(days=1)), values.NOT_ELIGIBLE
        )

    def test_an_archived_version_counts_for_nothing(self):
        employee = self.hire("2026-01-01")
        version = employee.create_version({"date_version": "2026-06-01"})
        version.career_agreement_id = self.agreement.copy({"name": "Other"})
        self.assertEqual(self.status(employee), values.UNKNOWN)
        version.active = False
        self.assertEqual(self.status(employee), values.NOT_YET)

    def test_several_rights_and_several_people(self):
        """Everybody gets an answer about every right, from the own uses."""
        scan = self.rule.copy(
            {"name": "Scan", "unit": "scans", "quantity": 1, "sequence": 20}
        )
        first, second = self.hire(), self.hire()
        uses = {first.id: [self.use(1, "2026-01-01", scan)]}
        answers = self.adapter._answers(first | second, ON, uses)
        self.assertEqual(
            [(one.rule, one.answer.status) for one in answers[first.id]],
            [(self.rule, values.AVAILABLE), (scan, values.USED_UP)],
        )
        self.assertEqual(
            [one.answer.status for one in answers[second.id]],
            [values.AVAILABLE, values.AVAILABLE],
        )

    def test_cents_stay_exact(self):
        self.rule.quantity = 1000.1
        employee = self.hire()
        use = self.use("999.90", "2026-01-01")
        self.assertEqual(self.answer(employee, uses=[use]).answer.left, Decimal("0.20"))

    def test_nobody_asks_without_being_let_in(self):
        """Contract dates are read here, so the caller decides first who may know."""
        employee = self.hire()
        officer = new_test_user(
            self.env, "officer", groups="hr.group_hr_manager,base.group_user"
        )
        asked = self.env["hr.career.entitlement"].with_user(officer)
        with self.assertRaises(AccessError):
            asked._answers(employee, ON, {})
        self.assertTrue(asked.sudo()._answers(employee, ON, {})[employee.id])


@tagged("post_install", "-at_install")
class TestQueries(EntitlementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        agreements = cls.agreement
        for number in range(9):
            copy = cls.agreement.copy({"name": f"Agreement {number}"})
            copy.write({"verified_by": "Petra Policy", "verified_on": ON})
            agreements |= copy
        employees = cls.env["hr.employee"].with_context(tracking_disable=True)
        cls.people = employees.create(
            [
                {
                    "name": f"Person {number}",
                    "company_id": cls.company.id,
                    "date_version": "2020-01-01",
                    "contract_date_start": "2020-01-01",
                    "career_agreement_id": agreements[number % 10].id,
                }
                for number in range(200)
            ]
        )
        cls.env.flush_all()

    def ask(self, people, uses):
        """Ask about people with nothing in the cache; return the queries it took."""
        self.env.flush_all()
        self.env.invalidate_all()
        people = self.env["hr.employee"].browse(people.ids)
        before = self.cr.sql_log_count
        with self.assertQueryCount(QUERIES):
            answers = self.adapter._answers(people, ON, uses)
        self.assertEqual(len(answers), len(people))
        return self.cr.sql_log_count - before

    def test_queries_for_one_and_for_two_hundred(self):
        uses = {person.id: [self.use(360, "2026-01-01")] for person in self.people}
        self.ask(self.people, uses)  # languages and currencies come into their cache
        one = self.ask(self.people[0], uses)
        all_of_them = self.ask(self.people, uses)
        self.assertEqual(one, all_of_them)
        self.assertGreater(one, 0)


@tagged("post_install", "-at_install")
class TestSentences(EntitlementCase):
    def test_available(self):
        answer = self.answer(self.hire())
        self.assertEqual(self.read(answer), "Available now: 1,000.00 €.")
        self.assertEqual(
            answer.because,
            (
                "You have not used this right before.",
                "Your service counts from 1 January 2020; 12 months are needed.",
            ),
        )
        self.assertEqual(answer.left_text, "1,000.00\xa0€")

    def test_partly_used(self):
        answer = self.answer(self.hire(), uses=[self.use(360, "2023-03-01")])
        self.assertEqual(
            self.read(answer),
            "Available now: 640.00 €, to use before 1 March 2028. A new period starts "
            "on that day.",
        )

    def test_used_up(self):
        answer = self.answer(self.hire(), uses=[self.use(1000, "2023-03-01")])
        self.assertEqual(
            self.read(answer),
            "Again from 1 March 2028, because 1,000.00 € was used in the period of 60 "
            "months that started on 1 March 2023. See: CAO Omroep, article 12.",
        )
        self.assertEqual(answer.left_text, "")

    def test_too_early(self):
        answer = self.answer(self.hire("2026-05-01"))
        self.assertEqual(
            self.read(answer),
            "From 1 May 2027, because you need 12 months of service and your service "
            "counts from 1 May 2026. See: CAO Omroep, article 12.",
        )

    def test_two_obstacles(self):
        employee = self.hire("2026-05-01")
        answer = self.answer(employee, uses=[self.use(1000, "2023-03-01")])
        self.assertEqual(
            self.read(answer),
            "Again from 1 March 2028, because 1,000.00 € was used in the period of 60 "
            "months that started on 1 March 2023. You need 12 months of service, and "
            "your service counts from 1 May 2026. See: CAO Omroep, article 12.",
        )

    def test_contract_still_to_start(self):
        self.rule.min_service_months = 0
        self.assertEqual(
            self.read(self.answer(self.hire("2027-01-01"))),
            "From 1 January 2027, because your contract starts on that day. "
            "See: CAO Omroep, article 12.",
        )

    def test_contract_ended(self):
        self.assertEqual(
            self.read(self.answer(self.hire("2020-01-01", "2026-06-30"))),
            "Not available. Your contract ended on 30 June 2026. "
            "See: CAO Omroep, article 12.",
        )

    def test_right_still_to_start(self):
        self.rule.valid_from = "2027-01-01"
        self.assertEqual(
            self.read(self.answer(self.hire())),
            "From 1 January 2027, because this right starts on that day. "
            "See: CAO Omroep, article 12.",
        )

    def test_right_ended(self):
        self.rule.valid_to = "2025-12-31"
        self.assertEqual(
            self.read(self.answer(self.hire())),
            "Not available. This right ended on 31 December 2025. "
            "See: CAO Omroep, article 12.",
        )

    def test_right_ends_before_it_comes_back(self):
        self.rule.valid_to = "2027-12-31"
        answer = self.answer(self.hire(), uses=[self.use(1000, "2023-03-01")])
        self.assertEqual(
            self.read(answer),
            "Not available. This right ends on 31 December 2027, before you could use "
            "it. 1,000.00 € was used in the period of 60 months that started on "
            "1 March 2023. See: CAO Omroep, article 12.",
        )

    def test_last_day_of_the_right(self):
        self.rule.valid_to = "2027-12-31"
        self.assertEqual(
            self.read(self.answer(self.hire())),
            "Available now: 1,000.00 €. The last day to use it is 31 December 2027.",
        )

    def test_after_effect_is_told(self):
        self.agreement.write({"valid_to": "2018-12-31", "has_after_effect": True})
        self.assertIn(
            "CAO Omroep ran until 31 December 2018 and stays in force until there is "
            "a new one.",
            self.answer(self.hire()).because,
        )

    def test_unknown(self):
        self.assertEqual(
            self.read(self.answer(self.hire(start=False))),
            "Not known yet. The start date of your contract is not recorded. Please "
            "ask the career desk.",
        )
        self.agreement.action_withdraw_check()
        self.assertEqual(
            self.read(self.answer(self.hire())),
            "Not known yet. The rules of CAO Omroep have not been checked yet. Please "
            "ask the career desk.",
        )
        self.company.career_agreement_id = False
        self.assertEqual(
            self.read(self.answer(self.hire())),
            "Not known yet. It is not recorded which collective agreement applies to "
            "you. Please ask the career desk.",
        )

    def test_no_right_in_the_agreement(self):
        self.rule.active = False
        self.assertEqual(
            self.read(self.answer(self.hire())),
            "Not available. The agreement that applies to you has no career right "
            "here.",
        )

    def test_other_units(self):
        for unit, quantity, expected in (
            ("hours", 1, "1 hour"),
            ("hours", 7.5, "7.50 hours"),
            ("sessions", 1, "1 session"),
            ("sessions", 6, "6 sessions"),
            ("scans", 1, "1 scan"),
            ("scans", 2, "2 scans"),
        ):
            with self.subTest(expected=expected):
                self.rule.write({"unit": unit, "quantity": quantity})
                sentence = self.read(self.answer(self.hire()))
                self.assertEqual(sentence, f"Available now: {expected}.")

    def test_every_reason_has_its_own_sentence(self):
        """No reason of the engine falls through to the words of another."""
        day = date(2026, 1, 1)
        data = {
            name: day
            for name in ("starts_on", "ended_on", "start", "complete_on", "since")
        }
        data.update(months=12, served=12, agreement="CAO", ends=day)
        data.update(used=Decimal(1), granted=Decimal(2))
        codes = [
            getattr(values, name)
            for name in dir(values)
            if name in REASON_NAMES and isinstance(getattr(values, name), str)
        ]
        texts = {
            code: self.adapter._reason_text(
                values.Reason(code, "article 12", data), self.rule
            )
            for code in codes
        }
        self.assertEqual(len(codes), len(REASON_NAMES))
        self.assertEqual(len(set(texts.values())), len(codes))

    def test_dates_and_money_follow_the_language(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        adapter = self.adapter.with_context(lang="nl_NL")
        employee = self.hire()
        uses = {employee.id: [self.use(360, "2023-03-01")]}
        (answer,) = adapter._answers(employee, ON, uses)[employee.id]
        sentence = self.read(answer)
        self.assertIn("640,00", sentence)
        self.assertIn("1 maart 2028", sentence)


REASON_NAMES = {
    "NO_AGREEMENT",
    "NO_START_DATE",
    "NOT_VERIFIED",
    "NO_RULE",
    "NOT_EMPLOYED_YET",
    "EMPLOYMENT_ENDED",
    "RULE_STARTS_LATER",
    "RULE_ENDED",
    "RULE_ENDS_FIRST",
    "SERVICE_TOO_SHORT",
    "INTERVAL_RUNNING",
    "SERVICE_MET",
    "NEVER_USED",
    "PARTLY_USED",
    "INTERVAL_OVER",
    "AFTER_EFFECT",
}


@tagged("post_install", "-at_install")
class TestPreview(EntitlementCase):
    def preview(self, **changes):
        """Return the page HR sees for an invented employee."""
        return (
            self.env["hr.career.entitlement.preview"]
            .with_user(self.policy)
            .with_context(lang="en_US")
            .create(
                {
                    "agreement_id": self.agreement.id,
                    "start_date": "2020-01-01",
                    "on_date": ON,
                    **changes,
                }
            )
        )

    def test_invented_employee(self):
        self.assertIn("1,000.00", self.preview().result)
        used = self.preview(
            rule_id=self.rule.id, use_date="2023-03-01", use_quantity=1000
        )
        self.assertIn("Again from 1 March 2028", used.result)
        early = self.preview(start_date="2026-05-01")
        self.assertIn("From 1 May 2027", early.result)
        over = self.preview(end_date="2026-06-30")
        self.assertIn("Your contract ended on 30 June 2026", over.result)

    def test_an_unchecked_agreement_can_be_tried(self):
        self.agreement.action_withdraw_check()
        preview = self.preview()
        self.assertFalse(preview.is_verified)
        self.assertIn("1,000.00", preview.result)

    def test_what_hr_typed_is_text_and_no_markup(self):
        self.rule.name = "<script>alert(1)</script>"
        result = str(self.preview().result)
        self.assertNotIn("<script>", result)
        self.assertIn("&lt;script&gt;", result)

    def test_there_is_no_way_to_name_a_person(self):
        relations = {
            field.comodel_name
            for field in self.env["hr.career.entitlement.preview"]._fields.values()
            if field.relational
        }
        self.assertLessEqual(
            relations,
            {"hr.career.agreement", "hr.career.entitlement.rule", "res.users"},
        )

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
        self.assertEqual(
            action["context"], {"default_agreement_id": self.agreement.id}
        )

    def test_another_right_of_another_agreement_is_left_alone(self):
        """Uses of a right that is not in the agreement change nothing."""
        other = self.agreement.copy({"name": "Other"})
        self.agreement.write({"rule_ids": [Command.update(self.rule.id, {})]})
        preview = self.preview(
            rule_id=other.rule_ids.id, use_date="2026-01-01", use_quantity=1000
        )
        self.assertIn("Available now", preview.result)
