"""What a company may choose about its figures: only what makes them stricter."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.parameters import AGREED

CHANGES = "career_uptake_changes"


class ResCompany(models.Model):
    """A company may ask for more than was agreed, and cannot take it back.

    From the decision of the works council on every change is kept with its day, and
    the next releases say so. These checks hold for whoever writes, also as superuser.
    """

    _inherit = "res.company"

    career_min_group = fields.Integer(
        string="Smallest group in uptake figures",
        default=AGREED.minimum,
        required=True,
        help="People a group needs before a figure about it is published: 20 or more. "
        "Once the works council has decided the number can only be raised.",
    )
    career_exact_total = fields.Boolean(
        string="Somebody here sees the exact total",
        help="Tick this when the controller, or somebody else, can count all "
        "participants of the company, for instance from invoices. The proof before "
        "each release then takes it into account. Once the works council has decided "
        "it can be switched on, and not off.",
    )
    career_uptake_changes = fields.Json(
        string="Changes of the rules of the figures", readonly=True, copy=False
    )

    _career_min_group_floor = models.Constraint(
        "CHECK (career_min_group >= 20)",
        "A group in the uptake figures needs at least 20 people.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # Also over a default of the context: a new company has no history.
        return super().create([vals | {CHANGES: False} for vals in vals_list])

    def write(self, vals):
        if CHANGES in vals:
            raise UserError(
                self.env._("What was changed when is kept by the program alone.")
            )
        if not {"career_min_group", "career_exact_total"} & vals.keys():
            return super().write(vals)
        for company in self:
            super(ResCompany, company).write(company._career_stricter(vals))
        return True

    def _career_stricter(self, vals):
        """Return ``vals`` with the change kept, for a company that is bound.

        :raises UserError: when ``vals`` would make the figures less strict.
        """
        self.ensure_one()
        bound = self.sudo()
        if not bound._career_is_bound():
            return vals
        minimum = int(vals.get("career_min_group") or 0)
        if "career_min_group" not in vals:
            minimum = bound.career_min_group
        exact_total = bool(vals.get("career_exact_total", bound.career_exact_total))
        if minimum < bound.career_min_group:
            raise UserError(
                self.env._(
                    "The smallest group can only become larger now. What was agreed "
                    "with the works council stays."
                )
            )
        if bound.career_exact_total and not exact_total:
            raise UserError(
                self.env._(
                    "The figures go on counting with somebody who sees the exact "
                    "total. What was agreed with the works council stays."
                )
            )
        same = (bound.career_min_group, bound.career_exact_total)
        if (minimum, exact_total) == same:
            return vals
        change = {
            "on": fields.Date.context_today(self).isoformat(),
            "minimum": minimum,
            "exact_total": exact_total,
        }
        return vals | {CHANGES: [*bound._career_uptake_changes(), change]}

    def _career_is_bound(self):
        """Tell whether the rules were agreed, are in use, or made figures before."""
        if self.career_live or self.career_council_date:
            return True
        if self._career_uptake_changes():
            return True
        # The tree of a year is kept on the first night after opening: from then on the
        # rules stay, also for who closes the company and withdraws the decision.
        return any(
            self.env[model].sudo().search_count([("company_id", "=", self.id)], limit=1)
            for model in ("hr.career.release", "hr.career.release.unit")
        )

    def _career_uptake_changes(self):
        """Return what was changed since the rules were agreed, oldest first."""
        return self.sudo().career_uptake_changes or []
