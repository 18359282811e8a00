"""From HR's records to facts: what is read, and what is not known."""

from datetime import date
from decimal import Decimal
from unittest.mock import patch

from odoo.tests import tagged

from ..engine import values
from ..models import career_entitlement as adapter_module
from ..models.history_reader import (
    CATEGORY_BY_CONTRACT_TYPE,
    CATEGORY_BY_EMPLOYEE_TYPE,
)
from .common_entitlement import ON, EntitlementCase


@tagged("post_install", "-at_install")
class TestFacts(EntitlementCase):
    def facts(self, employee):
        return self.adapter._facts(employee)[employee.id]

    def spell(self, employee):
        """Return the only terms of somebody."""
        (spell,) = self.facts(employee).spells
        return spell

    def schedule(self, hours, full_time=36, **changes):
        return self.env["resource.calendar"].create(
            {
                "name": f"{hours} hours",
                "company_id": self.company.id,
                "schedule_type": "flexible",
                "hours_per_week": hours,
                "full_time_required_hours": full_time,
                **changes,
            }
        )

    def contract_type(self, name):
        return self.env.ref(f"hr.contract_type_{name}").id

    # Contract dates

    def test_service_agrees_with_odoo(self):
        """Contracts in a row, with a break of three days and one of four."""
        for start, expected in (("2024-01-03", "2020-01-01"), ("2024-01-04", None)):
            with self.subTest(start=start):
                employee = self.hire("2020-01-01", "2023-12-31")
                self.new_contract(employee, start)
                service_start = self.facts(employee).service_start(ON)
                self.assertEqual(str(service_start), expected or start)
                odoo_start = employee.sudo()._get_first_version_date(no_gap=True)
                self.assertEqual(service_start, odoo_start)

    def test_new_terms_in_one_contract_keep_the_service(self):
        employee = self.hire("2020-01-01")
        employee.create_version({"date_version": "2026-06-01"})
        facts = self.facts(employee)
        self.assertEqual(len(facts.spells), 2)
        self.assertEqual(facts.service_start(ON), date(2020, 1, 1))

    def test_a_gap_between_contracts(self):
        """On a day between two contracts there is no employment."""
        employee = self.hire("2018-01-01", "2024-12-31")
        self.new_contract(employee, "2025-06-01")
        facts = self.facts(employee)
        self.assertIsNone(facts.service_start(date(2025, 3, 1)))
        self.assertEqual(facts.next_start(date(2025, 3, 1)), date(2025, 6, 1))
        self.assertEqual(facts.service_start(ON), date(2025, 6, 1))

    def test_future_terms_count_from_their_day(self):
        employee = self.hire("2020-01-01")
        version = employee.create_version({"date_version": "2027-01-01"})
        version.resource_calendar_id = self.schedule(18)
        facts = self.facts(employee)
        self.assertEqual(facts.terms_on(date(2026, 12, 31)).weekly_hours, 40)
        self.assertEqual(facts.terms_on(date(2027, 1, 1)).weekly_hours, 18)

    def test_an_archived_version_counts_for_nothing(self):
        employee = self.hire("2020-01-01")
        version = employee.create_version({"date_version": "2026-06-01"})
        self.assertEqual(len(self.facts(employee).spells), 2)
        version.active = False
        self.assertEqual(len(self.facts(employee).spells), 1)

    def test_an_archived_employee_keeps_the_history(self):
        employee = self.hire("2020-01-01")
        before = self.facts(employee)
        employee.action_archive()
        self.assertEqual(self.facts(employee).spells, before.spells)

    def test_no_contract_start(self):
        self.assertIsNone(self.spell(self.hire(start=False)).start)

    # The form of the contract, and leaving

    def test_an_end_makes_a_contract_fixed_term(self):
        permanent = self.spell(self.hire())
        fixed = self.spell(self.hire(end="2027-12-31"))
        self.assertEqual(permanent.contract_type, values.PERMANENT)
        self.assertEqual(fixed.contract_type, values.FIXED_TERM)
        self.assertEqual(fixed.end, date(2027, 12, 31))

    def test_a_permanent_contract_may_have_an_end(self):
        """Odoo's departure wizard writes the last day into the contract."""
        spell = self.spell(
            self.hire(
                end="2027-12-31", contract_type_id=self.contract_type("permanent")
            )
        )
        self.assertEqual(spell.contract_type, values.PERMANENT)
        self.assertEqual(spell.end, date(2027, 12, 31))

    def test_leaving_ends_a_permanent_contract(self):
        employee = self.hire()
        employee.version_id.departure_date = "2027-03-31"
        spell = self.spell(employee)
        self.assertEqual(spell.contract_type, values.PERMANENT)
        self.assertEqual((spell.end, spell.leaves_on), (date(2027, 3, 31),) * 2)

    def test_leaving_counts_for_all_terms_of_the_contract(self):
        """A departure stands on one version and ends the whole contract."""
        employee = self.hire("2020-01-01")
        employee.create_version({"date_version": "2024-01-01"})
        employee.version_ids[0].departure_date = "2027-03-31"
        facts = self.facts(employee)
        self.assertEqual({one.end for one in facts.spells}, {date(2027, 3, 31)})
        self.assertIsNone(facts.service_start(date(2027, 4, 1)))
        employee.version_ids[1].departure_date = "2026-12-31"
        self.assertEqual(
            {one.leaves_on for one in self.facts(employee).spells}, {date(2026, 12, 31)}
        )

    def test_leaving_before_or_after_the_written_end(self):
        for departure, end in (
            ("2027-03-31", date(2027, 3, 31)),
            ("2028-03-31", date(2027, 12, 31)),
        ):
            employee = self.hire(end="2027-12-31")
            employee.version_id.departure_date = departure
            spell = self.spell(employee)
            self.assertEqual(spell.end, end)
            self.assertEqual(spell.contract_type, values.FIXED_TERM)

    def test_an_old_departure_does_not_end_a_new_contract(self):
        employee = self.hire("2018-01-01", "2024-12-31")
        employee.version_id.departure_date = "2024-12-31"
        self.new_contract(employee, "2025-06-01")
        first, second = self.facts(employee).spells
        self.assertEqual(first.leaves_on, date(2024, 12, 31))
        self.assertEqual((second.end, second.leaves_on), (None, None))
        employee.version_ids[1].departure_date = "2024-12-31"
        self.assertIsNone(self.facts(employee).spells[1].leaves_on)

    # Hours, wage, birthday

    def test_hours_and_part_of_full_time(self):
        spell = self.spell(self.hire(resource_calendar_id=self.schedule(24).id))
        self.assertEqual(spell.weekly_hours, Decimal("24.00"))
        self.assertEqual(spell.fte, Decimal(24) / Decimal(36))

    def test_hours_of_a_fixed_schedule(self):
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Two days",
                "company_id": self.company.id,
                "attendance_ids": [
                    (5, 0, 0),
                    *(
                        (
                            0,
                            0,
                            {
                                "name": "Day",
                                "dayofweek": day,
                                "hour_from": 9,
                                "hour_to": 17,
                            },
                        )
                        for day in ("0", "1")
                    ),
                ],
                "full_time_required_hours": 40,
            }
        )
        spell = self.spell(self.hire(resource_calendar_id=calendar.id))
        self.assertEqual((spell.weekly_hours, spell.fte), (16, Decimal("0.4")))

    def test_a_schedule_without_hours(self):
        spell = self.spell(self.hire(resource_calendar_id=self.schedule(0).id))
        self.assertEqual((spell.weekly_hours, spell.fte), (None, None))

    def test_a_schedule_without_full_time(self):
        spell = self.spell(self.hire(resource_calendar_id=self.schedule(24, 0).id))
        self.assertEqual((spell.weekly_hours, spell.fte), (24, None))

    def test_no_schedule(self):
        """Nobody knows the hours, and the wage is that of an hour in Odoo."""
        employee = self.hire(wage=3000)
        self.assertEqual(self.spell(employee).wage, 3000)
        employee.version_id.resource_calendar_id = False
        spell = self.spell(employee)
        self.assertEqual((spell.weekly_hours, spell.fte), (None, None))
        self.assertIsNone(spell.wage)

    def test_the_wage_is_exact(self):
        self.assertEqual(self.spell(self.hire(wage=3000.10)).wage, Decimal("3000.10"))

    def test_no_wage(self):
        self.assertIsNone(self.spell(self.hire(wage=0)).wage)
        self.assertIsNone(self.spell(self.hire()).wage)

    def test_a_wage_that_is_not_of_a_month(self):
        """Other addons say on the version what the wage is of."""
        employee = self.hire(wage=3000, distance_home_work_unit="miles")
        for said, wage in (("miles", 3000), ("kilometers", None)):
            monthly = {"distance_home_work_unit": said, "no_such_field": "monthly"}
            with patch.object(adapter_module, "MONTHLY", monthly):
                self.assertEqual(self.spell(employee).wage, wage)

    def test_birthday(self):
        employee = self.hire()
        self.assertIsNone(self.facts(employee).birthday)
        employee.birthday = "1970-02-28"
        self.assertEqual(self.facts(employee).birthday, date(1970, 2, 28))

    # The kind of worker

    def test_category(self):
        """What the kind of employee and the contract type say together."""
        for kind, contract_type, expected in (
            ("employee", None, values.EMPLOYEE),
            ("worker", None, values.EMPLOYEE),
            ("student", None, values.STUDENT),
            ("trainee", None, values.TRAINEE),
            ("contractor", None, values.FREELANCE),
            ("freelance", None, values.FREELANCE),
            ("employee", "permanent", values.EMPLOYEE),
            ("worker", "temporary", values.EMPLOYEE),
            ("student", "part_time", values.STUDENT),
            ("employee", "interim", values.AGENCY),
            ("worker", "seasonal", values.SEASONAL),
            ("employee", "student", values.STUDENT),
            ("employee", "intern", values.TRAINEE),
            ("trainee", "intern", values.TRAINEE),
            ("trainee", "apprenticeship", values.APPRENTICE),
            # Two different kinds at once, or a word with two meanings.
            ("student", "seasonal", None),
            ("freelance", "interim", None),
            ("employee", "thesis", None),
        ):
            with self.subTest(kind=kind, contract_type=contract_type):
                employee = self.hire(
                    employee_type=kind,
                    contract_type_id=contract_type
                    and self.contract_type(contract_type),
                )
                self.assertEqual(self.spell(employee).category, expected)

    def test_every_kind_of_employee_has_a_category(self):
        """A new one in Odoo is not known until somebody says what it is."""
        kinds = self.env["hr.version"]._fields["employee_type"].get_values(self.env)
        self.assertEqual(set(kinds), set(CATEGORY_BY_EMPLOYEE_TYPE))

    def test_every_contract_type_of_odoo_is_there(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "hr"), ("model", "=", "hr.contract.type")]
        )
        self.assertLessEqual(set(CATEGORY_BY_CONTRACT_TYPE), set(data.mapped("name")))

    def test_a_contract_type_of_the_company_itself_is_not_known(self):
        own = self.env["hr.contract.type"].create({"name": "Zero hours"})
        employee = self.hire(contract_type_id=own.id)
        self.assertIsNone(self.spell(employee).category)

    def test_hr_says_what_its_own_contract_types_mean(self):
        Category = self.env["hr.career.staff.category"]
        on_call = Category.search([("code", "=", values.ON_CALL)])
        own = self.env["hr.contract.type"].create({"name": "Zero hours"})
        employee = self.hire(contract_type_id=own.id)
        on_call.contract_type_ids = own
        self.assertEqual(self.spell(employee).category, values.ON_CALL)
        agency = Category.search([("code", "=", values.AGENCY)])
        agency.contract_type_ids = own
        self.assertIsNone(self.spell(employee).category)
        on_call.contract_type_ids = False
        self.assertEqual(self.spell(employee).category, values.AGENCY)

    def test_hr_reads_a_contract_type_of_odoo_differently(self):
        Category = self.env["hr.career.staff.category"]
        student = self.hire(
            employee_type="student", contract_type_id=self.contract_type("thesis")
        )
        self.assertIsNone(self.spell(student).category)
        thesis = self.env["hr.contract.type"].browse(self.contract_type("thesis"))
        ordinary = Category.search([("code", "=", values.EMPLOYEE)])
        ordinary.contract_type_ids = thesis
        self.assertEqual(self.spell(student).category, values.STUDENT)

    # Who is the employer, and which agreement

    def test_the_contract_goes_before_the_company(self):
        own = self.other_agreement("Own")
        employee = self.hire()
        self.assertEqual(self.spell(employee).agreement_key, str(self.agreement.id))
        employee.version_id.career_agreement_id = own
        self.assertEqual(self.spell(employee).agreement_key, str(own.id))

    def test_two_employers_in_one_database(self):
        """Each record has its own employer, history and default agreement."""
        own = self.other_agreement("Publishers")
        self.other_company.career_agreement_id = own
        user = self.employee_user
        user.company_ids |= self.other_company
        here = self.hire("2010-01-01", user_id=user.id)
        there = self.hire(
            "2025-01-01", company_id=self.other_company.id, user_id=user.id
        )
        found = self.adapter._facts(here | there)
        self.assertEqual(found[here.id].employer, str(self.company.id))
        self.assertEqual(found[there.id].employer, str(self.other_company.id))
        self.assertEqual(found[there.id].service_start(ON), date(2025, 1, 1))
        self.assertEqual(found[there.id].spells[0].agreement_key, str(own.id))
