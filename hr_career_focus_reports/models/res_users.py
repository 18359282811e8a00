"""Who reads uptake."""

from odoo import models

READ_EVERYTHING = (
    "hr_career_focus.group_policy",
    "hr_career_focus.group_works_council",
)
READ_ALL_SPENDING = (*READ_EVERYTHING, "hr_career_focus.group_finance")


class ResUsers(models.Model):
    """Answers which part of the published figures a login may read; stores nothing."""

    _inherit = "res.users"

    def _career_managed_departments(self):
        """Return the departments this login is the manager of, as superuser."""
        self.ensure_one()
        return (
            self.env["hr.department"]
            .sudo()
            .search(
                [
                    ("manager_id.user_id", "=", self.id),
                    ("manager_id.active", "=", True),
                ]
            )
        )

    def _career_reads_all_uptake(self):
        """Tell whether this login reads every published row of its companies."""
        return any(self.has_group(group) for group in READ_EVERYTHING)

    def _career_reads_uptake(self):
        """Tell whether the uptake page exists for this login."""
        return bool(
            self._career_reads_all_uptake() or self._career_managed_departments()
        )

    def _career_owned_budgets(self):
        """Return the budgets this login owns, as superuser."""
        self.ensure_one()
        if not self.has_group("hr_career_focus.group_budget_holder"):
            return self.env["hr.career.budget"].sudo()
        return self.env["hr.career.budget"].sudo().search([("owner_id", "=", self.id)])

    def _career_reads_all_spending(self):
        """Tell whether this login reads every published row about budgets."""
        return any(self.has_group(group) for group in READ_ALL_SPENDING)

    def _career_reads_spending(self):
        """Tell whether the spending page exists for this login."""
        return bool(self._career_reads_all_spending() or self._career_owned_budgets())
