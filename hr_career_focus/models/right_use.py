"""The ledger of rights: which rule, which month. Who is a hash, how much sealed."""

from odoo import fields, models
from odoo.fields import Domain

from ..casework import constants as c


class CareerRightUse(models.Model):
    _name = "hr.career.right.use"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Use of a right"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    traject_id = fields.Many2one(
        "hr.career.traject", readonly=True, index=True, ondelete="set null"
    )
    # A number and no relation: refusing to delete a rule in use would tell HR that
    # somebody used it.
    rule_key = fields.Char(
        required=True,
        readonly=True,
        help="The right, in every version of its agreement: agreement and code.",
    )
    # How much, what the right gave on that day, and its vouchers: a share of a wage is
    # an amount that names a person.
    sealed = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)
    month = fields.Date(required=True, readonly=True)
    completed = fields.Date("Month in which the work ended", readonly=True)
    state = fields.Selection(
        c.USE_STATES, required=True, readonly=True, default=c.RESERVED
    )
    holder_index = fields.Char(
        required=True, readonly=True, index=True, groups=fields.NO_ACCESS
    )

    # With which login it was asked, once the traject that says so is deleted.
    asker_index = fields.Char(readonly=True, groups=fields.NO_ACCESS)

    # Which use of this right by this holder: 1, 2, ... Two requests at once both take
    # the next place, and only one of them gets it.
    place = fields.Integer(readonly=True, groups=fields.NO_ACCESS)

    _place_uniq = models.UniqueIndex("(holder_index, rule_key, place)")
    _month = models.Constraint(
        """CHECK (EXTRACT(day FROM month) = 1
            AND (completed IS NULL OR EXTRACT(day FROM completed) = 1))"""
    )

    def _guard_domain(self):
        return Domain("company_id", "in", self._guard_company_ids())
