from odoo import api, models
from odoo.exceptions import ValidationError

from ..engine.roles import CONFIDENTIAL_GROUPS, GROUP_PUBLIC, INCOMPATIBLE_GROUPS


class ResUsers(models.Model):
    """Coach and desk never share a login with power over people or logins."""

    _inherit = "res.users"

    @api.constrains("group_ids", "active")
    def _check_career_roles(self):
        confidential = self._career_groups(CONFIDENTIAL_GROUPS)
        incompatible = self._career_groups(INCOMPATIBLE_GROUPS)
        public = self._career_groups((GROUP_PUBLIC,))
        for user in self.sudo():
            held = user.all_group_ids & confidential
            clash = user.all_group_ids & incompatible
            if not user.active:
                # Taking portal access away leaves an archived public login behind.
                clash -= public
            if held and clash:
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot be %(role)s and hold “%(clash)s” with one "
                        "login. Employees must be sure that a coach or the career desk "
                        "has no rights over people or logins. Use a separate login.",
                        user=user.name,
                        role=" + ".join(held.mapped("name")),
                        clash=", ".join(clash.mapped("full_name")),
                    )
                )

    @api.model
    def _career_groups(self, xmlids):
        """The groups with these external ids that exist, as superuser."""
        groups = self.env["res.groups"].sudo()
        for xmlid in xmlids:
            group = groups.env.ref(xmlid, raise_if_not_found=False)
            groups |= group or groups.browse()
        return groups
