"""Every order of three acts around a login: an attacker's, the owner's, others'.

Below the pages, so that all of them can be tried (over HTTP: test_login_takeover).
Whatever came before: under a password of the attacker, or with a way in that the owner
has not confirmed, nothing opens.
"""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.tests import tagged

from ..casework import EmployeeDoor, login_register, logins
from ..casework.errors import DoorClosed
from ..casework.login_rows import facts_of, save_row
from ..vault import taken
from ..vault.attestation import Attestation
from ..vault.keyring import load_keyring
from ..vault.purged import ENVIRONMENT
from .common import CareerCase

OWN, EVIL = "victimxx", "evil-password-1"


@tagged("post_install", "-at_install")
class TestOrders(CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_request()
        cls.uid = cls.users["victim"].id
        cls.ring = load_keyring()
        # As quick to check as it can be; only who knows which of them counts here.
        context = cls.env["res.users"]._crypt_context().copy()
        context.update(pbkdf2_sha512__rounds=1)
        cls.hashes = {typed: context.hash(typed) for typed in (OWN, EVIL)}
        cls.put_password(OWN)
        cls.take_marks()
        cls.row = cls.sealed()
        cls.unused = Attestation(fresh=True).sealed(cls.ring, cls.uid)
        cls.foreign = cls.sealed("colleague")

    def setUp(self):
        super().setUp()
        folder = Path(self.enterContext(TemporaryDirectory()))
        there = {ENVIRONMENT: str(folder / "purged.list")}
        self.enterContext(patch.dict(os.environ, there))
        taken.note(self.ring, self.cr.dbname)

    # -- the state -----------------------------------------------------------------

    @classmethod
    def sql(cls, query, *values):
        cls.env.flush_all()
        cls.cr.execute(query, values)
        cls.env.invalidate_all()

    @classmethod
    def sealed(cls, login="victim"):
        cls.cr.execute(
            "SELECT sealed FROM hr_career_login WHERE user_id = %s",
            [cls.users[login].id],
        )
        return cls.cr.fetchone()[0]

    @classmethod
    def facts(cls):
        return facts_of(cls.env, [cls.uid])[cls.uid]

    @classmethod
    def put_password(cls, typed):
        cls.sql(
            "UPDATE res_users SET password = %s WHERE id = %s",
            cls.hashes[typed],
            cls.uid,
        )

    @classmethod
    def take_marks(cls):
        row = logins.marks_taken(cls.ring, Attestation(), cls.facts())
        save_row(cls.env, cls.uid, row.sealed(cls.ring, cls.uid))

    def is_evil(self):
        return self.facts().hashed == self.hashes[EVIL]

    def victim(self):
        return self.env_of("victim")

    def put_row(self, sealed):
        self.sql("DELETE FROM hr_career_login WHERE user_id = %s", self.uid)
        self.sql(
            "INSERT INTO hr_career_login (user_id, sealed) VALUES (%s, %s)",
            self.uid,
            sealed,
        )

    # -- the acts ------------------------------------------------------------------

    def act_password_is_set_by_another(self):
        self.put_password(EVIL)

    def act_password_is_put_back(self):
        self.put_password(OWN)

    def act_table_is_emptied(self):
        self.sql("DELETE FROM hr_career_login")

    def act_row_is_put_back(self):
        self.put_row(self.row)

    def act_unused_row_is_put_back(self):
        self.put_row(self.unused)

    def act_row_of_another_is_put_there(self):
        self.put_row(self.foreign)

    def act_passkey_is_added(self):
        self.sql(
            "INSERT INTO auth_passkey_key"
            " (name, credential_identifier, public_key, create_uid)"
            " VALUES ('x', 'not-mine', 'key', %s) ON CONFLICT DO NOTHING",
            self.uid,
        )

    def act_passkey_is_removed(self):
        self.sql("DELETE FROM auth_passkey_key WHERE create_uid = %s", self.uid)

    def act_login_is_archived_and_back(self):
        for active in (False, True):
            self.users["victim"].with_user(self.users["settings_admin"]).active = active

    def act_made_anew(self):
        """An upgrade, or an installation, is started again."""
        with suppress(taken.AlreadyTaken):
            login_register.register_all(self.env)

    def act_attacker_signs_in(self):
        """Log in, and try what renews marks: the first use, confirming, a change."""
        if not self.is_evil():
            return
        logins.signed_in(self.victim(), self.uid, "password")
        logins.end_fresh(self.victim())
        if logins.knows_password(self.victim(), EVIL):
            self.take_marks()
        with logins.own_change(self.victim(), EVIL):
            self.put_password(EVIL)

    def act_owner_sets_a_code(self):
        row = self.facts().row(self.ring)
        if not self.is_evil() and row and not row.fresh:
            row = replace(row, code="c" * 64)
            save_row(self.env, self.uid, row.sealed(self.ring, self.uid))

    def act_desk_restores(self):
        """After seeing the owner, with the owner's password and ways in."""
        if not self.is_evil() and not self.facts().doors:
            self.take_marks()

    # -- what must hold --------------------------------------------------------------

    def is_let_in(self):
        try:
            EmployeeDoor(self.victim())
        except DoorClosed:
            return False
        return True

    def try_all(self, acts, before=()):
        """Do each act after those before, to a depth of three; return what was seen."""
        seen = []
        for act in acts:
            with self.cr.savepoint() as undo:
                getattr(self, act)()
                order = (*before, act)
                is_in = self.is_let_in()
                if is_in and (self.is_evil() or self.facts().doors):
                    self.fail(f"Let in after {order}")
                seen.append(is_in)
                if len(order) < 3:
                    seen += self.try_all(acts, order)
                undo.rollback()
            self.env.invalidate_all()
        return seen

    def test_any_three_acts(self):
        acts = [name for name in dir(self) if name.startswith("act_")]
        seen = self.try_all(acts)
        self.assertEqual(len(seen), sum(len(acts) ** depth for depth in (1, 2, 3)))
        # Not closed for good either: the owner alone is let in.
        self.assertGreater(sum(seen), len(seen) // 10)

    def test_positive_control_marks_that_anybody_renews(self):
        """Were marks renewed for whoever knows the present password, it would show."""
        self.act_password_is_set_by_another()
        self.assertFalse(self.is_let_in())
        self.take_marks()
        self.assertTrue(self.is_let_in())
