"""The whole story in real browsers: HR opens the service, one person goes through it,
everybody else looks everywhere and finds nothing, and the manager sees a safe figure.

On the public data set of 1,470 employees, imported as HR would.
"""

import base64
import re
import tempfile
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import attrition
import traces
from profiles import PHONE, call, password_of, profiles

from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.hr_career_focus.casework import approvals
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.tests.common import CareerCompany
from odoo.addons.hr_career_focus_reports.models.frozen_mixin import publishing

#: Participants besides the victim, so that the company has a figure to break down.
# One more than this take part. Bands start and end on numbers that are one more or
# one less than a multiple of five, so the true number itself is never drawn.
OTHERS = 21
EXTRA = {
    "hr_admin": "hr.group_hr_manager",
    "victim": "base.group_portal",
    "colleague": "base.group_portal",
    "boss": "base.group_user",
    "coach": "base.group_portal,hr_career_focus.group_coach",
    "other_coach": "base.group_user,hr_career_focus.group_coach",
    "desk": "base.group_user,hr_career_focus.group_desk",
    "officer": "base.group_user,hr_career_focus.group_privacy_officer",
    "hr_officer": "hr.group_hr_user",
    "settings_admin": "base.group_system",
    "finance": "base.group_user,hr_career_focus.group_finance",
}
OUTSIDERS = (
    "boss",
    "hr_officer",
    "hr_admin",
    "settings_admin",
    "finance",
    "colleague",
    "other_coach",
)
#: How many of the newest rows of each model a curious person reads.
NEWEST = 40
#: The web client shows an action, or says that it is not for this user.
SHOWN = ".o_action_manager > *, .modal"
#: Where a curious person looks first.
PLACES = (
    "/my/home",
    "/my/account",
    "/my/focus",
    "/focus/desk",
    "/focus/coach",
    "/odoo/employees",
)


