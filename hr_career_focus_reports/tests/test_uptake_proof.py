"""Proving a release once more from the page."""

from datetime import date

from odoo.http import Request
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.hr_career_focus.casework import home, purging

from .test_uptake_page import UptakePageCase


@tagged("post_install", "-at_install")
class TestProveAgain(UptakePageCase):
    def setUp(self):
        super().setUp()
        self.release = self.publish()
        self.path = f"/focus/uptake/{self.org.company.id}/2025/year/prove"
        self.org.login(
            "council", "base.group_portal,hr_career_focus.group_works_council"
        )

    def prove(self, login, path=None):
        """Press the button as `login` does."""
        self.authenticate(login, login.ljust(8, "x"))
        return self.url_open(
            path or self.path, data={"csrf_token": Request.csrf_token(self)}
        )

    def outcome(self, response):
        page = self.html(response)
        [part] = page.xpath("//article//div[@role='status']")
        return self.text(part)

    @freeze_time("2026-01-20")
    def test_council_and_policy_prove_it_again(self):
        self.org.login("policy", "hr_career_focus.group_policy")
        for login in ("council", "policy"):
            page = self.page(login)
            [form] = page.xpath("//article//form")
            self.assertTrue(form.get("action").startswith(self.path))
            response = self.prove(login)
            self.assertEqual(response.status_code, 200)
            self.assertIn("no-store", response.headers["Cache-Control"])
            said = self.outcome(response)
            self.assertIn("The proof holds", said)
            self.assertIn("each of 95 people", said)
            self.assertIn(f"all {len(self.release.cell_ids)} figures", said)

    @freeze_time("2026-01-20")
    def test_same_answer_every_time(self):
        self.assertEqual(
            len({self.outcome(self.prove("council")) for _again in range(3)}), 1
        )

    @freeze_time("2026-01-20")
    def test_a_list_that_was_changed_since(self):
        """Another list of employees: said as it is, and not as a failure."""
        self.org.hire("Office", 3, "2024-01-01")
        said = self.outcome(self.prove("council"))
        self.assertIn("The proof cannot be repeated", said)
        self.assertNotIn("The proof holds", said)

    def test_after_a_purge_of_that_year_there_is_no_button(self):
        with freeze_time("2026-01-20"):
            self.assertTrue(self.page("council").xpath("//article//form"))
        self.env["ir.config_parameter"].set_param(home.FROM, "2026-01-01")
        home.remember(self.env)
        with freeze_time("2026-02-01"):
            purging.purge(self.env(su=True), self.org.company, date(2026, 2, 1))
            page = self.page("council")
            said = self.outcome(self.prove("council"))
        self.assertFalse(page.xpath("//article//form"))
        self.assertIn("can no longer be repeated", self.text(page))
        self.assertIn("can no longer be repeated", said)

    @freeze_time("2026-01-20")
    def test_the_button_exists_for_nobody_else(self):
        """Missing, whoever asks, and whatever for; positive control above."""
        self.org.manager_of("Office", "officeboss")
        self.org.login("colleague", "base.group_user")
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.assertFalse(self.page("officeboss").xpath("//article//form"))
        for login in ("officeboss", "colleague"):
            self.assertEqual(self.prove(login).status_code, 404, login)
        for path in (
            f"/focus/uptake/{other.id}/2025/year/prove",
            f"/focus/uptake/{self.org.company.id}/2024/year/prove",
            f"/focus/uptake/{self.org.company.id}/2025/q1/prove",
            f"/focus/uptake/{self.org.company.id}/2025/other/prove",
            f"/focus/uptake/{self.org.company.id}/{10**20}/year/prove",
            f"/focus/uptake/{10**20}/2025/year/prove",
        ):
            self.assertEqual(self.prove("council", path).status_code, 404, path)

    @freeze_time("2026-01-20")
    def test_only_a_form_of_the_page_proves(self):
        self.authenticate("council", "council".ljust(8, "x"))
        self.assertIn(self.url_open(self.path).status_code, (404, 405))
        with mute_logger("odoo.http"):
            refused = self.url_open(self.path, data={"csrf_token": "x"})
        self.assertEqual(refused.status_code, 400)
