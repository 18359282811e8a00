"""Sessions: what they must show besides a password, and a second factor."""

import base64
import time

from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.auth_totp.models.totp import TIMESTEP, hotp

from ..casework import (
    CoachDoor,
    DeskDoor,
    EmployeeDoor,
    login_register,
    logins,
    mandates,
)
from ..casework.errors import CaseworkError, DoorClosed
from ..casework.login_rows import facts_of
from ..selfcheck.door import CheckDoor
from ..vault.keyring import load_keyring
from .common import NOW, CareerCase
from .page_case import COACH, DESK, HOME
from .test_login_takeover import OWN, Takeover

LOGIN = "/my/focus/login"


@tagged("post_install", "-at_install")
class TestSessions(Takeover):
    def confirm(self, password, **values):
        data = {
            "csrf_token": self.csrf(), "do": "confirm", "password": password,
            "back": HOME, **values,
        }  # fmt: skip
        return self.url_open(LOGIN, data=data, allow_redirects=False)

    def test_session_of_another_password_stays_outside_when_it_is_put_back(self):
        """Odoo itself still lets this session in: its own check is cached."""
        self.new_victim(has_case=True)
        self.act_admin_writes_password()
        self.assertTrue(self.log_in(self.evil))
        self.assertEqual(self.get("/my/home").status_code, 200)
        self.act_sql_puts_password_back()
        self.assertEqual(self.get("/my/home").status_code, 200)
        self.assertEqual(self.get(HOME).status_code, 403)
        self.assertEqual(self.confirm(self.evil).status_code, 422)
        self.assertEqual(self.get(HOME).status_code, 403)

    def test_session_without_a_mark_of_another_password_is_asked(self):
        """As one of before this addon: by what Odoo itself keeps in a session."""
        self.new_victim(has_case=True)
        self.act_admin_writes_password()
        HttpCase.authenticate(self, self.name, self.evil)
        self.assertEqual(self.get("/my/home").status_code, 200)
        self.act_sql_puts_password_back()
        self.assertEqual(self.get("/my/home").status_code, 200)
        closed = self.get(HOME)
        self.assertEqual(closed.status_code, 403)
        self.assertIn("Is it you?", closed.text)
        self.assertEqual(self.confirm(self.evil).status_code, 422)
        self.assertEqual(self.get(HOME).status_code, 403)
        self.assertEqual(self.confirm(OWN).headers["Location"], HOME)
        self.page(HOME)

    def test_positive_control_without_a_mark(self):
        self.new_victim(has_case=True)
        HttpCase.authenticate(self, self.name, OWN)
        self.page(HOME)

    def test_row_that_was_taken_away_is_not_made_up_for(self):
        self.new_victim(has_case=True)
        self.sql("DELETE FROM hr_career_login WHERE user_id = %(victim)s")
        login_register.register_all(self.env)
        self.assertTrue(self.log_in(OWN))
        self.assertEqual(self.get(HOME).status_code, 403)

    def test_after_it_goes_to_pages_of_ours_only(self):
        self.new_victim(has_case=False)
        for back in ("https://evil.test/", "//evil.test/my/focus", "/focus//evil"):
            HttpCase.authenticate(self, self.name, OWN)
            data = {
                "csrf_token": self.csrf(), "do": "confirm", "password": OWN,
                "back": back,
            }  # fmt: skip
            answer = self.url_open(LOGIN, data=data, allow_redirects=False)
            self.assertEqual(answer.headers["Location"], HOME)

    def add_passkey(self, name="x", day="2026-03-05", is_noticed=True):
        """Put a passkey in the table, as whoever writes there can.

        :param is_noticed: Odoo ends the sessions of the login
        """
        self.sql(
            "INSERT INTO auth_passkey_key"
            " (name, credential_identifier, public_key, create_uid, create_date)"
            " VALUES (%(name)s, %(one)s, 'key', %(victim)s, %(day)s)",
            one=f"id-{self.name}-{name}",
            name=name,
            day=day,
        )
        if is_noticed:
            self.env.registry.clear_cache()

    def closed_page(self):
        """Open the closed page; return its words, and what its form holds."""
        response = self.get(HOME)
        self.assertEqual(response.status_code, 403)
        tree = html.fromstring(response.text)
        form = self.form_values(tree, "confirm")
        boxes = tree.xpath("//form//input[@type='checkbox']/@name")
        words = " ".join(tree.xpath("//*[@id='o_cf_main']")[0].text_content().split())
        return words, form, boxes

    def test_new_passkey_is_shown_and_confirmed_with_a_tick(self):
        self.new_victim(has_case=True)
        self.assertTrue(self.log_in(OWN))
        self.page(HOME)
        self.add_passkey("Phone of somebody")
        self.assertTrue(self.log_in(OWN))
        words, form, boxes = self.closed_page()
        self.assertIn("A way into your login was added", words)
        self.assertIn("Your password.", words)
        self.assertIn("“Phone of somebody”, added on 5 March 2026.", words)
        self.assertEqual(boxes, ["know"])
        seen = form["seen"]
        self.assertEqual(self.confirm("wrong", know="yes", seen=seen).status_code, 422)
        for values in ({}, {"know": "yes"}, {"seen": seen}):
            self.assertRefused(self.confirm(OWN, **values), "tick that they are yours")
            self.assertEqual(self.get(HOME).status_code, 403)
        self.assertEqual(self.confirm(OWN, know="yes", seen=seen).status_code, 303)
        self.page(HOME)
        self.assertTrue(self.log_in(OWN))
        self.page(HOME)

    def test_passkey_added_after_the_page_was_read_is_not_confirmed(self):
        self.new_victim(has_case=True)
        self.add_passkey("Mine")
        self.assertTrue(self.log_in(OWN))
        seen = self.closed_page()[1]["seen"]
        self.add_passkey("Not mine", is_noticed=False)
        response = self.confirm(OWN, know="yes", seen=seen)
        self.assertRefused(response, "tick that they are yours")
        self.assertIn("Not mine", response.text)
        self.assertEqual(self.get(HOME).status_code, 403)

    def test_passkey_that_was_taken_out_again_needs_no_confirming(self):
        self.new_victim(has_case=True)
        self.add_passkey()
        self.sql("DELETE FROM auth_passkey_key WHERE create_uid = %(victim)s")
        self.env.registry.clear_cache()
        self.assertTrue(self.log_in(OWN))
        self.page(HOME)

    def test_another_password_meanwhile_asks_for_no_tick(self):
        """Only how this session came in is in question, and no way into the login."""
        self.new_victim(has_case=True)
        self.act_admin_writes_password()
        self.assertTrue(self.log_in(self.evil))
        self.act_sql_puts_password_back()
        words, form, boxes = self.closed_page()
        self.assertIn("Is it you?", words)
        self.assertEqual(boxes, [])
        self.assertNotIn("seen", form)

    def wizard(self, password, new):
        """Change the own password with Odoo's wizard, behind its identity check."""
        made = self.rpc(
            "change.password.own", "create",
            {"new_password": new, "confirm_password": new},
        )["result"]  # fmt: skip
        answer = self.rpc("change.password.own", "change_password", [made])["result"]
        if answer["res_model"] != "res.users.identitycheck":
            return
        check = "res.users.identitycheck"
        self.rpc(check, "action_use_password", [answer["res_id"]])
        self.rpc(
            check, "run_check", [answer["res_id"]],
            context={"password": password},
        )  # fmt: skip

    def make_internal(self):
        self.user.write({"group_ids": [(6, 0, [self.env.ref("base.group_user").id])]})

    def test_own_wizard_renews(self):
        self.new_victim(has_case=True)
        self.make_internal()
        self.assertTrue(self.log_in(OWN))
        self.page(HOME)
        self.wizard(OWN, "better-one-5")
        self.assertNotEqual(self.hash(), self.own_hash)
        self.assertTrue(self.log_in("better-one-5"))
        self.page(HOME)

    def test_own_wizard_of_the_attacker_does_not(self):
        self.new_victim(has_case=True)
        self.make_internal()
        self.act_admin_writes_password()
        self.assertTrue(self.log_in(self.evil))
        self.wizard(self.evil, "evil-again-6")
        self.assertTrue(self.log_in("evil-again-6"))
        self.assertEqual(self.get(HOME).status_code, 403)

    def test_own_wizard_with_a_new_way_in_does_not(self):
        """In with a passkey that was put there, so without the owner's password."""
        self.new_victim(has_case=True)
        self.make_internal()
        self.add_passkey()
        self.assertTrue(self.log_in(OWN))
        self.wizard(OWN, "evil-again-7")
        self.assertTrue(self.log_in("evil-again-7"))
        self.assertEqual(self.get(HOME).status_code, 403)
        knows = {"know": "yes", "seen": "x"}
        self.assertEqual(self.confirm("evil-again-7", **knows).status_code, 303)
        self.assertEqual(self.get(HOME).status_code, 403)


