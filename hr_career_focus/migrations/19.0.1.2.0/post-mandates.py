"""Mandates of before a second person confirmed them stand as they are.

Who confirmed stays empty: the form and the page of the employees say nothing that did
not happen. Once only: running the upgrade again is no second person.
"""

from odoo import SUPERUSER_ID, api, fields

from odoo.addons.hr_career_focus.casework import first_run, mandates


def migrate(cr, version):
    if not first_run.is_noted(cr):
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    mandates.adopt(env, fields.Date.context_today(env.user))
