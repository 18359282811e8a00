"""From HR's records to facts, and from facts to the answer."""

from datetime import date, timedelta
from decimal import Decimal

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..engine import values
from .common_entitlement import ON, EntitlementCase

#: One and two hundred employees take six; a few are left for other addons.
QUERIES = 8


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
        own.rule_ids.quantity = 1500
        own.action_mark_checked()
        employee = self.hire()
        self.assertEqual(self.answer(employee).answer.left, 1000)
        employee.version_id.career_agreement_id = own
        self.assertEqual(self.answer(employee).answer.left, 1500)

    def test_the_version_in_force_on_the_day_decides(self):
        """A dated change counts from its date, and not a day earlier."""
        own = self.agreement.copy({"name": "Own"})
        own.rule_ids.quantity = 1500
        own.action_mark_checked()
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
        own.rule_ids.quantity = 700
        own.action_mark_checked()
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