@tagged("post_install", "-at_install")
class TestSecondFactor(CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_active()
        cls.company.career_second_factor = True

    def give_totp(self, login):
        self.cr.execute(
            "UPDATE res_users SET totp_secret = 'ABCDEFGHIJKLMNOP' WHERE id = %s",
            [self.users[login].id],
        )
        self.env.invalidate_all()

    def test_refused_without_and_let_in_with_an_app(self):
        for login, door in (("coach", CoachDoor), ("desk", DeskDoor)):
            with self.assertRaises(DoorClosed) as caught:
                door(self.env_of(login))
            self.assertEqual(caught.exception.reason, logins.SECOND_FACTOR)
            self.give_totp(login)
            door(self.env_of(login))

    def test_the_guard_refuses_too(self):
        trajects = self.env_of("coach")["hr.career.traject"]
        with self.assertRaises(AccessError):
            trajects.search([])
        self.give_totp("coach")
        self.assertEqual(trajects.search([]).mapped("ref"), [self.ref])

    def test_taken_away_by_an_administrator(self):
        self.give_totp("coach")
        CoachDoor(self.env_of("coach"))
        self.users["coach"].sudo().write({"totp_secret": False})
        with self.assertRaises(DoorClosed):
            CoachDoor(self.env_of("coach"))

    def assertWanted(self, door, login, wanted=True):
        self.env.flush_all()
        if not wanted:
            door(self.env_of(login))
            return
        with self.assertRaises(DoorClosed) as caught:
            door(self.env_of(login))
        self.assertEqual(caught.exception.reason, logins.SECOND_FACTOR)

    def test_every_company_a_coach_works_for_counts(self):
        """Not only those of the login: a coach of more is asked for each of them."""
        self.company.career_second_factor = False
        coach = self.coaches["coach"]
        self.assertWanted(CoachDoor, "coach", False)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.assertTrue(other.career_second_factor)
        self.assertWanted(CoachDoor, "coach", False)
        coach.company_ids = self.company + other
        self.assertWanted(CoachDoor, "coach")
        coach.company_ids = self.company
        self.assertWanted(CoachDoor, "coach", False)
        coach.company_ids = False
        self.cr.execute(
            "UPDATE res_company SET career_live = true WHERE id = %s", [other.id]
        )
        self.assertWanted(CoachDoor, "coach")

    def test_company_of_a_case_counts(self):
        self.company.career_second_factor = False
        other = self.make_other_company("Elsewhere")
        self.coaches["coach"].company_ids = other
        self.assertWanted(CoachDoor, "coach", False)
        self.company.career_second_factor = True
        self.users["coach"].write(
            {"company_ids": [(6, 0, other.ids)], "company_id": other.id}
        )
        self.assertWanted(CoachDoor, "coach")

    def test_company_of_a_mandate_counts(self):
        self.company.career_second_factor = False
        self.assertWanted(DeskDoor, "desk", False)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        mandate = self.make_mandate("desk", confirmed_by=None, company_id=other.id)
        self.assertWanted(DeskDoor, "desk", False)
        self.users["privacy_officer"].company_ids = self.company + other
        self.give_totp("privacy_officer")
        mandates.confirm(self.env_of("privacy_officer"), mandate, NOW)
        self.assertWanted(DeskDoor, "desk")

    def test_accepting_what_the_check_found_needs_one(self):
        """Looking does not; signing what counts from now on does."""
        door = CheckDoor(self.env_of("privacy_officer"))
        with self.assertRaises(DoorClosed) as caught:
            door.accept("All as it should be", "x")
        self.assertEqual(caught.exception.reason, logins.SECOND_FACTOR)
        self.give_totp("privacy_officer")
        with self.assertRaisesRegex(CaseworkError, "has changed since"):
            CheckDoor(self.env_of("privacy_officer")).accept("All as it should be", "x")

    def test_employees_do_not_need_one(self):
        EmployeeDoor(self.env_of("victim"))

    def test_who_is_no_coach_gets_the_usual_answer(self):
        with self.assertRaisesRegex(Exception, "^$"):
            CoachDoor(self.env_of("manager"))


@tagged("post_install", "-at_install")
class TestSecondFactorPages(Takeover):
    SECRET = base64.b32encode(b"twelve bytes and more"[:20]).decode()

    def test_coach_logs_in_with_an_app(self):
        self.new_victim(has_case=False)
        self.make_coach()
        self.assertTrue(self.log_in(OWN))
        self.page(COACH)
        self.company.career_second_factor = True
        self.env.flush_all()
        refused = self.get(COACH)
        self.assertEqual(refused.status_code, 403)
        self.assertIn("First protect your login", refused.text)
        self.page("/my/home")
        self.user.sudo().totp_secret = self.SECRET
        self.env.flush_all()
        self.env.registry.clear_cache()
        self.assertFalse(self.log_in(OWN))
        self.give_token()
        self.page(COACH)

    def make_coach(self):
        self.user.write(
            {
                "group_ids": [
                    (4, self.env.ref("hr_career_focus.group_coach").id),
                ]
            }
        )
        self.env["hr.career.coach"].create(
            {"name": "C", "user_id": self.user.id, "is_external": True}
        )
        self.env.flush_all()

    def give_token(self):
        token = hotp(base64.b32decode(self.SECRET), int(time.time() // TIMESTEP))
        self._post("/web/login/totp", totp_token=str(token).zfill(6))

    def test_passkey_session_is_one(self):
        self.company.career_second_factor = True
        self.env.flush_all()
        facts = facts_of(self.env, self.users["coach"].ids)[self.users["coach"].id]
        for method, status in (("password", 403), ("passkey", 200)):
            mark = logins.session_values(load_keyring(), facts, method)
            self.authenticate(
                "coach", "coachxxx", session_extra={logins.LOGIN_KEY: mark}
            )
            self.assertEqual(self.get(COACH).status_code, status)
        # What a session says of itself counts only with the mark that goes with it.
        mark = {**logins.session_values(load_keyring(), facts, "password")}
        mark["method"] = "passkey"
        self.authenticate("coach", "coachxxx", session_extra={logins.LOGIN_KEY: mark})
        self.assertEqual(self.get(COACH).status_code, 403)

    def test_key_for_a_coach_shows_nothing(self):
        """The web client's calls of a coach without a second factor."""
        self.company.career_second_factor = True
        self.env.flush_all()
        self.authenticate("coach", "coachxxx")
        with mute_logger("odoo.http"):
            answer = self.rpc("hr.career.traject", "search_count", [])
        self.assertIn("error", answer)
        self.company.career_second_factor = False
        self.env.flush_all()
        self.assertIn("result", self.rpc("hr.career.traject", "search_count", []))

    def test_banner_where_it_is_switched_off(self):
        words = "second factor is switched off"
        for login, path in (("coach", COACH), ("desk", DESK)):
            self.login(login)
            self.assertIn(words, self.get(path).text)
        self.login("victim")
        self.assertNotIn(words, self.get(HOME).text)
