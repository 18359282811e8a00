"""The own key on the pages: unlock, lock, two halves, and what each page says."""

import json
import time
from unittest.mock import patch

from odoo.http import root
from odoo.tests import tagged

from ..casework import constants as c
from ..controllers import own_key
from ..vault import recovery
from .page_case import COACH, FILE, HOME, PageCase
from .seal_case import COACH_PASSPHRASE, PASSPHRASE, SealedCompany

KEY = "/my/focus/key"
OFFICE = "five words of an office here"
STRONG = "purple ladder wet sunday before a quiet train"


class SealPageCase(SealedCompany, PageCase):
    """An HTTP test with own keys switched on."""

    def unlock(self, passphrase=PASSPHRASE, path=KEY, back=""):
        tree = self.page(path)
        data = {**self.form_values(tree, "unlock"), "passphrase": passphrase}
        if back:
            data["back"] = back
        return self.url_open(KEY, data=data, allow_redirects=False)

    def text_of(self, path):
        return " ".join(self.page(path).text_content().split())


@tagged("post_install", "-at_install")
class TestSealPages(SealPageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_keys()
        cls.ref = cls.make_active()
        cls.employee_door().case(cls.ref).write(c.NOTE, c.SELF, {"text": cls.canary})
        cls.file = FILE % cls.ref

    def test_make_a_key(self):
        self.login("colleague")
        self.assertIn("Make your own key", self.text_of(KEY))
        for new, repeat, words in (
            ("short", "short", "too short"),
            ("aaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaa", "easy to guess"),
            (STRONG, STRONG + "x", "differ"),
        ):
            response = self.send(KEY, "make", new=new, repeat=repeat)
            self.assertRefused(response, words)
            self.assertNotIn(f'"{new}"', response.text)
        tree = self.send_well(KEY, "make", new=STRONG, repeat=STRONG)
        said = " ".join(tree.text_content().split())
        self.assertIn("Your passphrase is strong", said)
        self.assertIn("Open", said)
        self.send_well(KEY, "lock")
        self.assertIn("Locked", self.text_of(KEY))

    def test_unlock_from_the_file_and_lock(self):
        self.login("victim")
        text = self.text_of(self.file)
        self.assertNotIn(self.canary, text)
        self.assertIn("This text is locked", text)
        self.assertIn("Sealed with your own key and your coach's", text)
        response = self.unlock("purple ladder wet monday", self.file, self.file)
        self.assertRefused(response, "does not fit")
        response = self.unlock(path=self.file, back=self.file)
        self.assertTrue(response.headers["Location"].endswith(self.file))
        text = self.text_of(self.file)
        self.assertIn(self.canary, text)
        self.send_well(self.file, "note", title="", text=f"more {self.canary}")
        self.assertIn(f"more {self.canary}", self.text_of(self.file))
        tree = self.page(self.file)
        self.url_open(KEY, data=self.form_values(tree, "lock"))
        self.assertNotIn(self.canary, self.text_of(self.file))
        response = self.send(self.file, "note", title="", text="not lost")
        self.assertRefused(response, "Unlock")
        self.assertIn("not lost", response.text)

    def test_coach(self):
        case = f"{COACH}/{self.ref}"
        self.login("coach")
        text = self.text_of(case)
        self.assertIn("A session", text)
        self.assertNotIn(self.canary, text)
        self.assertIn("Your own key", self.text_of(COACH))
        self.unlock(COACH_PASSPHRASE)
        text = self.text_of(case)
        self.assertIn(f"Find out what I want {self.canary}", text)
        self.send_well(case, "message", text="Hello there")
        self.assertIn("Hello there", self.text_of(case))

    def test_neither_half_alone(self):
        """The session's file, the cookie, or another login's halves open nothing."""
        self.login("victim")
        self.unlock()
        self.assertIn(self.canary, self.text_of(self.file))
        cookie = self.opener.cookies[own_key.COOKIE]
        session = root.session_store.get(self.session.sid)
        kept = dict(session[own_key.SESSION_KEY])
        private = self.keys["victim"].private
        for form in (private.hex(), cookie):
            self.assertNotIn(form, json.dumps(dict(session)))
        # Without the cookie, and with another one.
        del self.opener.cookies[own_key.COOKIE]
        self.assertNotIn(self.canary, self.text_of(self.file))
        self.opener.cookies.set(own_key.COOKIE, "x" * len(cookie))
        self.assertNotIn(self.canary, self.text_of(self.file))
        # The cookie in a new session of the same login.
        self.login("victim")
        self.opener.cookies.set(own_key.COOKIE, cookie)
        self.assertNotIn(self.canary, self.text_of(self.file))
        # Both together again: they open (positive control).
        session = root.session_store.get(self.session.sid)
        session[own_key.SESSION_KEY] = kept
        root.session_store.save(session)
        self.assertIn(self.canary, self.text_of(self.file))

    def test_halves_of_another_login(self):
        self.login("victim")
        self.unlock()
        cookie = self.opener.cookies[own_key.COOKIE]
        kept = dict(root.session_store.get(self.session.sid)[own_key.SESSION_KEY])
        self.login("coach")
        self.opener.cookies.set(own_key.COOKIE, cookie)
        for user in ("victim", "coach"):
            session = root.session_store.get(self.session.sid)
            session[own_key.SESSION_KEY] = {**kept, "user": self.users[user].id}
            root.session_store.save(session)
            self.assertNotIn(self.canary, self.text_of(f"{COACH}/{self.ref}"))

    def test_locks_after_half_an_hour(self):
        self.login("victim")
        self.unlock()
        now = time.time()
        with patch.object(own_key.time, "time", lambda: now + 29 * 60):
            self.assertIn(self.canary, self.text_of(self.file))
        with patch.object(own_key.time, "time", lambda: now + 58 * 60):
            self.assertIn(self.canary, self.text_of(self.file))
        with patch.object(own_key.time, "time", lambda: now + 89 * 60):
            self.assertNotIn(self.canary, self.text_of(self.file))
        self.assertNotIn(self.canary, self.text_of(self.file))

    def test_logging_out_locks(self):
        self.login("victim")
        self.unlock()
        cookie = self.opener.cookies[own_key.COOKIE]
        self.url_open("/web/session/logout")
        self.login("victim")
        self.opener.cookies.set(own_key.COOKIE, cookie)
        self.assertNotIn(self.canary, self.text_of(self.file))

    def test_cookie(self):
        self.login("victim")
        header = self.unlock().headers["Set-Cookie"]
        cookie = header.split("focus_key=")[1].split(", ")[0]
        for word in ("HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(word, cookie)
        for word in ("Expires", "Max-Age"):
            self.assertNotIn(word, cookie)

    def test_too_many_tries(self):
        self.login("victim")
        for _time in range(10):
            self.assertRefused(self.unlock("wrong but long enough"), "does not fit")
        self.assertRefused(self.unlock(), "Too many")
        self.assertNotIn(self.canary, self.text_of(self.file))

    def test_change_passphrase(self):
        self.login("victim")
        self.unlock()
        response = self.send(
            KEY, "change", passphrase="not this one here", new=STRONG, repeat=STRONG
        )
        self.assertRefused(response, "does not fit")
        self.send_well(KEY, "change", passphrase=PASSPHRASE, new=STRONG, repeat=STRONG)
        self.send_well(KEY, "lock")
        self.assertRefused(self.unlock(), "does not fit")
        self.unlock(STRONG)
        self.assertIn(self.canary, self.text_of(self.file))

    def test_new_key_and_the_earlier_passphrase(self):
        self.login("victim")
        response = self.send(KEY, "renew", new=STRONG, repeat=STRONG)
        self.assertRefused(response, "confirm")
        new = {"new": STRONG, "repeat": STRONG, "confirm": "yes"}
        for wrong in ("", "not-mine-1"):
            response = self.send(KEY, "renew", **new, password=wrong)
            self.assertRefused(response, "not your password")
        self.unlock()
        self.assertIn(self.canary, self.text_of(self.file))
        self.send_well(
            KEY, "renew", new=STRONG, repeat=STRONG, confirm="yes", password="victimxx"
        )
        text = self.text_of(self.file)
        self.assertNotIn(self.canary, text)
        self.assertIn("Your key does not open this text", text)
        response = self.send(KEY, "earlier", passphrase="wrong but long enough")
        self.assertRefused(response, "does not fit")
        tree = self.send_well(KEY, "earlier", passphrase=PASSPHRASE)
        self.assertIn("Texts that are open again: 3", tree.text_content())
        self.assertIn(self.canary, self.text_of(self.file))

    def test_coach_needs_a_second_factor_and_an_employee_does_not(self):
        self.company.career_second_factor = True
        self.env.flush_all()
        for login, status in (("victim", 200), ("coach", 403)):
            self.login(login)
            self.assertEqual(self.get(KEY).status_code, status, login)
        self.assertIn("First protect your login", self.get(KEY).text)
        self.company.career_second_factor = False
        self.env.flush_all()
        self.page(KEY)

    def test_office_file_and_answer(self):
        """Over the pages: a new key, the request, the office, the answer."""
        content, line = recovery.new_office(OFFICE)
        self.company.career_recovery_key = line
        self.employee_door().case(self.ref).write(c.NOTE, c.SELF, {"text": "n2"})
        self.login("victim")
        self.send_well(
            KEY, "renew", new=STRONG, repeat=STRONG, confirm="yes", password="victimxx"
        )
        response = self.url_open(f"{KEY}/request", data={"csrf_token": self.csrf()})
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        pair = recovery.open_office(content, OFFICE)
        answer = recovery.answer(response.content, pair, "Victim Person")
        for sent, words in ((b"{}", "does not fit"), (answer, "open again: 1")):
            data = self.form_values(self.page(KEY), "answer")
            files = {"answer": ("answer.json", sent, "application/json")}
            said = self.url_open(KEY, data=data, files=files).text
            self.assertIn(words, said)
        self.assertIn("n2", self.text_of(self.file))

    def test_share_again_and_seal_earlier(self):
        """The other's new key is compared first; earlier texts follow on demand."""
        door = self.key_door("coach")
        self.addCleanup(self.keys.update, dict(self.keys))
        self.employee_door().case(self.ref).write(c.MESSAGE, c.COACH, {"text": "m1"})
        door.renew(STRONG, "coachxxx")
        self.login("victim")
        self.unlock()
        self.assertIn("Your coach has a new key", self.text_of(self.file))
        response = self.send(self.file, "message", text="m2")
        self.assertRefused(response, "Compare its number first")
        self.assertRefused(self.send(self.file, "share_again"), "confirm")
        self.send_well(self.file, "share_again", confirm="yes")
        self.assertNotIn("Your coach has a new key", self.text_of(self.file))
        self.send_well(self.file, "message", text="m2")
        self.company.career_personal_seal = False
        self.send_well(self.file, "note", title="", text="under the server's key")
        self.company.career_personal_seal = True
        self.assertIn("Seal my earlier texts too", self.text_of(self.file))
        self.send_well(self.file, "seal_earlier")
        self.assertNotIn("Seal my earlier texts too", self.text_of(self.file))

    def test_who_has_no_business_here(self):
        self.login("settings_admin")
        self.assertMissing(KEY)

    def test_back_leads_to_our_pages_only(self):
        self.login("victim")
        for back in ("https://evil.test/", "//evil.test", "/my/focus/file/../x", ""):
            response = self.unlock(back=back or "x")
            self.assertTrue(response.headers["Location"].endswith(KEY))
            self.send_well(KEY, "lock")
        tree = self.page(f"{KEY}?back=//evil.test")
        self.assertEqual(tree.xpath("//a[@class='o_cf_back']/@href"), ["/my/home"])

    def test_switched_off_says_so(self):
        self.company.career_personal_seal = False
        self.login("colleague")
        self.assertIn("not switched on", self.text_of(KEY))
        self.assertNotIn(KEY, self.get(HOME).text)
        self.login("victim")
        self.unlock()
        self.assertIn(self.canary, self.text_of(self.file))
        self.company.career_personal_seal = True
        self.assertIn(KEY, self.get(HOME).text)
