from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from ..engine.roles import CONFIDENTIAL_GROUPS, GROUP_COACH, INCOMPATIBLE_GROUPS
from .common_people import PeopleCase

SAYS = "login"


@tagged("post_install", "-at_install")
class TestRoles(PeopleCase):
    """Coach and desk never share a login with HR, Access Rights or Settings."""

    def test_login_takes_one_side(self):
        """Each confidential role with each incompatible one, in both orders."""
        for confidential in map(self.env.ref, CONFIDENTIAL_GROUPS):
            for xmlid in INCOMPATIBLE_GROUPS:
                other = self.env.ref(xmlid)
                basis = "base.group_public" if "public" in xmlid else "base.group_user"
                user = new_test_user(self.env, f"u{confidential.id}_{other.id}", basis)
                with self.subTest(role=confidential.name, other=xmlid):
                    user.group_ids = [Command.set([self.env.ref(basis).id])]
                    if xmlid != basis:
                        user.group_ids = [Command.link(other.id)]
                    with self._refused(ValidationError, SAYS):
                        user.write({"group_ids": [Command.link(confidential.id)]})
                if xmlid == basis:
                    continue
                with self.subTest(role=confidential.name, other=xmlid, order="after"):
                    user.group_ids = [Command.set([self.env.ref(basis).id])]
                    user.write({"group_ids": [Command.link(confidential.id)]})
                    self.assertIn(confidential, user.all_group_ids)
                    with self._refused(ValidationError, SAYS):
                        user.write({"group_ids": [Command.link(other.id)]})

    def test_both_at_creation(self):
        groups = [self.env.ref("hr.group_hr_manager").id]
        values = {"name": "Both", "login": "both_sides"}
        with self._refused(ValidationError, SAYS):
            self.env["res.users"].create(
                {
                    **values,
                    "group_ids": [Command.set(groups + [self.env.ref(GROUP_COACH).id])],
                }
            )
        user = self.env["res.users"].create(
            {**values, "group_ids": [Command.set(groups)]}
        )
        self.assertTrue(user.has_group("hr.group_hr_user"))

    def test_coach_may_be_internal_or_portal_and_also_desk(self):
        """Positive control: what is allowed stays allowed."""
        self.assertTrue(self.inside.has_group(GROUP_COACH))
        self.assertTrue(self.outside.has_group(GROUP_COACH))
        self.inside.group_ids = [
            Command.link(self.env.ref("hr_career_focus.group_desk").id),
            Command.link(self.env.ref("hr_career_focus.group_works_council").id),
        ]
        self.assertTrue(self.inside.has_group("hr_career_focus.group_desk"))

    def test_over_the_remote_interface(self):
        """What a client sends, as an administrator of logins."""
        chief = new_test_user(
            self.env, "chief", "base.group_user,base.group_erp_manager"
        )
        Users = self.env["res.users"].with_user(chief)
        coach, hr = self.ref(GROUP_COACH), self.ref("hr.group_hr_user")

        def save(user, group_id):
            values = {"group_ids": [[4, group_id]]}
            call_kw(Users, "web_save", [[user.id], values], {"specification": {}})

        for user, group_id in ((self.hr, coach), (self.inside, hr), (chief, coach)):
            with self.subTest(user=user.login), self._refused(ValidationError, SAYS):
                save(user, group_id)
        save(self.staff, coach)
        self.assertTrue(self.staff.has_group(GROUP_COACH))

    def test_from_the_side_of_the_group(self):
        hr_group = self.env.ref("hr.group_hr_user")
        for field in ("user_ids", "all_user_ids"):
            with self.subTest(field=field), self._refused(ValidationError, SAYS):
                hr_group.write({field: [Command.link(self.inside.id)]})
        hr_group.write({"user_ids": [Command.link(self.staff.id)]})
        self.assertTrue(self.staff.has_group("hr.group_hr_user"))

    def test_group_coach_from_its_own_side(self):
        with self._refused(ValidationError, SAYS):
            self.env.ref(GROUP_COACH).write({"user_ids": [Command.link(self.hr.id)]})
        self.env.ref(GROUP_COACH).write({"user_ids": [Command.link(self.staff.id)]})
        self.assertTrue(self.staff.has_group(GROUP_COACH))

    def test_no_group_hands_out_a_confidential_role(self):
        Groups = self.env["res.groups"]
        plain = Groups.create({"name": "Choir"})
        for group in map(self.env.ref, CONFIDENTIAL_GROUPS):
            with self.subTest(group=group.name):
                with self._refused(ValidationError, SAYS):
                    plain.write({"implied_ids": [Command.link(group.id)]})
                with self._refused(ValidationError, SAYS):
                    group.write({"implied_by_ids": [Command.link(plain.id)]})
                with self._refused(ValidationError, SAYS):
                    Groups.create(
                        {"name": "Band", "implied_ids": [Command.link(group.id)]}
                    )
                with self._refused(ValidationError, SAYS):
                    self.env.ref("base.group_user")._apply_group(group)
        plain.write({"implied_ids": [Command.link(self.ref("base.group_user"))]})
        self.assertIn(self.env.ref("base.group_user"), plain.all_implied_ids)

    def test_a_group_of_a_coach_cannot_grow_into_hr(self):
        """A harmless group that the coach is in is later made to imply HR."""
        choir = self.env["res.groups"].create(
            {"name": "Choir", "user_ids": [Command.link(self.inside.id)]}
        )
        choir.write({"implied_ids": [Command.link(self.ref("base.group_user"))]})
        with self._refused(ValidationError, SAYS):
            choir.write({"implied_ids": [Command.link(self.ref("hr.group_hr_user"))]})
        band = self.env["res.groups"].create({"name": "Band"})
        band.write({"implied_ids": [Command.link(self.ref("hr.group_hr_user"))]})

    def test_the_role_itself_cannot_grow_into_hr(self):
        with self._refused(ValidationError, SAYS):
            self.env.ref(GROUP_COACH).write(
                {"implied_ids": [Command.link(self.ref("hr.group_hr_user"))]}
            )

    def test_archived_login_is_no_way_round(self):
        self.inside.action_archive()
        with self._refused(ValidationError, SAYS):
            self.inside.write(
                {"group_ids": [Command.link(self.ref("base.group_system"))]}
            )
        with self._refused(ValidationError, SAYS):
            self.env.ref("base.group_system").write(
                {"user_ids": [Command.link(self.inside.id)]}
            )

    def test_portal_access_of_a_coach_can_be_taken_away(self):
        """It leaves an archived public login, which cannot come back as a coach."""
        wizard = self.env["portal.wizard"].create(
            {"partner_ids": [Command.link(self.outside.partner_id.id)]}
        )
        self.outside.partner_id.email = "otto@example.com"
        wizard.user_ids.action_revoke_access()
        self.assertFalse(self.outside.active)
        self.assertTrue(self.outside.has_group("base.group_public"))
        with self._refused(ValidationError, SAYS):
            self.outside.active = True
        self.outside.group_ids = [
            Command.set([self.ref("base.group_portal"), self.ref(GROUP_COACH)])
        ]
        self.outside.active = True

    def test_nobody_holds_the_roles_by_default(self):
        """Neither a fresh login nor the administrator."""
        fresh = self.env["res.users"].create({"name": "Fresh", "login": "fresh"})
        for xmlid in CONFIDENTIAL_GROUPS:
            group = self.env.ref(xmlid)
            self.assertEqual(group.all_implied_by_ids, group)
            self.assertEqual(group.all_implied_ids, group)
            for user in fresh | self.env.ref("base.user_admin"):
                self.assertNotIn(group, user.all_group_ids)
