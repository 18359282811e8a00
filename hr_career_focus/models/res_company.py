from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize

from ..casework import log_heads
from ..engine.settlement import LEAST_DELAY, LEAST_VOUCHERS
from ..vault.errors import Unsealable
from ..vault.recovery import read_public
from . import company_checklist as steps
from .company_checklist import WORKS_COUNCIL_FLOOR, Checklist


class ResCompany(models.Model):
    """What a company decides before employees can ask for guidance."""

    _inherit = "res.company"

    career_agreement_id = fields.Many2one(
        "hr.career.agreement",
        string="Default career agreement",
        domain="[('is_company_rules', '=', False), '|', ('company_id', '=', False), "
        "('company_id', '=', id)]",
        copy=False,
        ondelete="restrict",
        help="Applies to every employee whose contract names no agreement.",
    )
    career_live = fields.Boolean(
        string="Career Focus is open for employees", copy=False
    )
    career_council_date = fields.Date(
        string="Decision of the works council",
        copy=False,
        help="Day on which the works council gave its consent.",
    )
    career_council_none = fields.Boolean(
        string="No works council, fewer than 50 staff", copy=False
    )
    career_council_document = fields.Char(
        string="Where the decision is filed",
        copy=False,
        help="So that anybody who checks can find it.",
    )
    career_purpose = fields.Text(
        string="Purpose statement",
        translate=True,
        help="What employees read: what Career Focus is for, and what it is never "
        "used for.",
    )
    career_privacy_contact = fields.Char(
        string="Independent contact",
        help="E-mail address or telephone number of the privacy officer or another "
        "independent person.",
    )
    career_log_mailbox = fields.Char(
        string="Mailbox for the control number",
        copy=False,
        help="E-mail address outside the reach of your administrators. It gets the "
        "control number of the access log every day.",
    )
    career_mandate_ids = fields.One2many("hr.career.mandate", "company_id")
    career_second_factor = fields.Boolean(
        string="Coaches and desk need a second factor",
        default=True,
        help="Coaches, desk holders and privacy officers get in with an authenticator "
        "app or a passkey only. A code by e-mail does not count.",
    )
    career_key_copy_stored = fields.Boolean(
        string="Copy of the key file stored", copy=False
    )
    career_key_copy_on = fields.Date(string="Key copy stored on", copy=False)
    career_personal_seal = fields.Boolean(
        string="Employees and coaches can seal texts with a key of their own",
        copy=False,
        help="What they write is then closed for whoever runs the system, also with "
        "the key file. Who loses the passphrase needs the office that holds the "
        "recovery key.",
    )
    career_recovery_key = fields.Char(
        string="Recovery key (public)",
        copy=False,
        help="Public key of the independent office that can help after a passphrase "
        "was lost. The office makes it with the command “career_vault recovery-key”, "
        "and keeps the private part away from this server.",
    )
    career_retention_months = fields.Integer(
        string="Delete ended cases after (months)",
        default=6,
        required=True,
        help="How many months after it has ended a case is deleted by itself. The "
        "employee can delete it sooner.",
    )
    career_settlement_min = fields.Integer(
        string="Vouchers in a settlement, at least",
        default=LEAST_VOUCHERS,
        required=True,
        help="A provider is paid when so many different vouchers are ready. Fewer wait "
        "for the next closing, and at most for a year.",
    )
    career_settlement_delay = fields.Integer(
        string="Days between a month and its settlement, at least",
        default=LEAST_DELAY,
        required=True,
        help="Periods close on the 20th. A month is settled when it ended at least so "
        "many days before.",
    )
    _career_settlement = models.Constraint(
        "CHECK (career_settlement_min BETWEEN 5 AND 50"
        " AND career_settlement_delay BETWEEN 15 AND 120)",
        "A settlement holds 5 to 50 vouchers at least, and waits 15 to 120 days.",
    )
    career_voucher_months = fields.Integer(
        string="Vouchers are valid (months)",
        default=12,
        required=True,
        help="A voucher is valid until the end of the month that is so many months "
        "after the one in which it was made.",
    )
    _career_voucher = models.Constraint(
        "CHECK (career_voucher_months BETWEEN 1 AND 36)",
        "Vouchers are valid for 1 to 36 months.",
    )
    _career_retention = models.Constraint(
        "CHECK (career_retention_months BETWEEN 1 AND 24)",
        "Ended cases are kept for 1 to 24 months.",
    )

    @api.constrains("career_agreement_id")
    def _check_career_agreement_company(self):
        for company in self.sudo():
            company.career_agreement_id._refuse_company_rules()
            owner = company.career_agreement_id.company_id
            if owner and owner != company:
                raise ValidationError(
                    self.env._(
                        "The agreement “%(agreement)s” belongs to %(company)s and "
                        "cannot be the default here.",
                        agreement=company.career_agreement_id.name,
                        company=owner.name,
                    )
                )

    @api.constrains("career_log_mailbox")
    def _check_log_mailbox(self):
        for company in self:
            mailbox = company.career_log_mailbox
            if mailbox and email_normalize(mailbox) != mailbox.lower():
                raise ValidationError(
                    self.env._("“%s” is not one e-mail address.", mailbox)
                )

    @api.constrains("career_council_none")
    def _check_council_none(self):
        for company in self.filtered("career_council_none"):
            if company._career_staff_count() >= WORKS_COUNCIL_FLOOR:
                raise ValidationError(
                    self.env._(
                        "%(company)s has %(floor)s or more employees, so its works "
                        "council decides. Fill in the day of the decision.",
                        company=company.name,
                        floor=WORKS_COUNCIL_FLOOR,
                    )
                )

    @api.constrains("career_recovery_key")
    def _check_recovery_key(self):
        for company in self.filtered("career_recovery_key"):
            try:
                read_public(company.career_recovery_key)
            except Unsealable:
                raise ValidationError(
                    self.env._(
                        "This is not a recovery key. Copy the whole line that the "
                        "command “career_vault recovery-key” has printed."
                    )
                ) from None

    @api.constrains("career_live")
    def _check_career_live(self):
        """Nobody opens the doors early, whichever way the field is written."""
        for company in self.filtered("career_live"):
            missing = Checklist(company).missing()
            if missing:
                raise ValidationError(
                    self.env._(
                        "Career Focus cannot be opened for %(company)s yet.\n%(lines)s",
                        company=company.name,
                        lines="\n".join(f"– {line.detail}" for line in missing),
                    )
                )

    @api.constrains("career_agreement_id")
    def _check_live_agreement(self):
        self._refuse_loss_while_live(steps.AGREEMENT)

    @api.constrains(
        "career_council_date", "career_council_none", "career_council_document"
    )
    def _check_live_council(self):
        self._refuse_loss_while_live(steps.COUNCIL)

    @api.constrains("career_purpose")
    def _check_live_purpose(self):
        self._refuse_loss_while_live(steps.PURPOSE)

    @api.constrains("career_key_copy_stored", "career_key_copy_on")
    def _check_live_key_copy(self):
        self._refuse_loss_while_live(steps.KEY_COPY)

    def _refuse_loss_while_live(self, code):
        """While open, what a company wrote down itself is not taken away again."""
        for company in self.filtered("career_live"):
            for line in Checklist(company).missing():
                if line.code == code:
                    raise ValidationError(
                        self.env._(
                            "Career Focus is open for employees, so this stays needed. "
                            "%s",
                            line.detail,
                        )
                    )

    def write(self, vals):
        if (
            not {"career_log_mailbox", "active"} & vals.keys()
            or not self.env.registry.ready
        ):
            return super().write(vals)
        with log_heads.telling_who_loses_it(self.env):
            return super().write(vals)

    def _career_staff_count(self):
        """How many people work in this company: its active employees."""
        self.ensure_one()
        return (
            self.env["hr.employee"]
            .sudo()
            .search_count([("company_id", "=", self.id), ("active", "=", True)])
        )
