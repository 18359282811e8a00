from odoo import models

from odoo.addons.base.models.res_users import check_identity

from ..casework import logins


class ChangePasswordOwn(models.TransientModel):
    """The owner's own wizard, behind Odoo's identity check."""

    _inherit = "change.password.own"

    @check_identity
    def change_password(self):
        with logins.own_change(self.env):
            return super().change_password()
