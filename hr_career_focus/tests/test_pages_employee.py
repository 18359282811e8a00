"""The employee's pages over HTTP: request, file, and everything refused."""

from contextlib import closing
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import SQL

from ..casework import EmployeeDoor
from ..casework import constants as c
from ..controllers.common import lock_of
from .page_case import FILE, HOME, START, PageCase


@tagged("post_install", "-at_install")
class TestRequest(PageCase):
    def setUp(self):
        super().setUp()
        self.login("victim")
        self.right = f"right-{self.rule.id}"

    def ask(self, **values):
        return self.send(START, "request", **{"what": self.right, **values})

    def test_request_with_everything(self):
        page = self.send_well(
            START,
            "request",
            what=self.right,
            coach=self.coaches["coach"].id,
            exclude=self.coaches["other_coach"].id,
            alias="Vee",
            channel="mail",
            address="vee@private.test",
            question=f"What now? {self.canary}",
        )
        self.assertIn("Your request is sent", page.text_content())
        self.assertIn(self.canary, page.text_content())
        ref = self.employee_door().running_ref()
        view = self.desk_door().case(ref).view
        self.assertEqual(view.preferred_coach, "Coach Name")
        self.assertEqual([one.name for one in view.candidates], ["Coach Name"])
        self.assertEqual(view.contact, "vee@private.test")

    def test_request_of_the_offer(self):
        self.send_well(START, "request", what=c.CAREER_FOCUS, channel="none")
        ref = self.employee_door().running_ref()
        self.assertEqual(self.employee_door().case(ref).view.kind, c.CAREER_FOCUS)

    def test_refusals_keep_what_was_typed(self):
        """A bad address, a foreign coach, a right that is not there: nothing sent."""
        stranger = self.coaches["coach"].copy({"user_id": False})
        base = {"alias": "Vee", "question": "Typed with care", "channel": "none"}
        for values, words in (
            ({"channel": "mail", "address": "no address"}, "not an e-mail address"),
            ({"channel": "mail", "address": "a@@b.test"}, "not an e-mail address"),
            ({"coach": stranger.id}, "cannot take your case"),
            ({"coach": 999999999}, "cannot take your case"),
            ({"what": "right-999999999"}, "what you ask for"),
            ({"what": c.EMPLOYER_INITIATED}, "what you ask for"),
            ({"what": ""}, "what you ask for"),
            ({"channel": "pigeon"}, "how you hear"),
            ({"alias": "x" * 300}, "too long"),
        ):
            with self.subTest(**values):
                response = self.ask(**{**base, **values})
                self.assertRefused(response, words)
                tree = html.fromstring(response.text)
                self.assertEqual(
                    tree.xpath("//textarea[@name='question']")[0].text,
                    "Typed with care",
                )
                self.assertEqual(self.trajects(), 0)
        self.assertEqual(self.ask(**base).status_code, 303)
        self.assertEqual(self.trajects(), 1)

    def test_no_right_no_request(self):
        """Someone hired last month reads from when it is possible."""
        recent = fields.Date.today() - timedelta(days=30)
        newcomer = self.make_employee("New Person", self.users["coach"], start=recent)
        self.login("coach")
        self.assertIn("Not yet", self.page(HOME).text_content())
        tree = self.page(START)
        self.assertFalse(tree.xpath(f"//input[@value='{self.right}']"))
        response = self.send(
            START, "request", source=tree, what=self.right, channel="none"
        )
        self.assertRefused(response, "for 1 year")
        self.assertEqual(self.trajects(), 0)
        newcomer.unlink()

    def test_pressing_twice_sends_once(self):
        tree = self.page(START)
        answers = [
            self.send(START, "request", source=tree, what=self.right, channel="none")
            for _time in range(2)
        ]
        self.assertEqual([one.status_code for one in answers], [303, 303])
        self.assertEqual(self.trajects(), 1)

    def test_pressed_twice_at_the_same_moment(self):
        """While one is at work its twin does nothing; afterwards it is too late."""
        tree = self.page(START)
        values = {"what": self.right, "channel": "none"}
        once = self.form_values(tree, "request")["once"]
        lock = lock_of(self.session.sid, once)
        with closing(db_connect(self.env.cr.dbname).cursor()) as first:
            first.execute(SQL("SELECT pg_advisory_lock(%s)", lock))
            response = self.send(START, "request", source=tree, **values)
            first.execute(SQL("SELECT pg_advisory_unlock(%s)", lock))
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.trajects(), 0)
        self.send(START, "request", source=tree, **values)
        self.assertEqual(self.trajects(), 1)

    def test_back_after_a_refusal(self):
        """Going back to the refused form, correcting it and sending it works."""
        tree = self.page(START)
        wrong = {"what": self.right, "channel": "mail", "address": "none"}
        self.assertRefused(self.send(START, "request", source=tree, **wrong))
        self.send(START, "request", source=tree, what=self.right, channel="none")
        self.assertEqual(self.trajects(), 1)

    def test_two_tabs(self):
        """The second tab is told that the first one has sent already."""
        first, second = self.page(START), self.page(START)
        values = {"what": self.right, "channel": "none"}
        self.assertEqual(
            self.send(START, "request", source=first, **values).status_code, 303
        )
        response = self.send(START, "request", source=second, **values)
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.trajects(), 1)
        self.assertEqual(self.get(START).status_code, 303)

    def test_without_proof_of_the_session(self):
        """No csrf token, or another session's: nothing happens."""
        tree = self.page(START)
        values = self.form_values(tree, "request")
        stolen = values.pop("csrf_token")
        values |= {"what": self.right, "channel": "none"}
        with self.assertLogs("odoo.http", "WARNING"):
            response = self.url_open(START, data=values, allow_redirects=False)
        self.assertEqual(response.status_code, 400)
        self.login("colleague")
        with self.assertLogs("odoo.http", "WARNING"):
            response = self.url_open(
                START, data={**values, "csrf_token": stolen}, allow_redirects=False
            )
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.trajects(), 0)

    def test_expired_session_changes_nothing(self):
        tree = self.page(START)
        self.authenticate(None, None)
        response = self.send(
            START, "request", source=tree, what=self.right, channel="none"
        )
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login?redirect=", response.headers["Location"])
        self.assertEqual(self.trajects(), 0)


