from odoo import models

from ..casework.login_notices import watching


class MergePartners(models.TransientModel):
    """Merging contacts can put another address behind a login."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        with watching(self.env, partner_ids=partner_ids):
            return super()._merge(partner_ids, dst_partner, extra_checks)
