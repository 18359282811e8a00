"""The personal seal through the doors: both tiers, mixed, and every move between."""

from datetime import timedelta

from odoo.tests import tagged

from ..casework import constants as c
from ..casework import leavers
from ..casework.errors import CaseworkError, Locked, NewKey, NotYours
from ..casework.opening import Dossier, find, vault
from .common import NOW
from .seal_case import PASSPHRASE, SealCase


@tagged("post_install", "-at_install")
class TestSealFlow(SealCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_keys()
        cls.ref = cls.make_active()

    def texts(self, view):
        return repr([*view.notes, *view.messages, *view.explorations, view.plan])

    def test_both_read_what_is_theirs(self):
        self.write_all()
        own, work = self.own().view, self.work().view
        self.assertEqual(own.notes[0].fields["text"], f"note {self.canary}")
        self.assertEqual(own.messages[0].fields["text"], f"hello {self.canary}")
        self.assertEqual(work.plan.fields["steps"], f"plan {self.canary}")
        self.assertEqual(work.notes, ())
        for entry in (*own.notes, *own.messages, own.plan, *work.messages):
            self.assertEqual((entry.tier, entry.locked), ("personal", False))

    def test_locked_shows_that_something_is_there_and_no_more(self):
        self.write_all()
        for view in (self.own(locked=True).view, self.work(locked=True).view):
            self.assertNotIn(self.canary, repr(view))
            self.assertTrue(view.messages[0].locked)
            self.assertEqual(view.messages[0].fields, {})
            self.assertEqual(view.messages[0].by, "coach")
            self.assertTrue(view.sessions[0].locked)
        self.assertIn(self.canary, repr(self.own().view))

    def test_nothing_is_written_or_signed_with_a_locked_key(self):
        refs = self.write_all()
        own, work = self.own(locked=True), self.work(locked=True)
        for act in (
            lambda: own.write(c.NOTE, c.SELF, {"text": "x"}),
            lambda: own.edit(refs[c.NOTE], {"text": "x"}),
            lambda: own.answer_session(refs[c.SESSION], "confirmed"),
            lambda: own.close(["study"], "x"),
            lambda: work.write(c.MESSAGE, c.COACH, {"text": "x"}),
            lambda: work.mark_session(refs[c.SESSION], "cancelled"),
        ):
            with self.assertRaises(Locked):
                act()
        self.own().edit(refs[c.NOTE], {"text": "again"})
        self.assertEqual(self.own().view.notes[0].fields["text"], "again")
        self.own().answer_session(refs[c.SESSION], "confirmed")
        self.assertEqual(self.work().view.sessions[-1].fields["status"], "confirmed")
        own.close([])
        self.assertEqual(self.own().view.state, c.AFTERCARE)

    def test_remove_and_restore_while_locked(self):
        refs = self.write_all()
        self.own(locked=True).remove(refs[c.NOTE])
        self.assertEqual(self.own().view.notes, ())
        self.own(locked=True).restore(refs[c.NOTE])
        self.assertIn(self.canary, self.own().view.notes[0].fields["text"])

    def test_swap_takes_the_coach_out_whoever_can_open(self):
        for locked in (False, True):
            with self.subTest(locked=locked), self.cr.savepoint() as undo:
                refs = self.write_all()
                self.own(locked=locked).swap()
                view = self.own().view
                self.assertIn(self.canary, self.texts(view))
                by_ref = {one.ref: one for one in view.sessions}
                self.assertEqual(by_ref[refs[c.SESSION]].fields["status"], "cancelled")
                held = [one for one in view.sessions if one.ref != refs[c.SESSION]]
                self.assertEqual(held[0].fields["status"], "held")
                self.assertEqual(
                    {one.audience for one in (*view.messages, view.plan)}, {c.SELF}
                )
                undo.rollback()

    def test_refused_in_intake_whoever_can_open(self):
        """A coach who gives the case back takes nothing along, open or locked."""
        self.own().withdraw()
        for locked in (False, True):
            with self.subTest(locked=locked), self.cr.savepoint() as undo:
                self.ref = self.make_intake(kind=c.CAREER_FOCUS)
                self.work().propose_agreement({"goal": f"goal {self.canary}"})
                session = self.work().propose_session({"on": "2026-06-20T10:00"})
                work = self.work(locked=locked)
                work.refuse()
                view = self.own().view
                self.assertEqual(view.state, c.REQUESTED)
                by_ref = {one.ref: one for one in view.sessions}
                self.assertEqual(by_ref[session].fields["status"], "cancelled")
                with vault(self.env) as inside:
                    dossier = Dossier(find(inside, self.ref, []))
                    dossier.unlocked = self.keys["coach"]
                    kept = dossier.entry(session, (c.SELF,))
                    self.assertTrue(kept.locked)
                undo.rollback()

    def test_before_a_coach_and_for_the_next_one(self):
        """What the next coach must read is the server's until one has said yes."""
        self.own().swap()
        own = self.own()
        own.write(c.MESSAGE, c.COACH, {"text": "for whoever comes"})
        self.assertEqual(own.view.messages[-1].tier, "server")
        self.assertEqual(own.view.seal.will[c.COACH], "no_coach_yet")
        self.assertEqual(own.view.seal.will[c.SELF], "personal")
        self.desk_door().case(self.ref).assign(self.coaches["other_coach"].id)
        self.coach_door("other_coach").case(self.ref).accept()
        work = self.coach_door("other_coach").case(self.ref)
        self.assertIn("for whoever comes", repr(work.view.messages))
        self.assertEqual(self.own().view.seal.will[c.COACH], "no_key_coach")
        work.write(c.MESSAGE, c.COACH, {"text": "hello"})
        self.assertEqual(self.own().view.messages[-1].tier, "server")
        self.make_key("other_coach")
        self.addCleanup(self.keys.pop, "other_coach")
        self.own().write(c.MESSAGE, c.COACH, {"text": "now ours"})
        work = self.coach_door("other_coach").case(self.ref)
        self.assertEqual(
            [one.tier for one in work.view.messages], ["server", "server", "personal"]
        )
        self.assertEqual(work.view.messages[-1].fields["text"], "now ours")

    def test_never_sealed_for_the_server_again(self):
        """Switched off, or without a coach's key: an edit keeps the own keys."""
        refs = self.write_all()
        self.company.career_personal_seal = False
        self.own().edit(refs[c.EXPLORATION], {"tried": "changed"})
        view = self.own().view
        self.assertEqual(view.explorations[0].tier, "personal")
        self.assertEqual(view.explorations[0].fields["tried"], "changed")
        self.assertEqual(self.work().view.explorations[0].fields["tried"], "changed")
        self.own().write(c.NOTE, c.SELF, {"text": "new"})
        self.assertEqual(self.own().view.notes[0].tier, "server")

    def test_removed_is_purged_while_locked(self):
        refs = self.write_all()
        self.own(locked=True).remove(refs[c.NOTE])
        tomorrow = NOW + timedelta(days=1)
        self.company.career_personal_seal = False
        self.own(locked=True, now=tomorrow).write(c.NOTE, c.SELF, {"text": "x"})
        self.company.career_personal_seal = True
        with self.assertRaises(NotYours):
            self.own(now=tomorrow).restore(refs[c.NOTE])

    def test_phases_and_end_need_no_key(self):
        self.own(locked=True).set_phase("vision", True)
        self.work(locked=True).set_phase("self", True)
        self.assertTrue(self.own(locked=True).view.phases[0].is_active)
        self.own(locked=True).withdraw()

    def test_desk_and_others_have_no_page(self):
        for login in ("desk", "settings_admin", "works_council"):
            with self.subTest(login), self.assertRaises(NotYours):
                self.key_door(login)
        self.assertTrue(self.key_door("manager"))
        self.assertIsNone(self.desk_door().case(self.ref).view.seal)

    def test_one_key_for_each(self):
        with self.assertRaisesRegex(CaseworkError, "already"):
            self.key_door().make(PASSPHRASE)
        self.assertTrue(self.key_door().prove(PASSPHRASE))

    def test_key_of_a_deleted_login_goes(self):
        gone = self.make_user("gone", "base.group_portal")
        employee = self.make_employee("Gone Person", gone)
        self.users["gone"] = gone
        self.make_key("gone")
        self.addCleanup(self.keys.pop, "gone")
        self.assertEqual(self.count_keys(), 3)
        with vault(self.env) as inside:
            leavers.forget(inside)
        self.assertEqual(self.count_keys(), 3)
        employee.user_id = False
        self.users.pop("gone").unlink()
        with vault(self.env) as inside:
            leavers.forget(inside)
        self.assertEqual(self.count_keys(), 2)

    def count_keys(self):
        with vault(self.env) as inside:
            return inside["hr.career.key"].search_count([])

    def test_a_key_tells_nobody(self):
        """The table holds no id, no name and no day of who made a key."""
        self.cr.execute("SELECT k::text FROM hr_career_key k")
        rows = "".join(row[0] for row in self.cr.fetchall())
        for word in ("Victim", "victim", "2026", self.keys["victim"].private.hex()):
            self.assertNotIn(word, rows)

    def test_new_key_of_the_coach_is_compared_first(self):
        self.write_all()
        door = self.key_door("coach")
        self.addCleanup(self.keys.update, dict(self.keys))
        door.renew("another one of four words", "coachxxx")
        self.keys["coach"] = door.unlocked
        self.assertTrue(self.work().view.plan.locked)
        with self.assertRaises(NewKey):
            self.own().write(c.MESSAGE, c.COACH, {"text": "x"})
        self.own().write(c.NOTE, c.SELF, {"text": "x"})
        self.own().share_again()
        self.own().write(c.MESSAGE, c.COACH, {"text": "x"})
        self.assertIn(self.canary, self.work().view.plan.fields["steps"])