@tagged("post_install", "-at_install")
class TestFile(PageCase):
    def setUp(self):
        super().setUp()
        self.ref = self.make_active(now=fields.Datetime.now())
        self.path = FILE % self.ref
        self.login("victim")

    @property
    def view(self):
        return EmployeeDoor(self.env_of("victim")).case(self.ref).view

    def test_write_and_read_back(self):
        page = self.send_well(self.path, "note", title="T", text=f"N {self.canary}")
        self.assertIn(self.canary, page.get_element_by_id("notes").text_content())
        page = self.send_well(self.path, "message", text="Dear coach")
        self.assertIn("Dear coach", page.get_element_by_id("messages").text_content())
        self.send_well(self.path, "plan", ambitions="Mine")
        page = self.send_well(self.path, "plan", ambitions="Ours", shared="yes")
        self.assertIn("Ours", page.get_element_by_id("plan").text_content())
        self.assertEqual(self.view.plan.audience, c.COACH)
        self.assertEqual(self.view.plan_versions[0].audience, c.SELF)
        page = self.send_well(
            self.path, "exploration", on="2026-01-02", tried="A day along"
        )
        self.assertIn("A day along", page.get_element_by_id("log").text_content())

    def test_change_remove_and_undo(self):
        self.send_well(self.path, "note", text="First")
        entry = self.view.notes[0].ref
        self.send_well(self.path, "edit", entry, title="", text="Second")
        self.assertEqual(self.view.notes[0].fields["text"], "Second")
        page = self.send_well(self.path, "remove", entry)
        self.assertFalse(self.view.notes)
        self.assertIn("bring it back", page.text_content())
        self.send_well(self.path, "restore", entry, source=page)
        self.assertEqual(self.view.notes[0].fields["text"], "Second")
        self.assertNotIn("bring it back", self.page(self.path).text_content())

    def send_well(self, path, do, entry="", source=None, **values):
        response = self.send(path, do, entry, source=source, **values)
        self.assertEqual(response.status_code, 303, self.said(response))
        return self.page(response.headers["Location"].split("#")[0])

    def test_phases_in_any_order(self):
        for code in ("approach", "self", "approach", "market"):
            tree = self.page(self.path)
            (form,) = tree.xpath(f"//form[@id='form-phase-{code}']")
            values = {
                one.get("name"): one.get("value") for one in form.xpath(".//input")
            }
            self.assertEqual(
                self.url_open(
                    self.path, data=values, allow_redirects=False
                ).status_code,
                303,
            )
        pressed = self.page(self.path).xpath("//button[@aria-pressed='true']")
        self.assertEqual(len(pressed), 2)

    def test_wrong_dates_and_empty_texts(self):
        future = (fields.Date.today() + timedelta(days=5)).isoformat()
        for do, values, words in (
            ("exploration", {"on": "2026-02-30", "tried": "Kept"}, "not a date"),
            ("exploration", {"on": future, "tried": "Kept"}, "or earlier"),
            ("exploration", {"on": "", "tried": "  "}, "What I tried"),
            ("note", {"text": ""}, "Note"),
            ("message", {"text": " \n "}, "Message"),
            ("plan", {"ambitions": ""}, "still empty"),
            ("note", {"text": "x" * 20001}, "too long"),
        ):
            with self.subTest(do=do, words=words):
                response = self.send(self.path, do, **values)
                self.assertRefused(response, words)
                if values.get("tried") == "Kept":
                    self.assertIn(">Kept</textarea>", response.text)
        self.assertFalse(self.view.notes)
        self.assertFalse(self.view.explorations)

    def test_close_needs_the_question_answered(self):
        tree = self.page(self.path)
        values = {**self.form_values(tree, "close"), "confirm": "no"}
        response = self.url_open(self.path, data=values, allow_redirects=False)
        self.assertRefused(response, "confirm first")
        self.assertEqual(self.state(self.ref), c.ACTIVE)
        page = self.send_well(
            self.path, "close", outcome=["study", "invented"], text="Glad"
        )
        self.assertEqual(self.state(self.ref), c.AFTERCARE)
        self.assertEqual(self.view.outcome.fields["outcomes"], ["study"])
        self.assertIn("Aftercare", page.text_content())
        self.assertFalse(page.xpath("//form[@id='form-withdraw']"))
        # Aftercare: still in the list of the rights page, and still writable.
        self.assertTrue(self.page(HOME).xpath(f"//a[@href='{self.path}']"))
        self.send_well(self.path, "message", text="One more question")

    def test_withdraw_and_stale_tab(self):
        stale = self.page(self.path)
        self.send_well(self.path, "withdraw")
        self.assertEqual(self.state(self.ref), c.WITHDRAWN)
        response = self.send(self.path, "message", source=stale, text="Too late")
        self.assertRefused(response, "Nothing was changed")
        self.assertFalse([e for e in self.view.messages])

    def test_swap_once(self):
        self.send_well(self.path, "swap")
        self.assertEqual(self.state(self.ref), c.REQUESTED)
        self.assertFalse(self.page(self.path).xpath("//form[@id='form-swap']"))

    def test_message_twice_is_one_message(self):
        tree = self.page(self.path)
        for _time in range(2):
            response = self.send(self.path, "message", source=tree, text="Hello")
            self.assertEqual(response.status_code, 303)
        self.assertEqual(len(self.view.messages), 1)
        self.assertIn("Nothing was done twice", self.page(self.path).text_content())

    def test_unknown_form(self):
        values = self.form_values(self.page(self.path), "note")
        values["do"] = "approve"
        self.assertRefused(
            self.url_open(self.path, data=values, allow_redirects=False), "changed"
        )

    def test_same_answer_for_missing_and_not_yours(self):
        """Own file open; for others, altered, and odd references one and the same."""
        self.assertEqual(self.get(self.path).status_code, 200)
        altered = self.ref[:-1] + ("0" if self.ref[-1] != "0" else "1")
        odd = (altered, "1", "x" * 32, self.ref.upper() + "x", "%00", "'; --")
        for ref in odd:
            self.assertMissing(FILE % ref)
            self.assertMissing(FILE % ref, do="note", text="x")
        for login in ("colleague", "manager", "hr_manager", "settings_admin", "coach"):
            self.login(login)
            self.assertMissing(self.path)
            self.assertMissing(self.path, do="withdraw", confirm="yes")
        self.assertEqual(self.state(self.ref), c.ACTIVE)

    def test_entry_of_another_file(self):
        """An own file is no key to an entry of another file."""
        other = self.make_request("colleague", now=fields.Datetime.now())
        case = EmployeeDoor(self.env_of("colleague")).case(other)
        entry = case.write(c.NOTE, c.SELF, {"text": "Not yours"})
        for do, values in (
            ("remove", {"part": "notes"}),
            ("edit", {"what": "note", "text": "Changed"}),
            ("restore", {}),
            ("answer", {"reply": "confirmed"}),
        ):
            self.assertMissing(self.path, do=do, entry=entry, **values)
        self.assertEqual(case.view.notes[0].fields["text"], "Not yours")
        self.send_well(self.path, "note", text="Mine")
        own = self.view.notes[0].ref
        self.send_well(self.path, "remove", own)
        self.assertFalse(self.view.notes)

    def test_nobody_else_has_opened_it(self):
        """The log names the desk and the coach, and what they opened."""
        self.login("coach")
        self.page(f"/focus/coach/{self.ref}")
        self.login("victim")
        rows = self.page(self.path).xpath("//*[@id='openings']//tbody/tr")
        self.assertTrue(any("Your coach" in row.text_content() for row in rows))

    def test_in_the_frame_the_language_of_the_user(self):
        """The frame speaks the user's language, whatever the browser's cookie says."""
        self.env["res.lang"]._activate_lang("nl_NL")
        user = self.users["victim"]
        for lang, code in (("en_US", "en-US"), ("nl_NL", "nl-NL")):
            user.lang = lang
            self.login("victim")
            response = self.url_open(
                self.path,
                headers={"Sec-Fetch-Dest": "iframe", "Accept-Language": "fr"},
                cookies={"frontend_lang": "en_US"},
            )
            self.assertEqual(html.fromstring(response.text).get("lang"), code)

    def test_in_the_frame_without_header(self):
        tree = self.page(self.path)
        self.assertTrue(tree.xpath("//header[@class='o_cf_header']"))
        response = self.url_open(self.path, headers={"Sec-Fetch-Dest": "iframe"})
        self.assertFalse(
            html.fromstring(response.text).xpath("//header[@class='o_cf_header']")
        )
