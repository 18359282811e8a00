from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HrVersion(models.Model):
    _inherit = "hr.version"

    career_agreement_id = fields.Many2one(
        "hr.career.agreement",
        string="Career agreement",
        domain="[('is_company_rules', '=', False), '|', ('company_id', '=', False), "
        "('company_id', '=', company_id)]",
        index="btree_not_null",
        ondelete="restrict",
        groups="hr.group_hr_user",
        help="The collective agreement that gives this employee career rights. "
        "Leave empty to use the default agreement of the company.",
    )

    @api.constrains("career_agreement_id", "company_id")
    def _check_career_agreement_company(self):
        for version in self.sudo():
            version.career_agreement_id._refuse_company_rules()
            company = version.career_agreement_id.company_id
            if company and version.company_id and company != version.company_id:
                raise ValidationError(
                    self.env._(
                        "The agreement “%(agreement)s” belongs to %(company)s. "
                        "Choose one of the employee's own company.",
                        agreement=version.career_agreement_id.name,
                        company=company.name,
                    )
                )

    @api.model
    def _get_whitelist_fields_from_template(self):
        # A contract template carries its agreement along to the contract.
        return [*super()._get_whitelist_fields_from_template(), "career_agreement_id"]
