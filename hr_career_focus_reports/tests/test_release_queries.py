"""The number of queries does not grow with the number of people."""

from datetime import date

from odoo.tests import TransactionCase, freeze_time, tagged
from odoo.tools import SQL

from ..controllers.uptake_view import UptakePage
from .common import Organisation


@tagged("post_install", "-at_install")
class TestReleaseQueries(TransactionCase):
    def queries_of_register(self, org):
        source = self.env["hr.career.release.register"]
        self.env["hr.career.release.unit"]._of_year(org.company, 2025)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        register = source._of_period(
            org.company, 2025, date(2025, 1, 1), date(2025, 12, 31)
        )
        return len(register), self.cr.sql_log_count - before

    def queries_of_page(self, org):
        with freeze_time("2026-01-15"):
            org.publish(2025)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        UptakePage(
            self.env, org.company, self.env["hr.department"].browse(), True
        ).view()
        return self.cr.sql_log_count - before

    def queries_of_proof(self, org):
        job = self.env["hr.career.release.job"]
        release = job._published(org.company, 2025, "year")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertTrue(release._prove()["holds"])
        return self.cr.sql_log_count - before

    def multiply(self, org, times):
        """Give an organisation as many people again, several times, at once."""
        self.env.flush_all()
        employees, versions = (
            SQL(", ").join(
                SQL.identifier(name)
                for name, field in self.env[model]._fields.items()
                if field.store and field.column_type and name not in ("id", own)
            )
            for model, own in (("hr.employee", ""), ("hr.version", "employee_id"))
        )
        for employee in org.employees.ids:
            self.cr.execute(
                SQL(
                    """
                    WITH copied AS (
                        INSERT INTO hr_employee (%(employees)s)
                        SELECT %(employees)s FROM hr_employee, generate_series(1, %(n)s)
                         WHERE id = %(id)s RETURNING id
                    )
                    INSERT INTO hr_version (employee_id, %(versions)s)
                    SELECT copied.id, %(versions)s FROM copied, hr_version
                     WHERE hr_version.employee_id = %(id)s
                    """,
                    employees=employees,
                    versions=versions,
                    n=times,
                    id=employee,
                )
            )
        self.env.invalidate_all()

    def test_register_and_page(self):
        small = Organisation(self.env, "Hundred", {"A": 12, "B": 8})
        large = Organisation(self.env, "Thousand", {"A": 12, "B": 8})
        self.multiply(small, 4)
        self.multiply(large, 49)
        people, queries = self.queries_of_register(small)
        more_people, same_queries = self.queries_of_register(large)
        self.assertEqual((people, more_people), (100, 1000))
        self.assertEqual(queries, same_queries)
        self.assertLess(queries, 8)
        for org in (small, large):
            org.start(org.staff["A"], date(2025, 2, 1))
        self.assertEqual(self.queries_of_page(small), self.queries_of_page(large))
        self.assertEqual(self.queries_of_proof(small), self.queries_of_proof(large))
