"""What HR reads about missing facts, and that it can not tell who asked."""

from contextlib import contextmanager
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..casework.uses import uses_of
from ..engine.values import UNKNOWN
from .common import TODAY, CareerCase

GAPS = (
    "no_start_date",
    "no_agreement",
    "no_hours",
    "no_wage",
    "no_birthday",
    "no_category",
)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestFactGap(CareerCase):
    @property
    def gaps(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["hr.career.fact.gap"].with_user(self.users["hr_manager"])

    def missing(self, employee):
        """Return the names of what is missing of somebody."""
        gap = self.gaps.search([("employee_id", "=", employee.id)])
        return [name for name in GAPS if gap and gap[name]]

    def everything(self):
        """Return the whole list as HR reads it."""
        return self.gaps.search([]).read(["employee_id", "company_id", *GAPS])

    def need(self, **terms):
        self.rule.write(terms)
        self.rule.version_id.action_mark_checked()

    @property
    def victim(self):
        return self.people["victim"]

    def test_nothing_is_missing(self):
        self.assertEqual(self.missing(self.victim), [])

    def test_each_fact_that_a_right_needs(self):
        """A fact is missing only where a right depends on it."""
        students = self.env["hr.career.staff.category"].search(
            [("code", "=", "student")]
        )
        own = self.env["hr.contract.type"].create({"name": "Zero hours"})
        terms = self.victim.version_id
        terms.write({"resource_calendar_id": False, "contract_type_id": own.id})
        self.victim.birthday = False
        self.assertEqual(self.missing(self.victim), [])
        for needed, gap in (
            ({"prorate_fte": True}, "no_hours"),
            ({"prorate_fte": False, "min_hours": 12}, "no_hours"),
            ({"min_hours": 0, "min_age": 57}, "no_birthday"),
            ({"min_age": 0, "excluded_category_ids": students.ids}, "no_category"),
            (
                {
                    "excluded_category_ids": [(5, 0, 0)],
                    "interval_kind": "accrual",
                    "interval_months": 1,
                    "basis": "salary_percent",
                    "quantity": 1.5,
                },
                "no_wage",
            ),
        ):
            with self.subTest(gap=gap):
                self.need(**needed)
                self.assertEqual(self.missing(self.victim), [gap])
        calendar = self.company.resource_calendar_id
        terms.write({"resource_calendar_id": calendar.id, "wage": 3000})
        self.assertEqual(self.missing(self.victim), [])

    def test_no_contract_and_no_agreement(self):
        self.env.flush_all()
        self.cr.execute("SAVEPOINT agreed")
        self.cr.execute("UPDATE res_company SET career_agreement_id = NULL")
        self.assertEqual(self.missing(self.victim), ["no_agreement"])
        self.cr.execute("ROLLBACK TO SAVEPOINT agreed")
        self.victim.version_id.contract_date_start = False
        self.assertEqual(self.missing(self.victim), ["no_start_date"])

    def test_who_misses_a_fact_reads_ask_the_desk(self):
        """The list and the employee's own page agree."""
        (right,) = self.employee_door().rights()
        self.assertNotEqual(right.status, UNKNOWN)
        self.victim.version_id.contract_date_start = False
        (right,) = self.employee_door().rights()
        self.assertEqual(right.status, UNKNOWN)
        self.assertIn("ask the career desk", right.sentence)
        self.assertIn(self.victim, self.gaps.search([]).employee_id)

    def test_it_says_which_fact_and_never_what_is_on_record(self):
        self.victim.version_id.write({"contract_date_start": False, "wage": 4321})
        gap = self.gaps.search([("employee_id", "=", self.victim.id)])
        self.assertEqual(gap.missing, "First day of the contract")
        self.assertLessEqual(
            {name for name, field in gap._fields.items() if field.type != "boolean"},
            {"id", "display_name", "employee_id", "company_id", "missing"},
        )

    def test_it_leads_to_the_employee(self):
        self.victim.version_id.contract_date_start = False
        gap = self.gaps.search([("employee_id", "=", self.victim.id)])
        action = gap.action_open_employee()
        self.assertEqual(action["res_model"], "hr.employee")
        self.assertEqual(action["res_id"], self.victim.id)

    def test_who_may_read_it(self):
        """HR, for its own companies; nobody else."""
        self.victim.version_id.contract_date_start = False
        self.assertIn(self.victim, self.gaps.search([]).employee_id)
        for login in ("hr_officer", "hr_manager"):
            gaps = self.gaps.with_user(self.users[login])
            self.assertTrue(gaps.search_count([]), login)
        for login in ("victim", "manager", "coach", "desk", "works_council"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.gaps.with_user(self.users[login]).search([])
        with self.assertRaises(AccessError):
            self.gaps.search([])[:1].write({"no_wage": True})

    def test_other_companies_stay_apart(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.env["hr.employee"].create(
            {"name": "Stranger", "company_id": other.id, "date_version": "2020-01-01"}
        )
        self.assertNotIn(stranger, self.gaps.search([]).employee_id)
        self.users["hr_manager"].company_ids |= other
        gaps = self.gaps.with_context(allowed_company_ids=[self.company.id, other.id])
        self.assertIn(stranger.id, gaps.search([]).employee_id.ids)

    def test_it_can_not_tell_who_asked(self):
        """Nothing that somebody does with a request changes a line of it."""
        self.people["colleague"].version_id.contract_date_start = False
        with self.reading_no_vault():
            before = self.everything()
        self.assertTrue(before)
        ref = self.make_request(coach_id=self.coaches["coach"].id)
        self.assertTrue(uses_of(self.env, self.victim.ids)[self.victim.id])
        self.assertEqual(self.everything(), before)
        self.desk_door().case(ref).assign(self.coaches["coach"].id)
        self.assertEqual(self.everything(), before)
        self.coach_door().case(ref).accept()
        self.assertEqual(self.everything(), before)
        self.employee_door().case(ref).withdraw()
        with self.reading_no_vault():
            self.assertEqual(self.everything(), before)

    @contextmanager
    def reading_no_vault(self):
        """Fail when a query names a table of the vault."""
        names = ("right_use", "traject", "career_entry", "career_access", "reminder")
        with self.assertLogs("odoo.sql_db", "DEBUG") as logs:
            yield
        said = "\n".join(record.getMessage() for record in logs.records)
        self.assertIn("hr_version", said)
        for name in names:
            self.assertNotIn(name, said)

    def test_queries_do_not_grow_with_people(self):
        self.everything()  # languages and access rules come into their cache
        counts = []
        for number in (1, 60):
            self.env["hr.employee"].with_context(tracking_disable=True).create(
                [
                    {"name": f"Person {one}", "date_version": date(2020, 1, 1)}
                    for one in range(number)
                ]
            )
            gaps = self.gaps
            before = self.cr.sql_log_count
            found = gaps.search_fetch([], GAPS, order="id")
            counts.append(self.cr.sql_log_count - before)
            self.assertGreaterEqual(len(found), number)
        self.assertEqual(counts[0], counts[1])
