"""Taking over a login, in every order of change, reset and change back.

Everything over HTTP with real log-ins: the attacker works with an HR officer and an
administrator, who also write in the tables with SQL, but have no key file. However they
go about it, no session of theirs reads a page of ours, and the owner, logged in with
the own password, is let in.
"""

import re

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html

from odoo.tests import tagged
from odoo.tools import mute_logger

from .page_case import CODE_PAGE, HOME, PageCase

OWN = "my-own-password-1"
EVIL = "evil-password-%s"
LOGIN_PAGE = "/my/focus/login"
STAFF = ("/focus/coach", "/focus/desk", "/focus/logins")


class Takeover(PageCase):
    """The victim of one attack at a time, made anew for each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param("base.login_cooldown_after", "0")
        parameters.set_param("auth_signup.reset_password", "True")
        cls.made = 0

    def new_victim(self, has_case):
        """Make an employee with a login of the own password, logged in once."""
        type(self).made += 1
        self.name = f"target{self.made}"
        self.user = self.env["res.users"].create(
            {
                "name": self.name,
                "login": self.name,
                "email": f"{self.name}@x.test",
                "password": OWN,
                "group_ids": [(6, 0, [self.env.ref("base.group_portal").id])],
            }
        )
        self.users[self.name] = self.user
        self.employee = self.make_employee(self.name, self.user, self.department)
        self.employee.work_contact_id = self.user.partner_id
        self.partner = self.user.partner_id
        self.ref = self.make_request(self.name) if has_case else None
        self.env.flush_all()
        self.own_hash, self.own_row = self.hash(), self.row()
        self.password = OWN
        self.evil, self.stolen, self.reset_open = None, [], False

    # -- tables ------------------------------------------------------------------

    def hash(self):
        self.cr.execute("SELECT password FROM res_users WHERE id = %s", [self.user.id])
        return self.cr.fetchone()[0]

    def row(self):
        self.cr.execute(
            "SELECT sealed FROM hr_career_login WHERE user_id = %s", [self.user.id]
        )
        return (self.cr.fetchone() or [None])[0]

    def sql(self, query, **values):
        self.env.flush_all()
        self.cr.execute(query, {"victim": self.user.id, **values})
        self.env.invalidate_all()

    # -- HTTP --------------------------------------------------------------------

    def call(self, login, model, method, *args, **kwargs):
        """Call a method in a session of one of the attackers."""
        self.authenticate(login, login.ljust(8, "x"))
        return self.rpc(model, method, *args, **kwargs)

    def rpc(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with mute_logger("odoo.http"):
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}", json={"params": params}
            ).json()
        self.env.invalidate_all()
        return answer

    def log_in(self, password):
        """Log in over the form of Odoo; return whether it worked."""
        self.authenticate(None, None)
        page = html.fromstring(self.url_open("/web/login").text)
        [token] = page.xpath("//form//input[@name='csrf_token']/@value")[:1]
        data = {"csrf_token": token, "login": self.name, "password": password}
        self.url_open("/web/login", data=data, allow_redirects=False)
        return "/my" in self.url_open("/my/home").url

    def reset(self, password):
        """Ask for a link and use it, as whoever receives the mail does."""
        self.authenticate(None, None)
        self._post("/web/reset_password", login=self.name)
        self.env.invalidate_all()
        # What the mail holds; the user is the one behind the contact now.
        token = self.user.partner_id.sudo()._generate_signup_token()
        address = f"/web/reset_password?token={token}"
        self._post(
            address, token=token, password=password, confirm_password=password,
            login=self.name, name=self.name,
        )  # fmt: skip
        self.env.invalidate_all()

    def _post(self, address, **data):
        page = html.fromstring(self.url_open(address).text)
        tokens = page.xpath("//input[@name='csrf_token']/@value")
        return self.url_open(address, data={"csrf_token": tokens[0], **data})

    def is_let_in(self):
        """Tell whether the present session gets any page of ours, or into the case."""
        paths = [HOME, "/my/focus/start", CODE_PAGE, *STAFF]
        paths += [f"/my/focus/file/{self.ref}"] if self.ref else []
        return any(self._opens(self.get(path)) for path in paths)

    def _opens(self, response):
        """Tell a page of ours, or the way to one, from a refusal and the log-in."""
        to = response.headers.get("Location", "")
        return response.status_code == 200 or "focus" in to.split("?")[0]

    # -- the acts ----------------------------------------------------------------

    def act_hr_changes_address(self):
        self.call(
            "hr_officer", "hr.employee", "write", [self.employee.id],
            {"work_email": "attacker@evil.test"},
        )  # fmt: skip

    def act_reset_by_mail(self):
        self._set_evil(self.reset)

    def act_admin_writes_password(self):
        self._set_evil(
            lambda password: self.call(
                "settings_admin", "res.users", "write", [self.user.id],
                {"password": password},
            )
        )  # fmt: skip

    def act_admin_uses_wizard(self):
        def by_wizard(password):
            line = {"user_id": self.user.id, "new_passwd": password}
            made = self.call(
                "settings_admin", "change.password.wizard", "create",
                {"user_ids": [[0, 0, line]]},
            )  # fmt: skip
            self.rpc(
                "change.password.wizard", "change_password_button", [made["result"]]
            )

        self._set_evil(by_wizard)

    def _set_evil(self, call):
        self.evil = EVIL % len(self.stolen)
        before = self.hash()
        call(self.evil)
        self.assertNotEqual(self.hash(), before)
        self.password = self.evil

    def act_relink_employee(self):
        other = self.users["manager"]
        self.cr.execute(
            "UPDATE hr_employee SET user_id = NULL WHERE user_id = %s", [other.id]
        )
        self.env.invalidate_all()
        self.call(
            "hr_officer", "hr.employee", "write", [self.employee.id],
            {"user_id": other.id},
        )  # fmt: skip

    def act_swap_partners(self):
        other = self.env["res.partner"].create(
            {"name": "Other", "email": "attacker@evil.test"}
        )
        self.env.flush_all()
        self.call(
            "settings_admin", "res.users", "write", [self.user.id],
            {"partner_id": other.id},
        )  # fmt: skip

    def act_change_back(self):
        self.sql("UPDATE hr_employee SET user_id = %(victim)s WHERE id = %(one)s",
                 one=self.employee.id)  # fmt: skip
        self.sql("UPDATE res_users SET partner_id = %(one)s WHERE id = %(victim)s",
                 one=self.partner.id)  # fmt: skip
        self.call(
            "hr_officer", "hr.employee", "write", [self.employee.id],
            {"work_email": f"{self.name}@x.test"},
        )  # fmt: skip

    def act_sql_puts_password_back(self):
        self.sql(
            "UPDATE res_users SET password = %(one)s WHERE id = %(victim)s",
            one=self.own_hash,
        )
        self.password = OWN

    def act_sql_copies_a_row(self):
        self.sql(
            "UPDATE hr_career_login SET sealed = (SELECT sealed FROM hr_career_login"
            " WHERE user_id = %(one)s) WHERE user_id = %(victim)s",
            one=self.users["hr_officer"].id,
        )

    def act_sql_deletes_the_row(self):
        self.sql("DELETE FROM hr_career_login WHERE user_id = %(victim)s")

    def act_sql_puts_the_row_back(self):
        self.sql("DELETE FROM hr_career_login WHERE user_id = %(victim)s")
        self.sql(
            "INSERT INTO hr_career_login (user_id, sealed)"
            " VALUES (%(victim)s, %(one)s)",
            one=self.own_row,
        )

    def act_attacker_logs_in(self):
        """Get in with the evil password, and do all a session of the victim can."""
        if self.password != self.evil or not self.log_in(self.evil):
            return
        self.stolen.append(self.opener.cookies["session_id"])
        self.check_evil_session()
        token = {"csrf_token": self.csrf()}
        self.url_open(LOGIN_PAGE, data={**token, "do": "confirm",
                      "password": self.evil, "back": HOME})  # fmt: skip
        self.url_open(CODE_PAGE, data={**token, "do": "set", "password": self.evil,
                      "code": "123456", "again": "123456"})  # fmt: skip
        self.check_evil_session()
        following = EVIL % f"next-{len(self.stolen)}"
        answer = self.rpc("res.users", "change_password", self.evil, following)
        if answer.get("result"):
            self.password = self.evil = following
        self.check_evil_session()

    def act_owner_logs_in(self):
        if self.password != OWN:
            self.assertFalse(self.log_in(OWN))
            return
        self.assertTrue(self.log_in(OWN))
        if self.row() == self.own_row:
            self.assertTrue(self.is_let_in())

    # -- what must hold ------------------------------------------------------------

    def check_evil_session(self):
        self.assertFalse(self.is_let_in(), self.done)

    def check_all_evil(self):
        """No session ever stolen is let in, whatever has happened since."""
        for sid in self.stolen:
            self.authenticate(None, None)
            self.opener.cookies.clear()
            self.opener.cookies.set("session_id", sid)
            self.check_evil_session()

    def attack(self, acts, has_case=True):
        self.new_victim(has_case)
        self.done = []
        for act in acts:
            self.done.append(act)
            getattr(self, f"act_{act}")()
        self.act_attacker_logs_in()
        self.check_all_evil()
        # Put right, the owner gets in: the attack has broken nothing for good.
        for act in ("change_back", "sql_puts_password_back", "sql_puts_the_row_back"):
            getattr(self, f"act_{act}")()
        self.check_all_evil()
        self.act_owner_logs_in()


ACTS = sorted(name[4:] for name in vars(Takeover) if name.startswith("act_"))


@tagged("post_install", "-at_install")
class TestTakeover(Takeover):
    ORDERS = (
        ("hr_changes_address", "reset_by_mail", "attacker_logs_in", "change_back"),
        ("hr_changes_address", "change_back", "reset_by_mail", "attacker_logs_in"),
        ("admin_writes_password", "attacker_logs_in", "sql_puts_password_back"),
        ("admin_uses_wizard", "attacker_logs_in", "sql_puts_password_back"),
        ("swap_partners", "reset_by_mail", "change_back", "attacker_logs_in"),
        ("relink_employee", "admin_writes_password", "change_back"),
        ("admin_writes_password", "sql_copies_a_row", "attacker_logs_in"),
        ("admin_writes_password", "sql_deletes_the_row", "attacker_logs_in"),
        ("owner_logs_in", "admin_writes_password", "owner_logs_in"),
    )

    def test_orders_that_were_seen(self):
        for acts in self.ORDERS:
            with self.subTest(acts=acts):
                self.attack(acts)

    def test_without_a_case_the_same(self):
        self.attack(self.ORDERS[0], has_case=False)

    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(acts=st.lists(st.sampled_from(ACTS), min_size=3, max_size=7))
    def test_any_order(self, acts):
        self.attack(acts)

    def test_positive_control_the_attack_works_without_the_gate(self):
        """The log-in of the attacker is a good one: elsewhere it opens everything."""
        self.new_victim(has_case=True)
        self.done = []
        self.act_hr_changes_address()
        self.act_reset_by_mail()
        self.assertTrue(self.log_in(self.evil))
        self.assertIn(self.name, self.get("/my/home").text)
        self.assertEqual(self.get(HOME).status_code, 403)

    def test_coaches_whose_address_others_may_write(self):
        """The assigned coach by a contact manager, and an internal one by HR."""
        ref = self.make_active()
        coach, other = self.users["coach"], self.users["other_coach"]
        employee = self.people["other_coach"]
        address = "attacker@evil.test"
        for user, login, model, number, name in (
            (coach, "contact_manager", "res.partner", coach.partner_id.id, "email"),
            (other, "hr_officer", "hr.employee", employee.id, "work_email"),
        ):
            with self.subTest(login):
                self.user, self.name, self.ref = user, user.login, ref
                self.login(user.login)
                self.page("/focus/coach")
                answer = self.call(login, model, "write", [number], {name: address})
                self.assertTrue(answer["result"])
                self.assertEqual(user.email, address)
                self.reset("evil-coach-1")
                self.assertTrue(self.log_in("evil-coach-1"))
                self.assertFalse(self.is_let_in())
                self.assertFalse(self._opens(self.get(f"/focus/coach/{ref}")))
                found = self.rpc("hr.career.traject", "search_read", [], ["ref"])
                self.assertIn("error", found)

    def test_owner_who_uses_the_link_goes_to_the_desk(self):
        self.new_victim(has_case=True)
        self.reset("forgot-it-2")
        self.assertTrue(self.log_in("forgot-it-2"))
        closed = self.get(HOME)
        self.assertEqual(closed.status_code, 403)
        number = re.search(r"(\d{5} \d{5})", closed.text).group(1)
        mine = self.opener.cookies["session_id"]
        self.login("desk")
        self.send_well(
            "/focus/logins", "open", login=self.name, number=number,
            checked="in_person", confirm="yes",
        )  # fmt: skip
        self.authenticate(None, None)
        self.opener.cookies.clear()
        self.opener.cookies.set("session_id", mine)
        self.page(HOME)

    def test_own_change_keeps_the_session_and_the_area(self):
        self.new_victim(has_case=True)
        self.assertTrue(self.log_in(OWN))
        data = {
            "csrf_token": self.csrf(), "old": OWN,
            "new1": "better-one-3", "new2": "better-one-3",
        }  # fmt: skip
        self.url_open("/my/security", data={**data, "op": "password"})
        self.env.invalidate_all()
        self.assertNotEqual(self.hash(), self.own_hash)
        self.page(HOME)
        self.assertTrue(self.log_in("better-one-3"))
        self.page(HOME)
