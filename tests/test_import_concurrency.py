"""Two imports at the same moment: one happens, the other changes nothing."""

from psycopg2.errors import UniqueViolation

from odoo import api
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.hr_career_focus.wizards.employee_snapshot import NAMESPACE


@tagged("post_install", "-at_install")
class TestImportConcurrency(TransactionCase):
    """What a second import meets, in a transaction of its own."""

    def test_second_import_is_told(self):
        """While one runs, another one is refused with a sentence; then it goes."""
        company = self.env.company
        key = SQL(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)", NAMESPACE, company.id
        )
        wizard = self.env["hr.career.employee.import"].create(
            {"company_id": company.id}
        )
        other = self.registry.cursor()
        try:
            other.execute(key)
            self.assertTrue(other.fetchone()[0])
            with self.assertRaises(UserError) as refused:
                wizard._lock()
            self.assertIn("Somebody else", str(refused.exception))
        finally:
            other.rollback()
            other.close()
        wizard._lock()

    @mute_logger("odoo.sql_db")
    def test_a_number_is_given_out_once(self):
        """Were both to get through, the database would refuse the second."""
        values = {
            "module": NAMESPACE,
            "name": "employee-1-concurrency",
            "model": "hr.employee",
            "res_id": 1,
        }
        env = api.Environment(self.cr, self.uid, {})
        env["ir.model.data"].create(values)
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            env["ir.model.data"].create(values)
