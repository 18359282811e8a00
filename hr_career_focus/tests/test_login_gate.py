"""Marks of a login: what closes the doors, and what leaves them open."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.modules.module import load_script
from odoo.tests import new_test_user, tagged
from odoo.tools.misc import file_path

from ..casework import (
    CoachDoor,
    DeskDoor,
    EmployeeDoor,
    first_run,
    login_register,
    logins,
)
from ..casework.errors import DoorClosed
from ..hooks import post_init_hook
from ..vault import taken
from ..vault.keyring import load_keyring
from ..vault.purged import ENVIRONMENT
from .common import CareerCase

SCRIPT = "hr_career_focus/migrations/19.0.1.2.0/post-logins.py"


@tagged("post_install", "-at_install")
class TestLoginGate(CareerCase):
    """Everybody alike: ``colleague`` never asked for anything, ``victim`` did."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_active()

    def hash_of(self, login):
        self.cr.execute("SELECT password FROM res_users WHERE login = %s", [login])
        return self.cr.fetchone()[0]

    def put_hash(self, login, hashed):
        self.cr.execute(
            "UPDATE res_users SET password = %s WHERE login = %s", [hashed, login]
        )

    def assert_closed(self, login, reason=logins.CHANGED, door=EmployeeDoor):
        with self.assertRaises(DoorClosed) as caught:
            door(self.env_of(login))
        self.assertEqual(caught.exception.reason, reason)

    def test_positive_control_every_door_opens(self):
        for login in ("victim", "colleague"):
            EmployeeDoor(self.env_of(login))
        CoachDoor(self.env_of("coach"))
        DeskDoor(self.env_of("desk"))

    def test_password_set_by_somebody_else_closes_for_everybody_alike(self):
        for login in ("victim", "colleague", "manager"):
            self.users[login].password = "another-1"
            self.assert_closed(login)
        self.users["coach"].password = "another-1"
        self.assert_closed("coach", door=CoachDoor)
        self.users["desk"].password = "another-1"
        self.assert_closed("desk", door=DeskDoor)

    def test_coach_with_another_password_reads_nothing_over_the_orm(self):
        trajects = self.env_of("coach")["hr.career.traject"]
        self.assertEqual(trajects.search([]).mapped("ref"), [self.ref])
        self.users["coach"].password = "another-1"
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            trajects.search([])

    def test_changing_back_opens_again(self):
        before = self.hash_of("victim")
        self.users["victim"].password = "another-1"
        self.assert_closed("victim")
        self.put_hash("victim", before)
        EmployeeDoor(self.env_of("victim"))

    def test_the_same_password_hashed_by_somebody_else_is_another_one(self):
        self.users["victim"].password = "victimxx"
        self.assert_closed("victim")

    def test_row_taken_away_moved_or_damaged(self):
        for act in (
            "DELETE FROM hr_career_login WHERE user_id = %(victim)s",
            "UPDATE hr_career_login SET sealed = (SELECT sealed FROM hr_career_login"
            " WHERE user_id = %(colleague)s) WHERE user_id = %(victim)s",
            "UPDATE hr_career_login SET sealed = '' WHERE user_id = %(victim)s",
        ):
            with self.subTest(act=act), self.cr.savepoint() as savepoint:
                ids = {name: one.id for name, one in self.users.items()}
                self.cr.execute(act, ids)
                self.assert_closed("victim")
                savepoint.rollback()
        EmployeeDoor(self.env_of("victim"))

    def own_list(self):
        """Let the list of databases with marks be a new one for the test."""
        folder = self.enterContext(TemporaryDirectory())
        name = str(Path(folder) / "purged.list")
        self.enterContext(patch.dict(os.environ, {ENVIRONMENT: name}))

    def run_postcommit(self):
        """Do what waits for the end of the transaction, as if it was committed."""
        self.cr.postcommit.run()

    def test_marks_are_not_taken_again_once_the_table_was_emptied(self):
        """By an upgrade, or an installation, that was started once more."""
        self.own_list()
        script = load_script(file_path(SCRIPT), "post-logins")
        self.users["victim"].password = "another-1"
        login_register.remember(self.env)
        self.run_postcommit()
        self.cr.execute("DELETE FROM hr_career_login")
        first_run.note(self.cr, True)
        self.addCleanup(first_run.note, self.cr, False)
        for again in (
            lambda: script.migrate(self.cr, "19.0.1.1.0"),
            lambda: post_init_hook(self.env),
        ):
            with self.assertRaisesRegex(taken.AlreadyTaken, "stays closed"):
                again()
            self.assert_closed("victim")
        taken.file().unlink()
        script.migrate(self.cr, "19.0.1.1.0")
        EmployeeDoor(self.env_of("victim"))

    def test_every_way_to_marks_is_remembered_outside(self):
        ring, name = load_keyring(), self.cr.dbname
        later = "hr_career_focus/migrations/19.0.1.3.0/post-logins.py"
        upgrade = load_script(file_path(later), "post-logins")
        for act in (
            lambda: login_register.register_all(self.env),
            lambda: upgrade.migrate(self.cr, "19.0.1.2.0"),
        ):
            self.own_list()
            act()
            self.assertFalse(taken.is_noted(ring, name))
            self.run_postcommit()
            self.assertTrue(taken.is_noted(ring, name))
            self.assertFalse(taken.is_noted(ring, f"{name}-2"))
            self.assertEqual(taken.file().stat().st_mode & 0o777, 0o600)

    def test_registering_again_leaves_a_row_as_it_is(self):
        self.users["victim"].password = "another-1"
        login_register.register(self.env, self.users["victim"].ids)
        login_register.register_all(self.env)
        self.assert_closed("victim")

    def test_upgrade_takes_the_marks_of_every_login(self):
        """As the migration script does, in a database from before."""
        self.own_list()
        script = load_script(file_path(SCRIPT), "post-logins")
        self.cr.execute("DELETE FROM hr_career_login")
        self.assert_closed("victim")
        script.migrate(self.cr, "19.0.1.1.0")
        self.assert_closed("victim")
        first_run.note(self.cr, True)
        script.migrate(self.cr, "19.0.1.1.0")
        for login in ("victim", "colleague"):
            EmployeeDoor(self.env_of(login))
        self.users["victim"].password = "another-1"
        self.assert_closed("victim")

    def test_rows_are_all_alike(self):
        new = new_test_user(self.env, "unused", groups="base.group_portal")
        self.cr.execute("UPDATE res_users SET password = NULL WHERE id = %s", [new.id])
        self.cr.execute("DELETE FROM hr_career_login WHERE user_id = %s", [new.id])
        login_register.register(self.env, new.ids)
        self.cr.execute(
            "SELECT count(*), count(DISTINCT length(sealed)) FROM hr_career_login"
        )
        count, lengths = self.cr.fetchone()
        users = self.env["res.users"].with_context(active_test=False)
        self.assertEqual(count, users.search_count([]))
        self.assertEqual(lengths, 1)

    def test_gate_is_one_query(self):
        env = self.env_of("victim")
        logins.gate(env)
        self.env.flush_all()
        with self.assertQueryCount(1):
            logins.gate(env)


