"""A whole run: clean when nothing is wrong, nothing left, and it can fail."""

import contextlib
import json
import logging
import time
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL, config

from ..casework import CoachDoor, approvals, followup
from ..casework.errors import NotYours
from ..casework.login_desk import LoginsDoor
from ..casework.opening import TRAJECT
from ..casework.privacy import PrivacyDoor
from ..casework.retention import RetentionDoor
from ..models.vault_mixin import CareerVaultMixin
from ..selfcheck import calls, looking, rehearsal
from ..selfcheck.run import run
from ..vault.inventory import vault_models
from .check_case import CheckCase

_logger = logging.getLogger(__name__)
#: What a trigger of the database refuses to everybody: the log is only added to.
KEPT = {("hr.career.access", name) for name in ("load", "unlink")}
#: What a run may take on a small database, in seconds of the processor: what else the
#: machine does meanwhile says nothing of it.
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
        started = time.process_time()
        result = run(self.env)
        busy = time.process_time() - started
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
        self.assertLess(busy, LONGEST)
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
                (role, asset)
                for assets in (looking.MAY_SEE, looking.MAY_ENTER)
                for asset, roles in assets.items()
                for role in roles
            },
        )
        controls = {cell.asset for cell in result.cells if cell.role == "control"}
        tried = {cell.asset for cell in result.cells if cell.way == "superuser"}
        self.assertEqual(controls, tried | {"open_record"})
        self.assertTrue(all(cell.tried > 0 for cell in result.cells))
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

    def test_each_call_can_get_through(self):
        """With the guard and its refusals gone every single call is a leak."""
        refused = ("copy", "load", "export_data", "get_metadata", "onchange")
        with (
            patch.object(CareerVaultMixin, "_guard_lifted", lambda self: True),
            contextlib.ExitStack() as stack,
        ):
            for name in refused:
                stack.callback(setattr, CareerVaultMixin, name, self.taken_off(name))
            cells, broken = rehearsal.play(self.env(su=True))
        self.assertEqual(broken, [])
        got = {
            cell.asset: set(cell.calls)
            for cell in cells
            if (cell.role, cell.way) == ("settings_admin", "superuser")
        }
        every = {*calls.READERS, *calls.WRITERS}
        self.maxDiff = None
        dead = {
            asset: {
                name
                for name in every - done
                if (asset, name) not in calls.NO_ROOM | KEPT
            }
            for asset, done in got.items()
        }
        self.assertEqual({asset: names for asset, names in dead.items() if names}, {})

    def taken_off(self, name):
        """Take a method of the guard away, so that Odoo's own is reached."""
        real = vars(CareerVaultMixin)[name]
        delattr(CareerVaultMixin, name)
        return real

    def test_a_call_that_can_no_longer_get_through_is_found(self):
        """As one would after a change of Odoo: it proves nothing any more."""
        with patch.dict(calls.READERS, copy=lambda model, ids, new: model.browse()):
            found = run(self.env).open
        self.assertEqual(
            {(one.code, one.where, one.get("calls")) for one in found},
            {("blunt", "control / open_record / remote", "copy")},
        )

    def test_a_table_without_a_row_to_try_is_found(self):
        with patch.object(rehearsal.Rows, "complete", lambda rows, today: None):
            cells, broken = rehearsal.play(self.env(su=True))
        self.assertEqual(broken, [])
        blunt = {cell.asset for cell in cells if cell.fails}
        self.assertIn("hr.career.purge", blunt)

    def test_each_door_that_stands_open_is_found(self):
        """The officer's, the second person's, the one for logins, the one for later."""
        doors = {
            "door_privacy": PrivacyDoor,
            "door_retention": RetentionDoor,
            "door_second": approvals.SecondPerson,
            "door_logins": LoginsDoor,
        }
        with contextlib.ExitStack() as stack:
            for cls in doors.values():
                opened = self.let_the_manager_in(cls.__init__)
                stack.enter_context(patch.object(cls, "__init__", opened))
            anybodys = patch.object(
                followup,
                "traject_of",
                lambda inside, text: inside[TRAJECT].search([], limit=1),
            )
            stack.enter_context(anybodys)
            cells, broken = rehearsal.play(self.env(su=True))
        self.assertEqual(broken, [])
        leaks = {cell.asset for cell in cells if cell.role == "manager" and cell.leaks}
        self.assertLessEqual({*doors, "door_later", "odd", "asked", "held"}, leaks)

    def let_the_manager_in(self, real):
        """Return the beginning of a door that takes the manager for the officer."""

        def opened(door, env, now=None):
            if env.user.login.startswith("manager-"):
                officer = self.env["res.users"].search(
                    [("login", "like", "privacy_officer-%")], limit=1
                )
                env = env(user=officer.id)
            real(door, env, now)

        return opened

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
