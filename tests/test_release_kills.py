"""The job that publishes is killed: nothing is half done, the next run goes on.

Killed is ``kill -9``, on committed rows and real connections: no handler runs.
"""

import os
import random
import time
from contextlib import contextmanager
from datetime import date

from test_money_kills import Worker

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, freeze_time, get_db_name, tagged

from odoo.addons.hr_career_focus_reports.models.frozen_mixin import publishing
from odoo.addons.hr_career_focus_reports.tests.common import Organisation

KILLS = 12
#: Written once: emptied by the owner of the tables only.
FROZEN = ("hr_career_release_cell", "hr_career_release", "hr_career_release_unit")
#: What the company leaves behind, children first.
MADE = ("hr_career_traject", "hr_version", "hr_employee", "resource_resource")
MADE += ("hr_department", "resource_calendar", "res_company", "res_partner")
#: Of these, what hangs on them goes too.
BY_ODOO = {"res_company": "res.company", "res_partner": "res.partner"}
PUBLISHED = (["q4"], ["q4", "year"])


@tagged("post_install", "-at_install")
class TestReleaseKills(BaseCase):
    """204 people: the fourth quarter and the year are due on one day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        with cls.connection() as env:
            cls.before = {table: cls.ids(env, table) for table in MADE}
        cls.addClassCleanup(cls.forget_all)
        with cls.connection() as env:
            org = Organisation(env, "Killed", {"North": 80, "South": 80, "Sea": 44})
            org.start(org.employees[10:40], date(2025, 5, 1))
            org.start(org.employees[90:120], date(2025, 11, 1))
            cls.company_id = org.company.id

    def setUp(self):
        super().setUp()
        self.forget_releases()
        frozen = freeze_time("2026-01-15")
        frozen.start()
        self.addCleanup(frozen.stop)

    @classmethod
    @contextmanager
    def connection(cls):
        with cls.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    @staticmethod
    def ids(env, table):
        env.cr.execute(f"SELECT id FROM {table}")
        return {row[0] for row in env.cr.fetchall()}

    @classmethod
    def forget_releases(cls):
        with cls.connection() as env:
            for table in FROZEN:
                env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            env.cr.execute(
                """DELETE FROM hr_career_release_cell WHERE release_id IN
                   (SELECT id FROM hr_career_release WHERE company_id = %(id)s);
                   DELETE FROM hr_career_release WHERE company_id = %(id)s;
                   DELETE FROM hr_career_release_unit WHERE company_id = %(id)s""",
                {"id": cls.company_id},
            )
            for table in FROZEN:
                env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    @classmethod
    def forget_all(cls):
        cls.forget_releases()
        with cls.connection() as env:
            env.cr.execute(
                "UPDATE res_company SET resource_calendar_id = NULL WHERE id = %s;"
                "DELETE FROM res_company_users_rel WHERE cid = %s",
                [cls.company_id] * 2,
            )
            for table in MADE:
                new = list(cls.ids(env, table) - cls.before[table])
                if table in BY_ODOO:
                    env[BY_ODOO[table]].browse(new).unlink()
                else:
                    env.cr.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [new])
            env.registry.clear_cache()

    def act(self, env):
        env["hr.career.release.job"]._cron_publish()
        return ()

    def published(self):
        """Return the periods that are published; each of them whole."""
        with self.connection() as env:
            found = env["hr.career.release"].search(
                [("company_id", "=", self.company_id)], order="id"
            )
            for release in found:
                self.assertTrue(release._is_intact())
                self.assertTrue(release.cell_ids)
            return found.mapped("period")

    def test_killed_in_the_middle(self):
        begin = os.times().elapsed
        with self.connection() as env:
            self.act(env)
        whole = os.times().elapsed - begin
        self.assertEqual(self.published(), PUBLISHED[-1])
        cut_short = 0
        for _kill in range(KILLS):
            self.forget_releases()
            worker = Worker(self.registry, self.act)
            time.sleep(random.uniform(0, whole))
            was_killed, said = worker.kill()
            self.assertTrue(was_killed)
            found = self.published()
            self.assertIn(found, ([], *PUBLISHED))
            cut_short += ["begin"] in said and ["done"] not in said
            with self.connection() as env:
                self.act(env)
            self.assertEqual(self.published(), PUBLISHED[-1])
        self.assertGreater(cut_short, 0)

    def test_two_at_the_same_moment(self):
        """The database knows one release per period: the second has none of its own."""
        workers = [Worker(self.registry, self.act) for _worker in range(2)]
        for _try in range(600):
            if len(self.published()) == len(PUBLISHED[-1]):
                break
            time.sleep(0.1)
        for worker in workers:
            worker.kill()
        self.assertEqual(self.published(), PUBLISHED[-1])
        with (
            self.connection() as env,
            publishing(),
            self.assertRaisesRegex(UserError, "twice"),
        ):
            company = env["res.company"].browse(self.company_id)
            env["hr.career.release.job"]._publish(company, 2025, "year")
