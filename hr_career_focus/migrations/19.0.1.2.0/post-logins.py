from odoo import SUPERUSER_ID, api

from odoo.addons.hr_career_focus.casework import first_run, login_register


def migrate(cr, version):
    """Take the marks of every login that is there: from now on they are compared.

    Once only: a row that is missing later was taken away.
    """
    if first_run.is_noted(cr):
        login_register.register_all(api.Environment(cr, SUPERUSER_ID, {}))
