"""Where the e-mail address of a login can change: contact, login, and merging contacts.

An address that HR fills in on the employee arrives here too, on the contact.
"""

from odoo import models

from ..casework.login_notices import watching


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        if "email" not in vals:
            return super().write(vals)
        with watching(self.env, partner_ids=self.ids):
            return super().write(vals)


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        if "partner_id" not in vals:
            return super().write(vals)
        with watching(self.env, user_ids=self.ids):
            return super().write(vals)


class MergePartners(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        with watching(self.env, partner_ids=partner_ids):
            return super()._merge(partner_ids, dst_partner, extra_checks)
