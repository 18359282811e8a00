"""The certificate of a month's purge. There is one for each month, whatever it did."""

from odoo import fields, models


class CareerPurge(models.Model):
    _name = "hr.career.purge"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Certificate of a purge"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    month = fields.Date(required=True, readonly=True)
    # The place in the chain of this database, and what chains it to the one before.
    place = fields.Integer(required=True, readonly=True, groups=fields.NO_ACCESS)
    link = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    envelope = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)
    sealed = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)

    _month_uniq = models.UniqueIndex("(company_id, month)")
    _place_uniq = models.UniqueIndex("(place)")
    _months = models.Constraint("CHECK (EXTRACT(day FROM month) = 1)")