@tagged("post_install", "-at_install")
class TestStory(CareerCompany, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.canary = "CANARY-7f3a-whole-story"
        cls.company = cls.env.company
        cls.users = {
            login: cls.make_user(login, groups) for login, groups in EXTRA.items()
        }
        cls._import_people()
        cls._choose_people()
        cls._policy()
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)

    @classmethod
    def _import_people(cls):
        """Load the public data set the way HR does."""
        wizard = (
            cls.env["hr.career.employee.import"]
            .with_user(cls.users["hr_admin"])
            .create({"data_file": base64.b64encode(attrition.employees_csv())})
        )
        wizard.action_check()
        wizard.action_import()

    @classmethod
    def _choose_people(cls):
        """Give some of the imported people a login."""
        employees = cls.env["hr.employee"].search(
            [("company_id", "=", cls.company.id), ("user_id", "=", False)], order="id"
        )
        by_unit = {}
        for employee in employees:
            by_unit.setdefault(employee.department_id, []).append(employee)
        cls.department, members = max(by_unit.items(), key=lambda item: len(item[1]))
        cls.people = dict(
            zip(("boss", "victim", "colleague"), members[:3], strict=True)
        )
        for login, person in cls.people.items():
            person.user_id = cls.users[login]
        cls.department.manager_id = cls.people["boss"]
        rest = [one for unit in by_unit.values() for one in unit[3:6]][:OTHERS]
        for number, person in enumerate(rest):
            login = f"other_{number}"
            cls.users[login] = cls.make_user(login, "base.group_portal")
            person.user_id = cls.users[login]
        cls.names = {login: person.name for login, person in cls.people.items()}
        cls.victim_id = cls.people["victim"].id

    @classmethod
    def _policy(cls):
        """What HR enters on forms that have tests of their own."""
        cls._make_agreement()
        cls.company.write(
            {
                "career_agreement_id": cls.agreement.id,
                "career_purpose": "So that everybody keeps working with pleasure.",
                "career_privacy_contact": "privacy@x.test",
                "career_key_copy_stored": True,
                "career_key_copy_on": date.today(),
                "career_second_factor": False,
            }
        )
        cls._make_coaches()
        today = date.today()
        cls.make_mandate(
            "desk",
            confirmed_by="officer",
            date_from=today - timedelta(days=365),
            date_to=today + timedelta(days=365),
        )

    def setUp(self):
        super().setUp()
        self.env.flush_all()

    def page(self, login, **options):
        return self.browsers.page(login, password_of(login), **options)

    def press(self, page, form, button=None):
        """Send a form of a page and wait for what follows."""
        target = page.locator(f"{form} button[type=submit]")
        if button:
            target = target.filter(has_text=button)
        with page.expect_navigation():
            target.first.click()
        self.assertFalse(
            page.locator(".o_cf [role=alert][data-cf-focus]").count(),
            page.locator("main").inner_text(),
        )

    def unfold(self, page, form):
        """Open the folded part of the page a form is in."""
        page.eval_on_selector(
            form, "el => { const d = el.closest('details'); if (d) d.open = true; }"
        )

    # -- the chapters --------------------------------------------------------------

    @contextmanager
    def browsing(self):
        """Let the browsers ask for the block.

        The test and the server share one connection, so the test itself touches the
        database only outside this block.
        """
        with self.allow_requests(all_requests=True):
            yield
            self.browsers.rest()
        self.env.invalidate_all()

    def test_story(self):
        with profiles(self.base_url(), self.folder.name) as self.browsers:
            self.assertFalse(self.company.career_live)
            with self.browsing():
                self.hr_opens_the_service()
                for login in ("victim", "coach", "desk", *OUTSIDERS):
                    phone = {"viewport": PHONE} if login == "victim" else {}
                    self.page(login, **phone)
                # The first visit ever makes Odoo's bot open a chat.
                self.page("desk").goto("/odoo/desk")
                self.page("desk").frame_locator("iframe").locator("main").wait_for()
            self.assertTrue(self.company.career_live)
            self.others_take_part()
            self.empty_queue()
            tables = traces.people_tables(self.env.cr)
            before = traces.dump(self.env.cr, tables)
            with self.browsing():
                self.victim_asks()
                self.desk_matches()
                self.coach_and_victim_work()
                self.victim_closes()
            self.assertIn("private@elsewhere.test", self.empty_queue())
            self.nothing_about_people_changed(tables, before)
            self.assertEqual(traces.tables_with(self.env.cr, self.canary), [])
            self.assertEqual(traces.files_with(self.canary), [])
            for login in OUTSIDERS:
                with self.subTest(login), self.browsing():
                    self.looks_everywhere(login)
                self.browsers.close(login)
            self.period_closes()
            with self.browsing():
                self.manager_sees_the_safe_figure()

    def hr_opens_the_service(self):
        """The checklist says what is missing; HR fills it in and opens."""
        page = self.page("hr_admin")
        page.goto("/odoo/focus-setup")
        page.wait_for_selector(".o_career_steps .o_kanban_record:not(.o_kanban_ghost)")
        self.assertFalse(page.get_by_role("button", name="Open for employees").count())
        todo = page.locator(".o_kanban_record", has_text="To do")
        self.assertEqual(todo.count(), 1, todo.all_inner_texts())
        todo.locator("button.btn-primary").click()
        dialog = page.locator(".modal-content")
        dialog.locator("[name=council_document] input").fill("Minutes of 3 May, item 4")
        dialog.locator("[name=council_date] input").click()
        page.locator(".o_datetime_picker .o_today").click()
        dialog.get_by_role("button", name="Save").click()
        page.get_by_role("button", name="Open for employees").click()
        page.locator(".modal-footer .btn-primary").click()
        page.wait_for_selector(".alert-success:has-text('is open')")
        page.goto("about:blank")

    def others_take_part(self):
        """Enough people take part this year for a figure to appear at all."""
        now = datetime.utcnow()
        for number in range(OTHERS):
            self.make_active(f"other_{number}", now=now, kind=c.CAREER_FOCUS)
        self.env.flush_all()

    def victim_asks(self):
        """On a phone, with the keyboard only."""
        page = self.page("victim")
        page.goto("/my/home")
        page.click("a[href='/my/focus']")
        page.wait_for_selector("text=Reading this page leaves no trace")
        self.assertIn("1,000", page.locator("main").inner_text())
        page.goto("/my/focus/start")
        page.wait_for_selector("[data-cf-next]:visible")
        self.keys(page, "input[name=what][value^='right-']", "Space")
        self.keys(page, "[data-cf-step='1'] [data-cf-next]", "Enter")
        self.keys(
            page, f"input[name=coach][value='{self.coaches['coach'].id}']", "Space"
        )
        self.keys(page, "[data-cf-step='2'] [data-cf-next]", "Enter")
        page.focus("#request-alias")
        page.keyboard.type("Vee")
        self.keys(page, "input[name=channel][value=mail]", "Space")
        page.focus("#request-address")
        page.keyboard.press("Control+A")
        page.keyboard.type("private@elsewhere.test")
        page.focus("#request-question")
        page.keyboard.type(f"My question: {self.canary}")
        with page.expect_navigation():
            self.keys(page, "[data-cf-step='3'] button[type=submit]", "Enter")
        page.wait_for_selector("text=Your request is sent")
        self.ref = re.search(r"/my/focus/file/([0-9a-f]{32})", page.url).group(1)
        self.assertEqual(page.title().split("|")[0].strip(), "My focus")

    def keys(self, page, selector, key):
        page.focus(selector)
        page.keyboard.press(key)

    def desk_matches(self):
        """In the backend: the computed answer, the wished coach, no content."""
        page = self.page("desk")
        page.goto("/odoo/desk")
        frame = page.frame_locator("iframe")
        name = self.names["victim"]
        self.assertNotIn(name, frame.locator("main").inner_text())
        number = approvals.number(self.ref)
        frame.get_by_role("link", name=f"case {number}").click()
        frame.locator("#form-assign").wait_for()
        text = frame.locator("main").inner_text()
        self.assertIn(name, text)
        self.assertIn("the right is open", text)
        self.assertNotIn(self.canary, text)
        frame.locator("#form-assign button[type=submit]").click()
        frame.get_by_text("The coach is asked").wait_for()
        page.goto("about:blank")

    def coach_and_victim_work(self):
        coach, victim = self.page("coach"), self.page("victim")
        coach.goto("/focus/coach")
        text = coach.locator("main").inner_text()
        self.assertIn("Vee", text)
        self.assertNotIn(self.names["victim"], text)
        coach.goto(f"/focus/coach/{self.ref}")
        self.assertIn(self.canary, coach.locator("main").inner_text())
        coach.check("#form-accept input[name=confirm]")
        self.press(coach, "#form-accept")
        self.unfold(coach, "#form-agreement")
        coach.fill("#form-agreement [name=goal]", f"Find a direction {self.canary}")
        coach.fill("#form-agreement [name=sessions]", "5")
        coach.fill("#form-agreement [name=hours]", "7.5")
        self.press(coach, "#form-agreement")
        self.press(coach, "#form-sign")
        victim.goto(f"/my/focus/file/{self.ref}")
        self.press(victim, "#form-sign")
        coach.goto(f"/focus/coach/{self.ref}")
        self.assertIn(self.names["victim"], coach.locator("main").inner_text())
        self.unfold(coach, "#form-session")
        earlier = datetime.utcnow() - timedelta(hours=1)
        coach.fill("#form-session [name=on]", earlier.strftime("%Y-%m-%dT%H:%M"))
        self.press(coach, "#form-session")
        victim.reload()
        self.press(victim, "form[id^=form-answer]", "Confirm")
        coach.reload()
        self.press(coach, "form[id^=form-mark]", "Held")
        coach.fill("#form-message [name=text]", f"Good talk {self.canary}")
        self.press(coach, "#form-message")
        victim.reload()
        self.assertIn(f"Good talk {self.canary}", victim.locator("main").inner_text())
        self.press(victim, "#form-phase-approach")
        self.press(victim, "#form-phase-self")
        self.unfold(victim, "#form-note")
        victim.fill("#form-note [name=text]", f"For my eyes only {self.canary}")
        self.press(victim, "#form-note")
        coach.reload()
        self.assertNotIn("For my eyes only", coach.locator("body").inner_text())

    def victim_closes(self):
        page = self.page("victim")
        page.goto(f"/my/focus/file/{self.ref}")
        self.unfold(page, "#form-close")
        page.check("#form-close [name=outcome][value=study]")
        self.press(page, "#form-close")
        self.assertIn("Aftercare", page.locator("main").inner_text())
        openings = page.locator("#openings, [aria-labelledby=openings]")
        self.assertTrue(openings.count())

    def empty_queue(self):
        """Take the waiting mails away as sending would; return who would get them."""
        mails = self.env["mail.mail"].sudo().search([("state", "=", "outgoing")])
        addresses = mails.mapped("email_to")
        mails.unlink()
        self.env.flush_all()
        return addresses

    def nothing_about_people_changed(self, tables, before):
        """Byte for byte, once the neutral mail has left the queue."""
        after = traces.dump(self.env.cr, tables)
        for table in tables:
            new = [row for row in after[table] if row not in before[table]]
            self.assertEqual(before[table], after[table], f"{table}: {new}")

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.models", "odoo.addons.base.models")
    def looks_everywhere(self, login):
        """Pages by hand, then every readable row of every model by the own session."""
        page = self.page(login)
        found = []
        secrets = (self.canary, self.ref, "private@elsewhere.test")
        places = [
            *PLACES,
            f"/odoo/employees/{self.victim_id}",
            f"/my/focus/file/{self.ref}",
            f"/focus/desk/{self.ref}",
            f"/focus/coach/{self.ref}",
            "/focus/uptake",
        ]
        for place in places:
            page.goto(place, wait_until="domcontentloaded")
            if "/odoo" in page.url:
                page.wait_for_selector(SHOWN)
            text = page.content().replace(page.url, "").replace(place, "")
            found += [(place, secret) for secret in secrets if secret in text]
        for place in places[-4:-1]:
            self.assertEqual(page.goto(place).status, 404, place)
        page.goto("/my/home", wait_until="domcontentloaded")
        for model in sorted(self.env.registry):
            cls = self.env.registry[model]
            if cls._abstract or cls._transient:
                continue
            answer = call(
                page,
                model,
                "search_read",
                [],
                limit=NEWEST,
                order="id desc",
                context={"active_test": False, "bin_size": True},
            )
            found += [(model, secret) for secret in secrets if secret in answer]
        self.assertEqual(found, [])

    def test_looking_everywhere_sees_something(self):
        """Positive control of the search: what an admin may read, it does read."""
        partner = self.users["victim"].partner_id
        partner.comment = self.canary
        self.env.flush_all()
        with (
            profiles(self.base_url(), self.folder.name) as self.browsers,
            self.browsing(),
        ):
            page = self.page("settings_admin")
            self.assertIn(
                self.canary,
                call(page, "res.partner", "search_read", [["id", "=", partner.id]]),
            )

    def period_closes(self):
        year = date.today().year
        with freeze_time(f"{year + 1}-01-20 08:00:00"):
            job = self.env["hr.career.release.job"].sudo()
            with publishing():
                release = job._publish(self.company, year, "year")
        self.assertTrue(release.cell_ids)
        self.env.flush_all()

    def manager_sees_the_safe_figure(self):
        page = self.page("boss")
        page.goto("/focus/uptake")
        text = page.locator("main").inner_text()
        self.assertIn(str(date.today().year), text)
        self.assertNotIn(self.names["victim"], text)
        self.assertNotIn(f" {OTHERS + 1} ", text)
        self.assertRegex(text, r"about (20|25) people")
        colleague = self.page("colleague")
        self.assertEqual(colleague.goto("/focus/uptake").status, 404)
