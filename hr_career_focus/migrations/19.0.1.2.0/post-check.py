"""Sign the first expectation: what the works council compares with from now on."""

from odoo import SUPERUSER_ID
from odoo.api import Environment

from odoo.addons.hr_career_focus.selfcheck.run import take_first


def migrate(cr, version):
    take_first(Environment(cr, SUPERUSER_ID, {}))
