from odoo import SUPERUSER_ID, api

from odoo.addons.hr_career_focus.casework import login_register


def migrate(cr, version):
    """Remember outside the database that the marks of its logins were taken."""
    if version:
        login_register.remember(api.Environment(cr, SUPERUSER_ID, {}))
