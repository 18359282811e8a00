"""The personal code: asked once, guessed never, and nobody sees who has one."""

import time
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..casework import EmployeeDoor, login_code, logins
from ..casework.errors import CaseworkError, DoorClosed
from ..casework.login_code import CodeDoor
from .common import CareerCase
from .page_case import HOME, PageCase

CODE = "/my/focus/code"
LOGIN = "/my/focus/login"
SECRET = "green door 42"


@tagged("post_install", "-at_install")
class TestCode(CareerCase):
    def set_code(self, login="victim"):
        CodeDoor(self.env_of(login)).set(login.ljust(8, "x"), SECRET)

    def sealed(self, login):
        self.cr.execute(
            "SELECT sealed FROM hr_career_login WHERE user_id = %s",
            [self.users[login].id],
        )
        return self.cr.fetchone()[0]

    def test_without_it_the_door_is_closed(self):
        EmployeeDoor(self.env_of("victim"))
        self.set_code()
        with self.assertRaises(DoorClosed) as caught:
            EmployeeDoor(self.env_of("victim"))
        self.assertEqual(caught.exception.reason, logins.CODE)

    def test_setting_it_needs_the_password(self):
        with self.assertRaises(CaseworkError):
            CodeDoor(self.env_of("victim")).set("wrong", SECRET)
        EmployeeDoor(self.env_of("victim"))

    def test_too_short_and_too_long(self):
        for code in ("12345", "x" * 65, "     1     ", ""):
            with self.assertRaises(CaseworkError):
                CodeDoor(self.env_of("victim")).set("victimxx", code)

    def test_rows_are_as_long_with_and_without_and_with_wrong_tries(self):
        self.set_code()
        for _ in range(5):
            login_code.give(self.env_of("victim"), "wrong")
        self.assertEqual(len(self.sealed("victim")), len(self.sealed("colleague")))

    def test_nothing_of_it_in_plain(self):
        self.set_code()
        self.cr.execute("SELECT l::text FROM hr_career_login l")
        self.assertNotIn(SECRET, str(self.cr.fetchall()))

    def test_five_wrong_then_also_the_right_one_waits(self):
        self.set_code()
        env = self.env_of("victim")
        with freeze_time("2026-06-15 09:00:00") as clock, self.in_session("victim"):
            for _ in range(5):
                self.assertFalse(login_code.give(env, "wrong"))
            self.assertFalse(login_code.give(env, SECRET))
            clock.tick(15 * 60 - 1)
            self.assertFalse(login_code.give(env, SECRET))
            clock.tick(2)
            self.assertTrue(login_code.give(env, SECRET))

    def test_positive_control_four_wrong_then_the_right_one(self):
        self.set_code()
        env = self.env_of("victim")
        with self.in_session("victim"):
            for _ in range(4):
                self.assertFalse(login_code.give(env, "wrong"))
            self.assertTrue(login_code.give(env, SECRET))

    def test_wrong_codes_take_as_long_with_and_without_a_code(self):
        self.set_code()
        spent = {}
        for login in ("victim", "colleague"):
            start = time.perf_counter()
            for _ in range(3):
                login_code.give(self.env_of(login), "wrong")
            spent[login] = time.perf_counter() - start
        self.assertLess(max(spent.values()), 3 * min(spent.values()))

    def in_session(self, login):
        """Stand in for the session that marks the code as given."""
        return patch.object(logins, "unlock_session", lambda *_args: None)


@tagged("post_install", "-at_install")
class TestCodePages(PageCase):
    def set_code(self):
        return self.send_well(
            CODE, "set", password="victimxx", code=SECRET, again=SECRET
        )

    def test_set_ask_and_open(self):
        self.login("victim")
        self.set_code()
        self.page(HOME)  # this session has just given it
        self.login("victim")
        closed = self.get(HOME)
        self.assertEqual(closed.status_code, 403)
        self.assertIn("Your personal code", closed.text)
        wrong = self.give("not this one")
        self.assertEqual(wrong.status_code, 422)
        self.assertEqual(self.give(SECRET).status_code, 303)
        self.page(HOME)

    def give(self, code):
        data = {"csrf_token": self.csrf(), "do": "code", "code": code, "back": HOME}
        return self.url_open(LOGIN, data=data, allow_redirects=False)

    def test_asked_again_after_half_an_hour_without_a_page(self):
        self.login("victim")
        self.set_code()
        real = time.time
        with patch.object(logins.time, "time", lambda: real() + 29 * 60):
            self.page(HOME)
        with patch.object(logins.time, "time", lambda: real() + 58 * 60):
            self.page(HOME)
        with patch.object(logins.time, "time", lambda: real() + 90 * 60):
            self.assertEqual(self.get(HOME).status_code, 403)

    def test_change_and_remove_need_the_present_one(self):
        self.login("victim")
        self.set_code()
        response = self.send(CODE, "change", old="wrong", code="blue12", again="blue12")
        self.assertRefused(response, "not your code")
        response = self.send(CODE, "change", old=SECRET, code="blue12", again="blue13")
        self.assertRefused(response, "two different codes")
        self.send_well(CODE, "change", old=SECRET, code="blue12", again="blue12")
        self.assertRefused(self.send(CODE, "remove", old=SECRET), "not your code")
        self.send_well(CODE, "remove", old="blue12")
        self.login("victim")
        self.page(HOME)

    def test_wrong_codes_count_over_http(self):
        self.login("victim")
        self.set_code()
        self.login("victim")
        for _ in range(5):
            self.assertEqual(self.give("wrong one").status_code, 422)
        self.assertEqual(self.give(SECRET).status_code, 422)

    def test_session_of_somebody_else_is_not_unlocked_by_it(self):
        self.login("victim")
        self.set_code()
        unlocked = dict(self.session_now()[logins.CODE_KEY])
        self.authenticate(
            "victim", "victimxx", session_extra={logins.CODE_KEY: unlocked}
        )
        self.assertEqual(self.get(HOME).status_code, 403)

    def session_now(self):
        from odoo import http

        return http.root.session_store.get(self.opener.cookies["session_id"])
