"""From HR's records to the answer, for one employee and for all."""

from datetime import date, timedelta
from decimal import Decimal

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..engine import values
from .common_entitlement import ON, EntitlementCase

#: Ten and two hundred people take twelve; a few are left for other addons.
QUERIES = 15


@tagged("post_install", "-at_install")
class TestAnswers(EntitlementCase):
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
        self.version.action_withdraw_check()
        answer = self.answer(employee)
        self.assertEqual(answer.answer.status, values.UNKNOWN)
        self.assertEqual(answer.answer.reasons[0].code, values.NOT_VERIFIED)
        self.version.action_mark_checked()
        self.assertEqual(self.status(employee), values.AVAILABLE)

    def test_an_archived_right_is_gone(self):
        employee = self.hire()
        self.assertEqual(self.status(employee), values.AVAILABLE)
        self.rule.active = False
        answer = self.answer(employee)
        self.assertEqual(answer.answer.status, values.NOT_ELIGIBLE)
        self.assertEqual(answer.answer.reasons[0].code, values.NO_RULE)

    def test_the_contract_goes_before_the_company(self):
        own = self.other_agreement("Own", quantity=1500)
        employee = self.hire()
        self.assertEqual(self.answer(employee).answer.left, 1000)
        employee.version_id.career_agreement_id = own
        self.assertEqual(self.answer(employee).answer.left, 1500)

    def test_the_version_in_force_on_the_day_decides(self):
        """A dated change counts from its date, and not a day earlier."""
        own = self.other_agreement("Own", quantity=1500)
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
        own = self.other_agreement("Publishers", quantity=700)
        self.other_company.career_agreement_id = own
        use = self.use(1000, "2026-01-01")
        self.assertEqual(self.status(here, uses=[use]), values.USED_UP)
        self.assertEqual(self.answer(there, uses=[use]).answer.left, 700)

    def test_hired_again_inside_the_interval(self):
        employee = self.hire("2018-01-01", "2024-12-31")
        self.new_contract(employee, "2025-06-01")
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


