"""From uses of rights in plain to sealed ones, and a pool for the first voucher."""

from decimal import Decimal

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from ..casework import vouchers
from ..casework.opening import vault
from ..casework.use_rows import Sealed
from ..vault.keyring import load_keyring
from .rights_case import RightsCase

SCRIPTS = "hr_career_focus/migrations/19.0.1.3.0"


@tagged("post_install", "-at_install")
class TestSealedUses(RightsCase):
    def script(self, name):
        path = file_path(f"{SCRIPTS}/{name}.py")
        load_script(path, name.replace("-", "_")).migrate(self.cr, "19.0.1.2.0")

    def put_back(self):
        """Give the ledger the shape it had in 19.0.1.2.0, with what is in it."""
        self.env.flush_all()
        self.cr.execute(
            "ALTER TABLE hr_career_right_use"
            " ADD COLUMN quantity numeric, ADD COLUMN granted numeric"
        )
        ring = load_keyring()
        self.cr.execute("SELECT ref, sealed FROM hr_career_right_use")
        for ref, sealed in self.cr.fetchall():
            use = Sealed.open(ring, ref, sealed)
            self.cr.execute(
                "UPDATE hr_career_right_use SET quantity = %s, granted = %s"
                " WHERE ref = %s",
                [use.quantity, use.granted, ref],
            )
        self.cr.execute("ALTER TABLE hr_career_right_use DROP COLUMN sealed")

    def columns(self):
        self.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'hr_career_right_use'"
        )
        return {name for (name,) in self.cr.fetchall()}

    def test_nothing_changes_but_the_seal(self):
        self.set_right(quantity=1000)
        self.make_request(quantity="250.55")
        before = self.ledger()
        self.assertEqual(before[0].quantity, Decimal("250.55"))
        self.put_back()
        self.script("pre-right_use")
        self.env.invalidate_all()
        self.assertEqual(self.ledger(), before)
        self.assertFalse(self.columns() & {"quantity", "granted"})
        # Again: nothing is left to do.
        self.script("pre-right_use")
        self.assertEqual(self.ledger(), before)

    def test_a_pool_for_the_first_voucher(self):
        with vault(self.env) as inside:
            inside[vouchers.VOUCHER].search([]).unlink()
        for _time in range(2):
            self.script("end-vouchers")
            with vault(self.env) as inside:
                self.assertEqual(
                    inside[vouchers.VOUCHER].search_count([]), vouchers.POOL
                )
                self.assertEqual(vouchers.all_of(inside), [])
