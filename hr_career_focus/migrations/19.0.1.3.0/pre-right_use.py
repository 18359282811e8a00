"""Seal how much was used of a right: until now it was in plain."""

from decimal import Decimal

from odoo.tools.sql import SQL, column_exists

from odoo.addons.hr_career_focus.casework.use_rows import Sealed
from odoo.addons.hr_career_focus.vault.keyring import load_keyring


def migrate(cr, version):
    if not column_exists(cr, "hr_career_right_use", "quantity"):
        return
    ring = load_keyring()
    cr.execute("ALTER TABLE hr_career_right_use ADD COLUMN sealed text")
    cr.execute(
        "SELECT id, ref, quantity::text, granted::text FROM hr_career_right_use"
        " ORDER BY random()"
    )
    for number, ref, quantity, granted in cr.fetchall():
        sealed = Sealed(Decimal(quantity), Decimal(granted)).seal(ring, ref)
        cr.execute(
            SQL(
                "UPDATE hr_career_right_use SET sealed = %s WHERE id = %s",
                sealed,
                number,
            )
        )
    cr.execute(
        "ALTER TABLE hr_career_right_use DROP COLUMN quantity, DROP COLUMN granted"
    )
