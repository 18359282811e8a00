"""A voucher, or a place kept for one: both look alike, and say nothing in plain."""

from odoo import fields, models


class CareerVoucher(models.Model):
    """One row holds the whole truth of a voucher (:mod:`..engine.voucher`), sealed.

    No company, value, month or state: a row that waits to be issued, one that is open
    and one that was spent long ago cannot be told apart.
    """

    _name = "hr.career.voucher"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Voucher"
    _log_access = False

    # A keyed hash of the code. Drawn before the voucher is issued, and never changed.
    code_index = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    envelope = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)
    sealed = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)

    _code_uniq = models.UniqueIndex("(code_index)")
