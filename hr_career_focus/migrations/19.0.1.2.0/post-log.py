"""Begin the chain of the access log, with the openings there were.

Once only: a log that is empty later was emptied by somebody.
"""

from odoo import SUPERUSER_ID, api

from odoo.addons.hr_career_focus.casework import first_run
from odoo.addons.hr_career_focus.casework.access_history import carry_over


def migrate(cr, version):
    if first_run.is_noted(cr):
        carry_over(api.Environment(cr, SUPERUSER_ID, {}))
