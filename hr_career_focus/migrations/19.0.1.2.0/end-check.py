"""Sign the first expectation: what the works council compares with from now on.

Once only: one that is missing later was taken away.
"""

from odoo import SUPERUSER_ID
from odoo.api import Environment

from odoo.addons.hr_career_focus.casework import first_run
from odoo.addons.hr_career_focus.selfcheck.run import take_first


def migrate(cr, version):
    if first_run.is_noted(cr):
        take_first(Environment(cr, SUPERUSER_ID, {}))
        first_run.note(cr, False)
