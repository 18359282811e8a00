"""A whole run: clean when nothing is wrong, nothing left, and it can fail."""

import json
import logging
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL, config

from ..casework import CoachDoor
from ..casework.errors import NotYours
from ..models.vault_mixin import CareerVaultMixin
from ..selfcheck import rehearsal
from ..selfcheck.run import run
from ..vault.inventory import vault_models
from .check_case import CheckCase

_logger = logging.getLogger(__name__)
#: What a run may take on a small database, in seconds.
LONGEST = 30


@tagged("post_install", "-at_install")
class TestCheckRun(CheckCase):
    def everything(self):
        """Return the rows of every table as one text each, and every file stored."""
        self.env.flush_all()
        tables = self.env.execute_query(
            SQL(
                "SELECT table_name FROM information_schema.tables"
                " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
            )
        )
        found = {}
        for [table] in tables:
            rows = self.env.execute_query(
                SQL(
                    "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM %s t",
                    SQL.identifier(table),
                )
            )
            found[table] = rows[0][0]
        return found

    def files(self):
        folder = Path(config.filestore(self.env.cr.dbname))
        return {path for path in folder.rglob("*") if path.is_file()}

    def test_clean_and_nothing_left(self):
        """The case of the check is gone: every table, every file, every callback."""
        before, files = self.everything(), self.files()
        later = list(self.env.cr.postcommit._funcs)
        known = set(self.env.registry.cache_invalidated)
        result = run(self.env)
        self.assertEqual(result.open, ())
        after = self.everything()
        self.assertEqual(
            {name for name in before if before[name] != after[name]}, set()
        )
        self.assertEqual(self.files() - files, set())
        self.assertEqual(list(self.env.cr.postcommit._funcs), later)
        self.assertEqual(set(self.env.registry.cache_invalidated), known)
        self.assertEqual(list(self.env.cr.precommit._funcs), [])
        _logger.info("A self-check took %.1f seconds", result.seconds)
        self.assertLess(result.seconds, LONGEST)
        self._matrix_is_whole(result)
        self.assertEqual(run(self.env).digest, result.digest)

    def _matrix_is_whole(self, result):
        """Every confidential model was tried as every role, and the controls work."""
        assets = {cell.asset.split(":")[0] for cell in result.cells}
        self.assertLessEqual(set(vault_models(self.env)), assets)
        roles = {cell.role for cell in result.cells}
        self.assertLessEqual(
            {"manager", "hr_manager", "settings_admin", "all_rights", "other_coach"},
            roles,
        )
        reached = {
            (cell.role, cell.asset)
            for cell in result.cells
            if cell.way == "pages" and cell.reached
        }
        self.assertEqual(
            reached,
            {
                ("employee", "person"),
                ("employee", "shared"),
                ("employee", "own"),
                ("coach", "person"),
                ("coach", "shared"),
                ("desk", "person"),
            },
        )
        self.assertGreater(sum(cell.tried for cell in result.cells), 2000)
        json.loads(result.canonical())

    def test_26_without_the_guard_the_rehearsal_finds_it(self):
        """Access rows and rules do not bind the system; only the guard does."""
        with patch.object(CareerVaultMixin, "_guard_lifted", lambda self: True):
            result = run(self.env)
        leaks = {one.where for one in result.open if one.code == "leak"}
        self.assertIn("settings_admin / hr.career.traject / superuser", leaks)
        self.assertIn("settings_admin / hr.career.entry: own / code", leaks)
        self.assertIn("process", {one.code for one in result.open})

    def test_a_door_that_lets_anyone_in_is_found(self):
        def open_door(door, env, now=None):
            real(door, door_env(env), now)

        def door_env(env):
            coach = self.env["res.users"].search(
                [("login", "like", "coach-%"), ("share", "=", True)], limit=1
            )
            return env(user=coach.id) if coach else env

        real = CoachDoor.__init__
        with patch.object(CoachDoor, "__init__", open_door):
            cells, broken = rehearsal.play(self.env(su=True))
        self.assertEqual(broken, [])
        leaks = {(cell.role, cell.asset) for cell in cells if cell.leaks}
        self.assertIn(("manager", "shared"), leaks)

    def test_a_coach_who_gets_nothing_is_found(self):
        """When the way in is closed to everybody, closed proves nothing."""

        def closed(door):
            raise NotYours

        with (
            patch.object(CoachDoor, "cases", closed),
            patch.object(CoachDoor, "case", lambda door, ref: _Locked()),
        ):
            result = run(self.env)
        self.assertTrue({"control", "rehearsal"} & {one.code for one in result.open})


class _Locked:
    """A case of which nothing can be done."""

    def __getattr__(self, name):
        raise NotYours
