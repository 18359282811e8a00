"""The one number a company may choose: how large a group must be."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..engine.parameters import AGREED


class ResCompany(models.Model):
    """A company may ask for larger groups than agreed, never for smaller ones."""

    _inherit = "res.company"

    career_min_group = fields.Integer(
        string="Smallest group in uptake figures",
        default=AGREED.minimum,
        required=True,
        help="People a group needs before a figure about it is published: 20 or more. "
        "Once Career Focus is open the number can only be raised.",
    )

    _career_min_group_floor = models.Constraint(
        "CHECK (career_min_group >= 20)",
        "A group in the uptake figures needs at least 20 people.",
    )

    def write(self, vals):
        if "career_min_group" in vals:
            self._check_min_group_rises(vals["career_min_group"])
        return super().write(vals)

    def _check_min_group_rises(self, minimum):
        """Refuse a lower number while figures are being published.

        :raises UserError: for a company that is open or has published before.
        """
        lowered = self.filtered(lambda company: minimum < company.career_min_group)
        if not lowered:
            return
        published = (
            self.env["hr.career.release"]
            .sudo()
            .search_count([("company_id", "in", lowered.ids)], limit=1)
        )
        if published or any(lowered.mapped("career_live")):
            raise UserError(
                self.env._(
                    "The smallest group can only become larger once figures are "
                    "published. What was agreed with the works council stays."
                )
            )
