"""The reminder on the own page, and the calendar file."""

from datetime import date

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..casework.opening import vault
from ..casework.reminders import REMINDER
from .page_case import FILE, HOME, NOWHERE, PageCase

DATES = "/my/focus/dates.ics"
PRIVATE = "somebody@elsewhere.test"


@tagged("post_install", "-at_install")
class TestReminderPages(PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.flush_all()
        cls.env.cr.execute(
            SQL(
                "UPDATE hr_career_entitlement_rule SET valid_to = %s WHERE id = %s",
                date(2035, 12, 31),
                cls.rule.id,
            )
        )
        cls.env.invalidate_all()

    def rows(self):
        with vault(self.env) as inside:
            return inside[REMINDER].search_count([])

    def section(self, page):
        return " ".join(page.get_element_by_id("remind").text_content().split())

    def test_ask_change_stop(self):
        self.login("victim")
        page = self.page(HOME)
        self.assertIn("31 December 2035", self.section(page))
        page = self.send_well(HOME, "remind", address=PRIVATE, months="6")
        self.assertIn(PRIVATE, self.section(page))
        self.assertIn("About 6 months before", self.section(page))
        page = self.send_well(HOME, "remind", address=PRIVATE, months="1")
        self.assertIn("About 1 month before", self.section(page))
        self.assertEqual(self.rows(), 1)
        page = self.send_well(HOME, "stop")
        self.assertNotIn(PRIVATE, self.section(page))
        self.assertEqual(self.rows(), 0)

    def test_what_was_typed_comes_back(self):
        self.login("victim")
        response = self.send(HOME, "remind", address="nobody", months="6")
        self.assertRefused(response, "not an e-mail address")
        self.assertIn('value="nobody"', response.text)
        response = self.send(HOME, "remind", address=PRIVATE, months="2")
        self.assertRefused(response, "how long before")
        self.assertEqual(self.rows(), 0)

    def test_only_the_own(self):
        """Fields that name another person do nothing; the session decides."""
        self.login("victim")
        self.send_well(HOME, "remind", address=PRIVATE, months="3")
        self.login("colleague")
        page = self.page(HOME)
        self.assertNotIn(PRIVATE, page.text_content())
        self.assertIn("Remind me", self.section(page))
        form = self.form_values(page, "remind")
        victim = self.users["victim"].id
        for name, value in (
            ("user", str(victim)),
            ("employee", str(self.people["victim"].id)),
            ("owner_index", "0" * 64),
        ):
            form[name] = value
        form.update(do="stop")
        self.url_open(HOME, data=form, allow_redirects=False)
        self.assertEqual(self.rows(), 1)
        self.login("victim")
        self.assertIn(PRIVATE, self.section(self.page(HOME)))

    def test_who_has_no_job_here(self):
        """The same "not found" as for everything that is not there."""
        self.login("coach")
        self.assertMissing(DATES)
        self.assertMissing(HOME, do="remind", address=PRIVATE, months="3")
        self.assertEqual(self.get(FILE % NOWHERE).status_code, 404)
        self.assertEqual(self.rows(), 0)

    def test_a_form_without_proof_of_the_session(self):
        self.login("victim")
        form = self.form_values(self.page(HOME), "remind")
        form.update(address=PRIVATE, months="3", csrf_token="forged")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(HOME, data=form).status_code, 400)
        self.assertEqual(self.rows(), 0)

    def test_calendar_file(self):
        self.login("victim")
        response = self.get(f"{DATES}?before=6")
        self.assertEqual(response.status_code, 200)
        headers = response.headers
        self.assertIn("text/calendar", headers["Content-Type"])
        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertIn('filename="dates.ics"', headers["Content-Disposition"])
        self.assertIn("DTSTART;VALUE=DATE:20350630", response.text)
        self.assertIn("20350930", self.get(f"{DATES}?before=x").text)
        self.assertEqual(self.rows(), 0)
        self.env.cr.execute("UPDATE res_company SET career_live = false")
        self.env.invalidate_all()
        self.assertMissing(DATES)

    def test_the_file_is_read_only(self):
        """The cursor of the file cannot write."""
        self.login("victim")
        self.page(HOME)
        routes = {
            rule.rule: rule.endpoint.routing.get("readonly")
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if rule.rule == DATES
        }
        self.assertEqual(routes, {DATES: True})
