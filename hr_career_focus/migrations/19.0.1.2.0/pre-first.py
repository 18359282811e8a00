"""Tell the first run of this upgrade from one that somebody starts again.

The first finds none of what this version brought.
"""

from odoo.tools.sql import column_exists, table_exists

from odoo.addons.hr_career_focus.casework import first_run


def migrate(cr, version):
    first_run.note(
        cr,
        not column_exists(cr, "hr_career_mandate", "confirmation")
        and not column_exists(cr, "hr_career_access", "place")
        and not table_exists(cr, "hr_career_login"),
    )