class CrowdCase(EntitlementCase):
    """Two hundred people of all sorts, under ten agreements and company rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        euro = cls.env.ref("base.EUR").id
        cls.rule.prorate_fte = True
        cls.version.action_mark_checked()
        agreements = cls.agreement
        for number in range(9):
            agreements |= cls.other_agreement(f"Agreement {number}")
        cls.saved = agreements[1].version_ids.rule_ids
        cls.saved.write(
            {
                "interval_kind": "accrual",
                "basis": "salary_percent",
                "quantity": 1.5,
                "interval_months": 1,
                "saving_months": 36,
                "currency_id": euro,
            }
        )
        agreements[1].version_ids.action_mark_checked()
        students = cls.env["hr.career.staff.category"].search(
            [("code", "=", values.STUDENT)]
        )
        agreements[2].version_ids.rule_ids.write(
            {"excluded_category_ids": students.ids, "min_age": 57}
        )
        agreements[2].version_ids.action_mark_checked()
        cls._make_company_rules()
        calendars = cls.env["resource.calendar"].create(
            [
                {
                    "name": f"{hours} hours",
                    "company_id": False,
                    "schedule_type": "flexible",
                    "hours_per_week": hours,
                    "full_time_required_hours": 36,
                }
                for hours in (36, 24, 18, 0)
            ]
        )
        cls.people = (
            cls.env["hr.employee"]
            .with_context(tracking_disable=True)
            .create(
                [cls.terms(number, agreements, calendars.ids) for number in range(200)]
            )
        )
        for person in cls.people[::3]:
            person.create_version(
                {"date_version": "2024-03-01", "resource_calendar_id": calendars[1].id}
            )
        cls.people[::25].version_id.write({"departure_date": "2027-01-31"})
        cls.people[7].company_id = cls.other_company
        cls.env.flush_all()

    @classmethod
    def _make_company_rules(cls):
        """Half of the people get EUR 1,200 instead, and all a scan of their own."""
        rules = cls.env["hr.career.agreement"].create(
            {
                "name": "House rules",
                "company_id": cls.company.id,
                "is_company_rules": True,
                "version_ids": [
                    (
                        0,
                        0,
                        {
                            "rule_ids": [
                                (
                                    0,
                                    0,
                                    {
                                        "name": "More",
                                        "quantity": 1200,
                                        "currency_id": cls.env.ref("base.EUR").id,
                                        "improves_rule_id": cls.rule.id,
                                    },
                                ),
                                (
                                    0,
                                    0,
                                    {"name": "Scan", "unit": "scans", "quantity": 1},
                                ),
                            ]
                        },
                    )
                ],
            }
        )
        rules.version_ids.action_mark_checked()
        cls.scan = rules.version_ids.rule_ids.filtered(lambda one: one.unit == "scans")

    @classmethod
    def terms(cls, number, agreements, calendar_ids):
        start = date(1998 + number % 27, 1 + number % 12, 1 + number % 28)
        ends = number % 9 == 0
        return {
            "name": f"Person {number}",
            "company_id": cls.company.id,
            "birthday": date(1960 + number % 40, 2, 28) if number % 8 else False,
            "date_version": start,
            "contract_date_start": start if number % 13 else False,
            "contract_date_end": date(2027, 6, 30) if ends and number % 13 else False,
            "career_agreement_id": agreements[number % 10].id,
            "resource_calendar_id": calendar_ids[number % 4],
            "employee_type": ("employee", "student", "trainee")[number % 3],
            "wage": 2000 + number if number % 5 else 0,
        }

    def uses(self):
        """Return what every third person used."""
        return {
            person.id: [
                self.use(1, f"20{20 + number % 6}-03-01", rule)
                for rule in (self.rule, self.saved, self.scan)
            ]
            for number, person in enumerate(self.people[::3])
        }


@tagged("post_install", "-at_install")
class TestBatch(CrowdCase):
    def test_the_batch_answers_as_one_by_one(self):
        """With words or without, one or all: the same answers."""
        found = set()
        for day in (date(2019, 2, 28), date(2024, 2, 29), ON, date(2027, 7, 1)):
            batch = self.adapter._entitlements(self.people, day, self.uses())
            shown = self.adapter._answers(self.people, day, self.uses())
            self.assertEqual(list(batch), self.people.ids)
            for person in self.people:
                with self.subTest(day=day, person=person.name):
                    one = tuple(answer.answer for answer in shown[person.id])
                    self.assertEqual(batch[person.id], one)
                    for left, right in zip(batch[person.id], one, strict=True):
                        self.assertEqual(left.reasons, right.reasons)
                        self.assertEqual(
                            [dict(reason.data) for reason in left.reasons],
                            [dict(reason.data) for reason in right.reasons],
                        )
                found |= {answer.status for answer in one}
        self.assertEqual(found, set(values.STATUSES))

    def test_rules_of_the_company_itself(self):
        """They are on top for its own people, and for nobody else's."""
        found = self.adapter._entitlements(self.people, ON, {})
        keys = {
            person: {answer.rule_key for answer in found[person.id]}
            for person in self.people
        }
        self.assertIn(self.scan.right_key, keys[self.people[1]])
        self.assertNotIn(self.scan.right_key, keys[self.people[7]])
        self.assertTrue(
            any(
                answer.has_reason(values.COMPANY_IMPROVES)
                for person in self.people
                for answer in found[person.id]
            )
        )

    def test_wages_count_where_a_right_is_a_part_of_them(self):
        person = self.people[11]
        self.assertEqual(person.version_id.career_agreement_id, self.saved.agreement_id)
        answers = self.adapter._entitlements(person, ON, {})[person.id]
        (saved,) = (one for one in answers if one.rule_key == self.saved.right_key)
        self.assertEqual(saved.status, values.AVAILABLE)
        self.assertEqual(saved.granted, Decimal("30.17"))  # 1.5 % of 2,011
        person.version_ids.wage = 0
        answers = self.adapter._entitlements(person, ON, {})[person.id]
        (saved,) = (one for one in answers if one.rule_key == self.saved.right_key)
        self.assertTrue(saved.has_reason(values.WAGE_UNKNOWN))

    def ask(self, method, people):
        """Ask about people with nothing in the cache; return the queries it took."""
        self.env.flush_all()
        self.env.invalidate_all()
        people = self.env["hr.employee"].browse(people.ids)
        before = self.cr.sql_log_count
        answers = method(people, ON, self.all_uses)
        self.assertEqual(len(answers), len(people))
        return self.cr.sql_log_count - before

    def test_queries_do_not_grow_with_people(self):
        """Ten people, one under each agreement, take as many as two hundred."""
        self.all_uses = self.uses()
        for method in (self.adapter._answers, self.adapter._entitlements):
            self.ask(method, self.people)  # languages come into their cache
            ten = self.ask(method, self.people[:10])
            all_of_them = self.ask(method, self.people)
            self.assertEqual(ten, all_of_them)
            self.assertGreater(ten, 0)
            self.assertLessEqual(self.ask(method, self.people[0]), QUERIES)
            self.assertLessEqual(ten, QUERIES)
