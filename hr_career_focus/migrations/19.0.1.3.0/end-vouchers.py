"""Keep places for vouchers from the first day on: the pool of before was none."""

from odoo import SUPERUSER_ID, api, fields

from odoo.addons.hr_career_focus.casework import vouchers
from odoo.addons.hr_career_focus.casework.opening import vault


def migrate(cr, version):
    with vault(api.Environment(cr, SUPERUSER_ID, {})) as inside:
        vouchers.mix(inside, fields.Date.today())
