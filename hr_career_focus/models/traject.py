"""A traject: that it exists, its kind, state, phases and coach. No person, no text."""

from odoo import fields, models
from odoo.fields import Domain

from ..casework import constants as c


class CareerTraject(models.Model):
    _name = "hr.career.traject"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Traject"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    kind = fields.Selection(c.KINDS, required=True, readonly=True)
    state = fields.Selection(
        c.STATES, required=True, readonly=True, default=c.REQUESTED, index=True
    )
    coach_id = fields.Many2one(
        "hr.career.coach", readonly=True, index=True, ondelete="restrict"
    )
    has_accepted = fields.Boolean("Taken on by the coach", readonly=True)
    month_requested = fields.Date(readonly=True, required=True)
    month_started = fields.Date(readonly=True)
    month_closed = fields.Date(readonly=True)
    aftercare_until = fields.Date(readonly=True)
    phase_self = fields.Boolean("Self-exploration", readonly=True)
    phase_vision = fields.Boolean("Vision", readonly=True)
    phase_market = fields.Boolean("Market exploration", readonly=True)
    phase_approach = fields.Boolean("Market approach", readonly=True)
    has_swapped = fields.Boolean("Coach swapped", readonly=True)
    is_signed_by_employee = fields.Boolean(readonly=True)
    is_signed_by_coach = fields.Boolean(readonly=True)
    is_undecided = fields.Boolean("The desk must decide", readonly=True)
    awaits_consultation = fields.Boolean(
        "The desk must consult for the employer",
        readonly=True,
        groups="hr_career_focus.group_desk",
    )
    is_unsettled = fields.Boolean(
        "What was used is not recorded",
        readonly=True,
        groups="hr_career_focus.group_desk",
    )

    # Who owns the row, without saying who; and what opens it. Never shown to anyone.
    owner_index = fields.Char(
        required=True, readonly=True, index=True, groups=fields.NO_ACCESS
    )
    # Whom the figures count, without saying who. Empty: made by an earlier version.
    person_index = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    envelope = fields.Text(readonly=True, groups=fields.NO_ACCESS)
    identity = fields.Text(readonly=True, groups=fields.NO_ACCESS)
    # Which desk holder opened it first; empty until one did.
    holder = fields.Text(readonly=True, groups=fields.NO_ACCESS)

    # Two tabs, two devices, a double click: one running traject for each owner.
    _running_uniq = models.UniqueIndex(
        "(owner_index) WHERE state IN ('requested', 'intake', 'agreed', 'active')"
    )
    _months = models.Constraint(
        """CHECK (EXTRACT(day FROM month_requested) = 1
            AND (month_started IS NULL OR EXTRACT(day FROM month_started) = 1)
            AND (month_closed IS NULL OR EXTRACT(day FROM month_closed) = 1))"""
    )

    def _guard_domain(self):
        mine = Domain("coach_id", "in", self._guard_coach_ids()) & Domain(
            "state", "in", c.WRITABLE
        )
        return mine | Domain("company_id", "in", self._guard_company_ids())
