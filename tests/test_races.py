"""Simultaneous acts on real parallel connections: one wins, the others are told why."""

import threading
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged

from odoo.addons.hr_career_focus.casework import CoachDoor, DeskDoor, EmployeeDoor
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.casework.errors import CaseworkError, NotYours
from odoo.addons.hr_career_focus.casework.opening import find, vault
from odoo.addons.hr_career_focus.tests.common import NOW, CareerCompany

PARALLEL = 8


@tagged("post_install", "-at_install")
class TestRaces(CareerCompany, BaseCase):
    """Works on committed rows, because only those are seen by another connection."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        with cls.registry.cursor() as cr:
            cls.env = api.Environment(cr, SUPERUSER_ID, {})
            cls.before = cls._everything(cr)
            cls.make_company()
            cls.keep = {
                "users": {login: user.id for login, user in cls.users.items()},
                "coaches": {login: one.id for login, one in cls.coaches.items()},
                "rule": cls.rule.id,
                "company": cls.company.id,
            }
        cls.addClassCleanup(cls._undo)

    #: Tables the fixture writes to, children first.
    TABLES = (
        "hr_career_access",
        "hr_career_entry",
        "hr_career_right_use",
        "hr_career_traject",
        "hr_career_mandate",
        "hr_career_coach_registration",
        "hr_career_coach",
        "mail_mail",
    )

    @classmethod
    def _everything(cls, cr):
        found = {}
        for table in (*cls.TABLES, "hr_employee", "hr_department", "res_users"):
            cr.execute(f"SELECT id FROM {table}")
            found[table] = {row[0] for row in cr.fetchall()}
        cr.execute(
            "SELECT career_live, career_council_date, career_agreement_id, id"
            " FROM res_company"
        )
        found["company"] = cr.fetchall()
        return found

    @classmethod
    def _undo(cls):
        with cls.registry.cursor() as cr:
            after = cls._everything(cr)
            for table in cls.TABLES:
                new = list(after[table] - cls.before[table])
                cr.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [new])
            cr.execute("UPDATE hr_department SET manager_id = NULL")
            cr.execute("UPDATE hr_employee SET parent_id = NULL")
            env = api.Environment(cr, SUPERUSER_ID, {})
            people = list(after["hr_employee"] - cls.before["hr_employee"])
            env["hr.employee"].browse(people).unlink()
            new = list(after["hr_department"] - cls.before["hr_department"])
            env["hr.department"].browse(new).unlink()
            new = list(after["res_users"] - cls.before["res_users"])
            users = env["res.users"].browse(new)
            partners = users.partner_id
            users.unlink()
            partners.unlink()
            for row in cls.before["company"]:
                cr.execute(
                    "UPDATE res_company SET career_live = %s,"
                    " career_council_date = %s, career_agreement_id = %s WHERE id = %s",
                    row,
                )
            cr.execute(
                "DELETE FROM hr_career_entitlement_rule WHERE id = %s",
                [cls.keep["rule"]],
            )

    # -- acting on connections of one's own ----------------------------------------

    @contextmanager
    def connection(self, login=None):
        """Give an environment of ``login`` on a new connection."""
        with self.registry.cursor() as cr:
            uid = self.keep["users"][login] if login else SUPERUSER_ID
            yield api.Environment(cr, uid, {})

    def act(self, login, call):
        """Run ``call(env)`` as a request would: retried on a conflict, committed."""
        with self.connection(login) as env:
            return retrying(lambda: call(env), env)

    def race(self, *acts):
        """Run acts ``(login, call)`` at the same moment; return what each gave."""
        barrier = threading.Barrier(len(acts))
        results = [None] * len(acts)

        def run(number, login, call):
            def started(env):
                nonlocal waited
                if number not in waited:
                    waited.add(number)
                    env.cr.execute("SELECT 1")
                    barrier.wait(30)
                return call(env)

            try:
                results[number] = self.act(login, started)
            except (CaseworkError, NotYours) as error:
                results[number] = error

        waited = set()
        threads = [
            threading.Thread(target=run, args=(number, *one))
            for number, one in enumerate(acts)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
            self.assertFalse(thread.is_alive())
        return results

    def look(self, ref):
        """Return state and uses of a case, from a connection of its own."""
        with self.connection() as env, vault(env) as inside:
            traject = find(inside, ref, [])
            uses = inside["hr.career.right.use"].search(
                [("traject_id", "=", traject.id)]
            )
            return traject.state, uses.mapped("state"), traject.coach_id.id

    def request(self, login="victim"):
        rule = self.keep["rule"]
        return lambda env: EmployeeDoor(env, now=NOW).request(c.OWN_RIGHT, rule_id=rule)

    def setUp(self):
        super().setUp()
        with self.connection() as env:
            for table in self.TABLES[:4]:
                env.cr.execute(f"DELETE FROM {table}")

    def one_winner(self, results):
        won = [one for one in results if not isinstance(one, Exception)]
        self.assertEqual(len(won), 1, results)
        self.assertEqual(
            {type(one) for one in results if isinstance(one, Exception)},
            {CaseworkError},
        )
        return won[0]

    def test_one_right_many_requests(self):
        """Two tabs, two devices, a double click: one request, one use."""
        for _round in range(3):
            self.setUp()
            ref = self.one_winner(self.race(*[("victim", self.request())] * PARALLEL))
            self.assertEqual(self.look(ref)[:2], (c.REQUESTED, [c.RESERVED]))
            with self.connection() as env:
                env.cr.execute("SELECT count(*) FROM hr_career_traject")
                self.assertEqual(env.cr.fetchone()[0], 1)

    def test_positive_control_two_people(self):
        """Two people at once both get theirs."""
        results = self.race(
            ("victim", self.request()), ("colleague", self.request("colleague"))
        )
        self.assertTrue(all(isinstance(one, str) for one in results), results)

    def test_two_desk_windows_assign(self):
        ref = self.act("victim", self.request())
        coaches = list(self.keep["coaches"].values())
        results = self.race(
            *[
                (
                    "desk",
                    lambda env, one=one: DeskDoor(env, now=NOW).case(ref).assign(one),
                )
                for one in coaches
            ]
        )
        self.assertIn(self.look(ref)[2], coaches)
        self.assertFalse([one for one in results if isinstance(one, NotYours)])

    def test_decide_twice_uses_the_right_once(self):
        with self.connection() as env:
            agreement = env["hr.career.entitlement.rule"].browse(self.keep["rule"])
            agreement.version_id.verified_on = False
        self.addCleanup(self._verify_again)
        ref = self.act("victim", self.request())
        results = self.race(
            *[
                (
                    "desk",
                    lambda env: DeskDoor(env, now=NOW).case(ref).decide_open("Yes"),
                ),
            ]
            * PARALLEL
        )
        self.one_winner(results)
        self.assertEqual(self.look(ref)[1], [c.RESERVED])

    def _verify_again(self):
        with self.connection() as env:
            rule = env["hr.career.entitlement.rule"].browse(self.keep["rule"])
            rule.version_id.verified_on = date(2019, 1, 1)

    def test_withdraw_while_the_coach_accepts(self):
        """Whoever is first: in the end it is withdrawn and the right given back."""
        for _round in range(4):
            self.setUp()
            ref = self.act("victim", self.request())
            coach = self.keep["coaches"]["coach"]
            self.act("desk", lambda env: DeskDoor(env, now=NOW).case(ref).assign(coach))
            self.race(
                ("victim", lambda env: EmployeeDoor(env, now=NOW).case(ref).withdraw()),
                ("coach", lambda env: CoachDoor(env, now=NOW).case(ref).accept()),
            )
            self.assertEqual(self.look(ref)[:2], (c.WITHDRAWN, [c.RETURNED]))

    def test_the_claim_is_what_decides(self):
        """Without the unique claims the same race is lost: the test can fail."""
        rooms = "odoo.addons.hr_career_focus.casework"
        with (
            patch(f"{rooms}.opening.claim", return_value=True),
            patch(f"{rooms}.uses.claim", return_value=True),
        ):
            results = self.race(*[("victim", self.request())] * PARALLEL)
        won = [one for one in results if isinstance(one, str)]
        self.assertGreater(len(won), 1)
