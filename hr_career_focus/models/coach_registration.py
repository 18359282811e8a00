from datetime import timedelta
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

VALID = "valid"
EXPIRING = "expiring"
EXPIRED = "expired"
EXPIRING_DAYS = 60


class CoachRegistration(models.Model):
    """The entry of a coach in a professional register, and where to complain."""

    _name = "hr.career.coach.registration"
    _description = "Coach registration"
    _order = "valid_until desc, id"
    _rec_name = "body"

    coach_id = fields.Many2one(
        "hr.career.coach", required=True, ondelete="cascade", index=True
    )
    body = fields.Char(
        string="Register",
        required=True,
        help="The professional body, for example Noloc, CMI, NOBCO, LVSC or VDAB.",
    )
    number = fields.Char(string="Number in the register")
    valid_until = fields.Date(
        string="Valid until",
        required=True,
        help="Last day on which the entry counts. After it an external coach without "
        "another valid entry can no longer be chosen.",
    )
    code_url = fields.Char(
        string="Code of conduct", help="Web address of the professional code."
    )
    complaints_url = fields.Char(
        string="Complaints", help="Web address where an employee can complain."
    )
    status = fields.Selection(
        [(VALID, "Valid"), (EXPIRING, "Ends soon"), (EXPIRED, "Expired")],
        compute="_compute_status",
    )

    @api.depends("valid_until")
    @api.depends_context("tz")
    def _compute_status(self):
        today = fields.Date.context_today(self)
        for registration in self:
            registration.status = self._status_on(registration.valid_until, today)

    @api.constrains("code_url", "complaints_url")
    def _check_addresses(self):
        """Employees click these: only ordinary web addresses."""
        for registration in self:
            for address in (registration.code_url, registration.complaints_url):
                if address and not self._is_web_address(address):
                    raise ValidationError(
                        self.env._(
                            "“%s” is not a web address. It must start with https:// "
                            "or http://.",
                            address,
                        )
                    )

    @api.model
    def _status_on(self, valid_until, today):
        """Status of an entry that ends on `valid_until` (date or False)."""
        if not valid_until or valid_until < today:
            return EXPIRED
        if valid_until <= today + timedelta(days=EXPIRING_DAYS):
            return EXPIRING
        return VALID

    @api.model
    def _is_web_address(self, address):
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and bool(parts.netloc)
