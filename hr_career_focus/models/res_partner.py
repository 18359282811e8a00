from odoo import models

from ..casework.login_notices import watching


class ResPartner(models.Model):
    """Where the address of a login changes: also what HR fills in on the employee."""

    _inherit = "res.partner"

    def write(self, vals):
        if "email" not in vals:
            return super().write(vals)
        with watching(self.env, partner_ids=self.ids):
            return super().write(vals)
