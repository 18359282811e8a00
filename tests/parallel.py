"""Acting on real parallel connections, with rows that are committed."""

import threading
from contextlib import contextmanager
from datetime import date

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name

from odoo.addons.hr_career_focus.casework.errors import CaseworkError, NotYours
from odoo.addons.hr_career_focus.casework.opening import find, vault
from odoo.addons.hr_career_focus.tests.common import CareerCompany


class ParallelCase(CareerCompany, BaseCase):
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
                "mandate": cls.mandate.id,
                "company": cls.company.id,
            }
        cls.addClassCleanup(cls._undo)

    #: Tables the fixture writes to, children first.
    TABLES = (
        "hr_career_entry",
        "hr_career_right_use",
        "hr_career_traject",
        "hr_career_reminder",
        "hr_career_approval",
        "hr_career_mandate",
        "hr_career_coach_registration",
        "hr_career_coach",
        "mail_mail",
    )

    #: Tables of agreements, children first.
    TEXTS = (
        "hr_career_entitlement_rule",
        "hr_career_agreement_version",
        "hr_career_agreement",
    )

    @classmethod
    def _everything(cls, cr):
        found = {}
        people = ("hr_employee", "hr_department", "res_users")
        for table in (*cls.TABLES, *cls.TEXTS, *people):
            cr.execute(f"SELECT id FROM {table}")
            found[table] = {row[0] for row in cr.fetchall()}
        cr.execute(
            "SELECT career_live, career_council_date, career_agreement_id,"
            " career_second_factor, id"
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
                    " career_council_date = %s, career_agreement_id = %s,"
                    " career_second_factor = %s WHERE id = %s",
                    row,
                )
            for table in cls.TEXTS:
                new = list(after[table] - cls.before[table])
                cr.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [new])

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

    def setUp(self):
        super().setUp()
        self.empty()

    def empty(self):
        """Take every case, use and reminder away."""
        with self.connection() as env:
            for table in self.TABLES[:5]:
                env.cr.execute(f"DELETE FROM {table}")

    def one_winner(self, results):
        """Return what the only winner got; the others were told why not."""
        won = [one for one in results if not isinstance(one, Exception)]
        self.assertEqual(len(won), 1, results)
        self.assertEqual(
            {type(one) for one in results if isinstance(one, Exception)},
            {CaseworkError},
        )
        return won[0]

    def set_right(self, **values):
        """Put another right in force, checked; return its id."""
        with self.connection() as env:
            agreement = env["hr.career.agreement"].create(
                {
                    "name": "CAO Race",
                    "version_ids": [
                        Command.create(
                            {
                                "verified_by": "A. Expert",
                                "verified_on": date(2019, 1, 1),
                                "rule_ids": [
                                    Command.create(
                                        {
                                            "name": "Career traject",
                                            "unit": "amount",
                                            "quantity": 1000,
                                            "currency_id": env.ref("base.EUR").id,
                                            **values,
                                        }
                                    )
                                ],
                            }
                        )
                    ],
                }
            )
            company = env["res.company"].browse(self.keep["company"])
            company.career_agreement_id = agreement
            return agreement.version_ids.rule_ids.id

    def numbers(self, sql):
        """Return the first column of a query, from a connection of its own."""
        with self.connection() as env:
            env.cr.execute(sql)
            return [row[0] for row in env.cr.fetchall()]
