"""Somebody's own pair of keys: a keyed hash of whose it is, the private one locked."""

from odoo import fields, models


class CareerKey(models.Model):
    _name = "hr.career.key"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Own key"
    _log_access = False

    # An index of its own: it cannot be laid beside that of a traject.
    owner_index = fields.Char(
        required=True, readonly=True, index=True, groups=fields.NO_ACCESS
    )
    # A pair that was replaced stays, so that its passphrase still opens old texts.
    is_replaced = fields.Boolean(readonly=True, groups=fields.NO_ACCESS)
    public = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    private = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)
    proof = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    # How often a wrong passphrase was typed, and since when: sealed, of one length.
    tries = fields.Text(readonly=True, groups=fields.NO_ACCESS)

    _owner_uniq = models.UniqueIndex("(owner_index) WHERE is_replaced IS NOT TRUE")
