"""Set the access log of before the chain aside: its rows become lines of the chain.

The new table has other columns, and a line cannot be changed once it is there.
"""

from odoo.tools.sql import column_exists, table_exists


def migrate(cr, version):
    if not table_exists(cr, "hr_career_access") or column_exists(
        cr, "hr_career_access", "place"
    ):
        return
    cr.execute(
        """
        CREATE TABLE hr_career_access_before AS
            SELECT traject.ref AS case_ref, line.ref, line.role, line.day, line.sealed
              FROM hr_career_access AS line
              JOIN hr_career_traject AS traject ON traject.id = line.traject_id;
        DROP TABLE hr_career_access CASCADE;
        """
    )
