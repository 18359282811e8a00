"""What an administrator gets who has the database, the key file, or a session."""

import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..casework import constants as c
from ..casework import personal as own_keys
from ..casework.errors import CaseworkError, NotYours
from ..casework.opening import Dossier, find, vault
from ..casework.upkeep import keys_in_use, renew_envelopes
from ..vault import personal, sealing
from ..vault.errors import Unsealable
from ..vault.keyring import load_keyring
from .page_case import COACH
from .seal_case import COACH_PASSPHRASE, PASSPHRASE, SealCase
from .test_seal_pages import SealPageCase


@tagged("post_install", "-at_install")
class TestSealAttacks(SealCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_active()
        cls.employee_door().case(cls.ref).write(
            c.NOTE, c.SELF, {"text": f"standard {cls.canary}"}
        )
        cls.make_keys()

    def test_whoever_relinks_the_employee_takes_no_key_away(self):
        """The owner is who asked: own texts open, also with a new key after a loss."""
        self.employee_door().case(self.ref).write(
            c.NOTE, c.SELF, {"text": f"personal {self.canary}"}
        )
        person = self.people["victim"]
        person.with_user(self.users["hr_officer"]).user_id = self.users["finance"]
        self.assertFalse(
            self.env["hr.employee"].search_count(
                [("user_id", "=", self.users["victim"].id)]
            )
        )
        door = self.key_door()
        door.unlocked = None
        self.assertTrue(door.is_on)
        self.assertTrue(door.view.has_key)
        self.assertTrue(door.prove(PASSPHRASE))
        case = self.employee_door().case(self.ref)
        texts = [note.fields["text"] for note in case.view.notes]
        self.assertIn(f"personal {self.canary}", texts)

    def test_who_was_linked_instead_has_an_own_key_and_nothing_of_it(self):
        """Positive control: relinked too, but nothing was asked with this login."""
        self.people["victim"].user_id = self.users["finance"]
        door = self.key_door("finance")
        self.assertFalse(door.view.has_key)
        self.people["victim"].user_id = self.users["victim"]
        with self.assertRaises(NotYours):
            self.key_door("finance")

    def everything(self):
        """Return all that the key file opens: each row's content, keys and all."""
        ring = load_keyring()
        found = []
        with vault(self.env) as inside:
            traject = find(inside, self.ref, [])
            key = sealing.unwrap(ring, traject.envelope, traject.ref)
            for row in inside["hr.career.entry"].search([]):
                where = sealing.place(
                    "entry", traject.ref, row.ref, row.kind, row.audience
                )
                content = json.loads(sealing.open_sealed(key, row.sealed, where))
                found.append(json.dumps(content))
                if "inner" not in content:
                    continue
                # Every key there is, at the place where the text belongs.
                owner = f"{traject.ref}/{row.ref}"
                inner = sealing.place(
                    "fields", owner, row.kind, content["by"], content["at"]
                )
                for one in (key, ring.root, *ring.keys.values()):
                    with self.assertRaises(Unsealable):
                        sealing.open_sealed(one, content["inner"]["sealed"], inner)
            for row in inside["hr.career.key"].search([]):
                found.append(repr([row.public, row.private, row.proof]))
        return "\n".join(found)

    def test_key_file_and_database_together(self):
        """They open the standard tier (control) and no text of the personal one."""
        everything = self.everything()
        self.assertIn(f"standard {self.canary}", everything)
        refs = self.write_all()
        for kind in ("note", "plan", "tried", "hello"):
            self.assertNotIn(f"{kind} {self.canary}", self.everything())
        with vault(self.env) as inside:
            dossier = Dossier(find(inside, self.ref, []))
            entries = dossier.entries((c.SELF, c.COACH, c.DESK))
            mine = [entry for entry in entries if entry.ref in refs.values()]
            self.assertEqual(len(mine), len(refs))
            self.assertTrue(all(one.locked and not one.fields for one in mine))
        self.assertIn(f"note {self.canary}", repr(self.own().view))

    def test_earlier_texts_are_sealed_too_when_asked(self):
        self.assertEqual(self.own().view.notes[0].tier, "server")
        self.assertGreater(self.own().view.seal.earlier, 0)
        self.own().seal_earlier()
        self.assertNotIn(self.canary, self.everything())
        view = self.own().view
        self.assertEqual((view.notes[0].tier, view.seal.earlier), ("personal", 0))
        self.assertIn(self.canary, repr(view))
        self.assertIn(self.canary, self.work().view.agreement.fields["goal"])

    def test_public_key_swapped_by_sql(self):
        """Nothing is sealed for it, and nothing falls back to the server's key."""
        attacker = personal.Pair.fresh()
        self.write_all()
        count = self.count()
        for login in ("coach", "victim"):
            with self.subTest(login), self.cr.savepoint() as undo:
                self.cr.execute(
                    SQL(
                        "UPDATE hr_career_key SET public = %s WHERE owner_index = %s",
                        attacker.public.text,
                        own_keys.owner_index(self.users[login].id),
                    )
                )
                self.env.invalidate_all()
                for case in (self.own(), self.work()):
                    with self.assertRaisesRegex(CaseworkError, "behind the back"):
                        case.write(c.MESSAGE, c.COACH, {"text": "x"})
                    self.assertTrue(case.view.seal.is_damaged)
                self.assertTrue(self.key_door(login).view.is_damaged)
                with self.assertRaises(CaseworkError):
                    self.key_door(login).prove(COACH_PASSPHRASE)
                self.assertEqual(self.count(), count)
                undo.rollback()
        self.own().write(c.MESSAGE, c.COACH, {"text": "x"})
        self.assertEqual(self.count(), count + 1)

    def test_rows_of_two_people_swapped_by_sql(self):
        owners = [
            own_keys.owner_index(self.users[login].id) for login in ("victim", "coach")
        ]
        for old, new in ((0, "x"), (1, owners[0]), ("x", owners[1])):
            self.cr.execute(
                SQL(
                    "UPDATE hr_career_key SET owner_index = %s WHERE owner_index = %s",
                    new,
                    old if old == "x" else owners[old],
                )
            )
        self.env.invalidate_all()
        with self.assertRaisesRegex(CaseworkError, "behind the back"):
            self.own().write(c.NOTE, c.SELF, {"text": "x"})

    def test_audience_changed_with_the_key_file(self):
        """A note made 'for the coach' around its text is refused, not shared."""
        ref = self.own().write(c.PLAN, c.SELF, {"steps": self.canary})
        with vault(self.env) as inside:
            dossier = Dossier(find(inside, self.ref, []))
            entry = dossier.entry(ref, (c.SELF,))
            entry.row.audience = c.COACH
            entry.row.sealed = dossier._sealed(entry)
        self.assertTrue(self.work().view.plan.locked)
        with self.assertRaises(UserError):
            self.own().view

    def test_envelopes_of_two_texts_swapped_with_the_key_file(self):
        refs = [
            self.own().write(c.NOTE, c.SELF, {"text": text}) for text in ("one", "two")
        ]
        with vault(self.env) as inside:
            dossier = Dossier(find(inside, self.ref, []))
            one, two = (dossier.entry(ref, (c.SELF,)) for ref in refs)
            one.inner, two.inner = two.inner, one.inner
            for entry in (one, two):
                entry.row.sealed = dossier._sealed(entry)
        with self.assertRaises(UserError):
            self.own().view

    def test_rotation_leaves_the_people_alone(self):
        refs = self.write_all()
        with vault(self.env) as inside:
            dossier = Dossier(find(inside, self.ref, []))
            before = dossier.entry(refs[c.PLAN], (c.COACH,)).inner
        renew_envelopes(self.env(su=True), 100)
        self.assertEqual(renew_envelopes(self.env(su=True), 100), 0)
        self.assertIn(load_keyring().active, keys_in_use(self.env(su=True)))
        with vault(self.env) as inside:
            dossier = Dossier(find(inside, self.ref, []))
            self.assertEqual(dossier.entry(refs[c.PLAN], (c.COACH,)).inner, before)
        self.assertIn(self.canary, self.work().view.plan.fields["steps"])

    def test_destroyed_with_the_traject(self):
        """Without the traject's key not even its readers open a personal text."""
        self.write_all()
        with vault(self.env) as inside:
            Dossier(find(inside, self.ref, [])).shred()
        with self.assertRaises(UserError):
            self.own().view

    def count(self):
        with vault(self.env) as inside:
            return inside["hr.career.entry"].search_count([])

    @mute_logger("odoo.addons.base.models.ir_actions")
    def test_server_action(self):
        for code in (
            "env['hr.career.key'].sudo().search([]).read()",
            "env['hr.career.key'].search([]).mapped('private')",
            "env['hr.career.key'].sudo().create({'owner_index': 'x'})",
        ):
            action = self.env["ir.actions.server"].create(
                {
                    "name": "spy",
                    "model_id": self.env["ir.model"]._get("res.partner").id,
                    "state": "code",
                    "code": code,
                    "group_ids": [Command.clear()],
                }
            )
            for login in ("settings_admin", "coach"):
                with (
                    self.subTest(code, login=login),
                    self.assertRaises(Exception) as got,
                ):
                    action.with_env(self.env_of(login)).sudo().run()
                self.assertIn("does not exist", str(got.exception))


@tagged("post_install", "-at_install")
class TestSealTemplates(SealPageCase):
    """A template that somebody changed, in the session of whoever opens the page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_keys()
        cls.ref = cls.make_active()
        cls.case = f"{COACH}/{cls.ref}"
        cls.env["ir.ui.view"].create(
            {
                "name": "spy",
                "type": "qweb",
                "mode": "extension",
                "inherit_id": cls.env.ref("hr_career_focus.page_case").id,
                "arch": """<data>
                    <xpath expr="//t[@t-call='hr_career_focus.part_track']"
                           position="before">
                        <pre id="spy">
                            <t t-out="view" />
                            <t t-out="dict(request.session)" />
                            <t t-out="dict(request.httprequest.cookies)" />
                        </pre>
                    </xpath>
                </data>""",
            }
        )

    def spied(self):
        return self.page(self.case).xpath("//pre[@id='spy']")[0].text_content()

    def test_locked_session_gives_nothing(self):
        self.login("coach")
        found = self.spied()
        self.assertIn("CaseView", found)
        self.assertNotIn(self.canary, found)
        self.assertNotIn("focus_key", found)
        # Not defended, and said so: a page changed while the key is open.
        self.unlock(COACH_PASSPHRASE)
        self.assertIn(self.canary, self.spied())

    def test_template_cannot_reach_the_key(self):
        with self.assertRaises(AccessError):
            self.env_of("coach")["hr.career.key"].sudo().search([])
