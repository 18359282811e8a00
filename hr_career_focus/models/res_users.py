from odoo import api, models
from odoo.exceptions import ValidationError

from ..casework import login_register, logins
from ..casework.login_notices import watching
from ..engine.roles import CONFIDENTIAL_GROUPS, GROUP_PUBLIC, INCOMPATIBLE_GROUPS


class ResUsers(models.Model):
    """Coach and desk never share a login with power over people or logins.

    And each login has its marks (casework.logins): these hooks say when something
    happens to a login, and the functions there decide what follows from it.
    """

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

    # -- marks ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        login_register.register(self.env, users.ids)
        return users

    def write(self, vals):
        """Another contact behind a login is another address."""
        if "partner_id" not in vals:
            return super().write(vals)
        with watching(self.env, user_ids=self.ids):
            return super().write(vals)

    def authenticate(self, credential, user_agent_env):
        found = super().authenticate(credential, user_agent_env)
        logins.signed_in(
            self.env,
            found["uid"],
            found.get("auth_method", ""),
            (user_agent_env or {}).get("interactive", False),
        )
        return found

    def _check_credentials(self, credential, env):
        with logins.rehashing(self.env) as found:
            found.update(super()._check_credentials(credential, env))
        return dict(found)

    @api.model
    def change_password(self, old_passwd, new_passwd):
        with logins.own_change(self.env, old_passwd or ""):
            return super().change_password(old_passwd, new_passwd)
