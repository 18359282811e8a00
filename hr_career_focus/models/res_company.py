from odoo import api, fields, models
from odoo.exceptions import ValidationError

WORKS_COUNCIL_FLOOR = 50


class ResCompany(models.Model):
    """What a company decides before employees can ask for guidance."""

    _inherit = "res.company"

    career_agreement_id = fields.Many2one(
        "hr.career.agreement",
        string="Default career agreement",
        domain="['|', ('company_id', '=', False), ('company_id', '=', id)]",
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
    career_mandate_ids = fields.One2many("hr.career.mandate", "company_id")
    career_key_copy_stored = fields.Boolean(
        string="Copy of the key file stored", copy=False
    )
    career_key_copy_on = fields.Date(string="Key copy stored on", copy=False)

    @api.constrains("career_agreement_id")
    def _check_career_agreement_company(self):
        for company in self.sudo():
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

    def _career_staff_count(self):
        """How many people work in this company: its active employees."""
        self.ensure_one()
        return (
            self.env["hr.employee"]
            .sudo()
            .search_count([("company_id", "=", self.id), ("active", "=", True)])
        )
