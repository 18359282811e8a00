"""Begin the chain of the access log, with the openings there were."""

from odoo import SUPERUSER_ID, api

from odoo.addons.hr_career_focus.casework.access_history import carry_over


def migrate(cr, version):
    carry_over(api.Environment(cr, SUPERUSER_ID, {}))