@tagged("post_install", "-at_install")
class TestOwnChange(CareerCase):
    """The owner's own change renews the mark; what only looks like it does not."""

    def change(self, login, old, new):
        return self.env_of(login)["res.users"].change_password(old, new)

    def test_with_the_old_password(self):
        self.change("victim", "victimxx", "better-one")
        EmployeeDoor(self.env_of("victim"))

    def test_after_somebody_else_set_it_the_old_one_is_not_the_owners(self):
        self.users["victim"].password = "another-1"
        self.change("victim", "another-1", "better-one")
        with self.assertRaises(DoorClosed):
            EmployeeDoor(self.env_of("victim"))

    def test_own_wizard_outside_a_session_renews_nothing(self):
        env = self.env_of("victim")
        with logins.own_change(env):
            env.user._change_password("better-one")
        with self.assertRaises(DoorClosed):
            EmployeeDoor(self.env_of("victim"))

    def test_rehash_at_log_in(self):
        """More rounds since the last log-in: the same password, another hash."""
        context = self.env["res.users"]._crypt_context().copy()
        context.update(pbkdf2_sha512__rounds=1000)
        user = self.users["victim"]
        self.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
        self.cr.execute("DELETE FROM hr_career_login WHERE user_id = %s", [user.id])
        user._set_encrypted_password(user.id, context.hash("victimxx"))
        login_register.register(self.env, user.ids)
        before = self._hash(user)
        credential = {"login": "victim", "password": "victimxx", "type": "password"}
        self.env["res.users"].authenticate(credential, {"interactive": False})
        self.assertNotEqual(self._hash(user), before)
        EmployeeDoor(self.env_of("victim"))

    def _hash(self, user):
        self.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
        return self.cr.fetchone()[0]


@tagged("post_install", "-at_install")
class TestFresh(CareerCase):
    """Made without a password, as HR does: it counts from the first log-in on."""

    def setUp(self):
        super().setUp()
        self.user = self.env["res.users"].create(
            {
                "name": "New Here",
                "login": "newhere",
                "group_ids": [(6, 0, [self.env.ref("base.group_portal").id])],
            }
        )
        self.make_employee("New Here", self.user)
        self.fresh = self.sealed()

    def sealed(self):
        self.cr.execute(
            "SELECT sealed FROM hr_career_login WHERE user_id = %s", [self.user.id]
        )
        return self.cr.fetchone()[0]

    def door(self):
        return EmployeeDoor(self.env(user=self.user.id, su=False))

    def log_in(self, password):
        credential = {"login": "newhere", "password": password, "type": "password"}
        self.env["res.users"].authenticate(credential, {"interactive": False})

    def test_invitation_first_log_in_then_somebody_else(self):
        self.user.password = "chosen-by-me"
        self.log_in("chosen-by-me")
        self.door()
        self.user.password = "not-by-me"
        with self.assertRaises(DoorClosed):
            self.door()

    def test_a_request_ends_it_too(self):
        self.door().request(kind="career_focus")
        self.user.password = "not-by-me"
        with self.assertRaises(DoorClosed):
            self.door()

    def test_unused_row_put_back_opens_no_case(self):
        self.door().request(kind="career_focus")
        self.cr.execute(
            "UPDATE hr_career_login SET sealed = %s WHERE user_id = %s",
            [self.fresh, self.user.id],
        )
        self.user.password = "not-by-me"
        self.log_in("not-by-me")
        with self.assertRaises(DoorClosed):
            self.door()
