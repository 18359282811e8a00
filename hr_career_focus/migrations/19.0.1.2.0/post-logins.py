from odoo import SUPERUSER_ID, api

from odoo.addons.hr_career_focus.casework import logins


def migrate(cr, version):
    """Take the marks of every login that is there: from now on they are compared."""
    if version:
        logins.register_all(api.Environment(cr, SUPERUSER_ID, {}))
