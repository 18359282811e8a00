"""One sealed text or fact of a traject. The text never enters an ORM field."""

from odoo import fields, models
from odoo.fields import Domain

from ..casework import constants as c


class CareerEntry(models.Model):
    _name = "hr.career.entry"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Entry"
    _log_access = False

    traject_id = fields.Many2one(
        "hr.career.traject",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(
        [(kind, label) for kind, (label, _audiences) in c.ENTRY_KINDS.items()],
        required=True,
        readonly=True,
    )
    audience = fields.Selection(c.AUDIENCES, required=True, readonly=True)
    sealed = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)

    def _guard_domain(self):
        """A coach sees that shared entries exist; the desk sees none of them."""
        trajects = self.env["hr.career.traject"]
        return Domain("audience", "=", c.COACH) & Domain(
            "traject_id",
            "any",
            Domain("coach_id", "in", trajects._guard_coach_ids())
            & Domain("state", "in", c.WRITABLE),
        )
