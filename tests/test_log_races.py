"""The access log on real connections: parallel, failing and read-only pages."""

from unittest import TestCase
from unittest.mock import patch

from parallel import ParallelCase

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.hr_career_focus.casework import (
    CoachDoor,
    access_log,
    coach,
    log_connection,
)
from odoo.addons.hr_career_focus.casework.errors import NotYours
from odoo.addons.hr_career_focus.casework.opening import Dossier, find, vault
from odoo.addons.hr_career_focus.tests.common import NOW

WORKERS = 16


@tagged("post_install", "-at_install")
class TestLogRaces(ParallelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As in production: a line on a connection of its own, committed at once.
        patcher = patch.object(log_connection, "is_in_test", lambda env: False)
        patcher.start()
        cls.addClassCleanup(patcher.stop)

    def setUp(self):
        super().setUp()
        # Odoo's assertRaises, which needs an open cursor, is not for here.
        with self.connection() as env:
            type(self).env = env
            self.ref = self.make_intake()

    def lines(self):
        with self.connection() as env, vault(env) as inside:
            return Dossier(find(inside, self.ref, [])).lines()

    def assertWhole(self, lines):
        with self.connection() as env:
            self.assertEqual(access_log.verify(env), [])
        self.assertEqual(len(self.lines()), lines)

    def look_at(self, env):
        return CoachDoor(env, now=NOW).case(self.ref).view.state

    def test_sixteen_openings_at_once(self):
        """None is lost, and the chain has no gap and no fork."""
        before = len(self.lines())
        results = self.race(*[("coach", self.look_at)] * WORKERS)
        self.assertEqual(set(results), {"intake"})
        self.assertWhole(before + WORKERS)

    def test_one_list_opened_sixteen_times_is_one_line(self):
        before = len(self.lines())
        later = NOW.replace(day=20)
        call = ("coach", lambda env: len(CoachDoor(env, now=later).cases()))
        self.assertEqual(set(self.race(*[call] * WORKERS)), {1})
        self.assertWhole(before + 1)

    def test_a_page_that_fails_has_left_its_line(self):
        before = len(self.lines())
        with (
            patch.object(coach, "known_to_coach", side_effect=NotYours),
            TestCase.assertRaises(self, NotYours),
        ):
            self.act("coach", self.look_at)
        self.assertWhole(before + 1)

    def test_a_page_that_takes_long_keeps_nobody_waiting(self):
        """The line is committed while the page still is at work."""
        before = len(self.lines())
        with self.connection("coach") as env:
            self.look_at(env)
            self.act("coach", self.look_at)
            self.assertWhole(before + 2)

    def test_a_read_only_page_can_be_logged(self):
        before = len(self.lines())
        with self.registry.cursor() as cr:
            cr.execute("SET TRANSACTION READ ONLY")
            env = api.Environment(cr, self.keep["users"]["coach"], {})
            self.assertEqual(self.look_at(env), "intake")
        self.assertWhole(before + 1)

    def test_without_a_log_no_page(self):
        """When the line cannot be written, nothing is shown."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            broken = patch.object(access_log, "_insert", side_effect=OSError)
            with broken, TestCase.assertRaises(self, OSError):
                self.look_at(env(user=self.keep["users"]["coach"], su=False))
