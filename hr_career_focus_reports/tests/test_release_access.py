"""Who reads published figures over RPC, and who does not."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, freeze_time, new_test_user, tagged

from .common import Organisation

MODELS = (
    "hr.career.release",
    "hr.career.release.cell",
    "hr.career.release.unit",
)
READERS = {
    "policy": "hr_career_focus.group_policy",
    "hr_manager": "hr.group_hr_manager",
    "council": "base.group_user,hr_career_focus.group_works_council",
}
OTHERS = {
    "colleague": "base.group_user",
    "portal": "base.group_portal",
    "officer": "hr.group_hr_user",
    "settings": "base.group_system",
    "finance": "base.group_user,hr_career_focus.group_finance",
    "holder": "base.group_user,hr_career_focus.group_budget_holder",
    "desk": "base.group_user,hr_career_focus.group_desk",
    "coach": "base.group_user,hr_career_focus.group_coach",
    "privacy": "base.group_user,hr_career_focus.group_privacy_officer",
}


@tagged("post_install", "-at_install")
class TestReleaseAccess(TransactionCase):
    """HR policy and the works council read; everybody else has the page, or nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.org = Organisation(cls.env, "Omroep De Waal", {"Office": 25, "Studio": 25})
        cls.org.start(cls.org.staff["Office"][:12], date(2025, 3, 1))
        cls.manager = cls.org.manager_of("Office", "manager")
        with freeze_time("2026-01-15"):
            cls.release = cls.org.publish(2025)

    def make(self, login, groups):
        return self.org.login(login, groups)

    def test_readers_read_everything_and_change_nothing(self):
        for login, groups in READERS.items():
            user = self.make(login, groups)
            self.env.invalidate_all()
            for name in MODELS:
                with self.subTest(login=login, model=name):
                    model = self.env[name].with_user(user)
                    found = model.search([])
                    self.assertTrue(found)
                    self.assertTrue(found.read())
                    for operation in ("write", "create", "unlink"):
                        self.assertFalse(model.has_access(operation))

    def test_others_get_nothing(self):
        """No role but the two reads a row, a count or a name through the models."""
        users = [self.make(login, groups) for login, groups in OTHERS.items()]
        for user in [*users, self.manager]:
            for name in MODELS:
                with self.subTest(login=user.login, model=name):
                    self.env.invalidate_all()
                    model = self.env[name].with_user(user)
                    rows = self.env[name].sudo().search([]).with_user(user)
                    for call in (
                        lambda model=model: model.search([]),
                        lambda model=model: model.search_count([]),
                        lambda model=model: model.name_search(""),
                        lambda model=model: model._read_group([], [], ["__count"]),
                        lambda model=model: model.web_search_read([], {}),
                        rows.read,
                    ):
                        with self.assertRaises(AccessError):
                            call()
                    with self.assertRaises(UserError):
                        rows.export_data(["display_name"])

    def test_another_company_is_another_world(self):
        other = Organisation(self.env, "Vlaamse Zorggroep", {"Ward": 30})
        with freeze_time("2026-01-15"):
            theirs = other.publish(2025)
        user = self.make("policy", READERS["policy"])
        self.env.invalidate_all()
        for name, own, foreign in (
            ("hr.career.release", self.release, theirs),
            ("hr.career.release.cell", self.release.cell_ids, theirs.cell_ids),
        ):
            model = self.env[name].with_user(user)
            self.assertEqual(
                model.search([("id", "in", (own | foreign).ids)]), own.with_user(user)
            )
            with self.assertRaises(AccessError):
                foreign.with_user(user).read()

    def test_a_reader_checks_the_fingerprint(self):
        user = self.make("council", READERS["council"])
        action = self.release.with_user(user).action_check_fingerprint()
        self.assertEqual(action["params"]["type"], "success")

    def test_the_job_is_out_of_reach(self):
        """No public method publishes, and no role runs the job's models."""
        for name in ("hr.career.release.job", "hr.career.release.register"):
            own = [
                method
                for method in vars(type(self.env[name]).__mro__[1])
                if callable(getattr(self.env[name], method, None))
            ]
            self.assertFalse([one for one in own if not one.startswith("_")])
        user = new_test_user(
            self.env, "user", groups="base.group_user", company_id=self.org.company.id
        )
        with freeze_time("2027-01-15"), self.assertRaises(AccessError):
            self.env["hr.career.release.job"].with_user(user)._publish(
                self.org.company.with_user(user), 2026, "year"
            )

    def test_no_server_action_reaches_what_figures_are_made_of(self):
        """Neither who started, nor whom budgets helped, nor the key of the draws.

        And nobody publishes to look and roll back: with and without one person on the
        list the figure would tell about that person.
        """

        def run(call):
            action = self.env["ir.actions.server"].create(
                {
                    "name": "Look",
                    "model_id": self.env.ref("base.model_res_partner").id,
                    "state": "code",
                    "code": f"job = env['hr.career.release.job'].sudo()\n"
                    f"company = env['res.company'].browse({self.org.company.id})\n"
                    f"budgets = env['hr.career.budget']\n"
                    f"raise UserError(repr({call}))",
                }
            )
            with freeze_time("2027-01-15"):
                action.run()

        with self.assertRaisesRegex(UserError, "'career_live', '=', True"):
            run("job._publishing_domain()")
        for call in (
            "job._starts(company, 2025)",
            "job._helped(company, 2025, budgets)",
            "job._rounding_secret()",
            "job._publish(company, 2026, 'year')",
        ):
            with self.subTest(call), self.assertRaises(AccessError):
                run(call)

    def test_menu_is_there_for_readers_only(self):
        """A manager and HR policy find the page in the menu, a colleague no app."""
        page = self.env.ref("hr_career_focus_reports.uptake_page_menu")
        app = self.env.ref("hr_career_focus.root_menu")
        menus = self.env["ir.ui.menu"]
        colleague = self.make("colleague", "base.group_user")
        for user in (self.manager, self.make("policy", READERS["policy"])):
            self.assertIn(page.id, menus.with_user(user).load_menus(False))
        seen = menus.with_user(colleague).load_menus(False)
        self.assertNotIn(page.id, seen)
        self.assertNotIn(page.parent_id.id, seen)
        self.assertNotIn(app.id, seen["root"]["children"])
        self.org.departments["Studio"].manager_id = self.org.staff["Studio"][0]
        self.org.staff["Studio"][0].user_id = colleague
        self.assertIn(page.id, menus.with_user(colleague).load_menus(False))

    def test_nothing_shared_points_at_the_publication_plane(self):
        """No model outside the plane has a field that leads to a release."""
        for name, model in self.env.items():
            for field in model._fields.values():
                if field.relational and field.comodel_name in MODELS:
                    self.assertIn(name, MODELS)
