"""The personal seal through the doors: both tiers, mixed, and every move between."""

from odoo.tests import tagged

from ..casework import constants as c
from ..casework.errors import CaseworkError, Locked, NewKey
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

    def test_wrong_order(self):
        with self.assertRaises(CaseworkError):
            self.key_door().make(PASSPHRASE)

    def test_new_key_of_the_coach_is_compared_first(self):
        self.write_all()
        door = self.key_door("coach")
        self.addCleanup(self.keys.update, dict(self.keys))
        door.renew("another one of four words")
        self.keys["coach"] = door.unlocked
        self.assertTrue(self.work().view.plan.locked)
        with self.assertRaises(NewKey):
            self.own().write(c.MESSAGE, c.COACH, {"text": "x"})
        self.own().write(c.NOTE, c.SELF, {"text": "x"})
        self.own().share_again()
        self.own().write(c.MESSAGE, c.COACH, {"text": "x"})
        self.assertIn(self.canary, self.work().view.plan.fields["steps"])
