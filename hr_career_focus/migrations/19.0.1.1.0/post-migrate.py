"""What the new columns cannot know by themselves."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    # A version was open when one of its rights was, also where the check was lost.
    cr.execute(
        """
        UPDATE hr_career_agreement_version AS version
           SET was_open = true
         WHERE EXISTS (
             SELECT FROM hr_career_entitlement_rule AS rule
              WHERE rule.version_id = version.id AND rule.was_open
         )
        """
    )
    # No right was saved up until now: the default of a new column says nothing.
    cr.execute(
        """
        UPDATE hr_career_entitlement_rule
           SET accrual_timing = NULL
         WHERE interval_kind <> 'accrual'
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    versions = env["hr.career.agreement.version"].search([("name", "=", False)])
    versions._name_after_years()
