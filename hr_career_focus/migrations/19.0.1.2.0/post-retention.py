"""Say that this database is the one in use, and purge nothing for two months."""

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields

from odoo.addons.hr_career_focus.casework import first_run, home


def migrate(cr, version):
    """Until now nothing was deleted by itself: leave time to download and to decide.

    Once only: a copy in which the upgrade is started again stays a copy.
    """
    if not first_run.is_noted(cr):
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    home.remember(env)
    first = fields.Date.today() + relativedelta(months=2, day=1)
    env["ir.config_parameter"].set_param(home.FROM, first.isoformat())
