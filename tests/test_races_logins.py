"""Guessing a personal code from many windows at once: every wrong one counts."""

from parallel import ParallelCase

from odoo.tests import tagged

from odoo.addons.hr_career_focus.casework import login_code
from odoo.addons.hr_career_focus.casework.login_rows import facts_of
from odoo.addons.hr_career_focus.vault.keyring import load_keyring

SECRET = "green door 42"


@tagged("post_install", "-at_install")
class TestRacesLogins(ParallelCase):
    def tries(self):
        with self.connection() as env:
            user_id = self.keep["users"]["victim"]
            facts = facts_of(env, [user_id])[user_id]
            return facts.row(load_keyring()).tries

    def test_wrong_codes_at_the_same_moment_all_count(self):
        self.act(
            "victim",
            lambda env: login_code.CodeDoor(env).set("victimxx", SECRET),
        )
        wrong = ("victim", lambda env: login_code.give(env, "wrong"))
        self.assertEqual(self.race(*[wrong] * 4), [False] * 4)
        self.assertEqual(len(self.tries()), 4)
        self.assertEqual(self.race(*[wrong] * 4), [False] * 4)
        self.assertEqual(len(self.tries()), login_code.TRIES)
        right = self.act("victim", lambda env: login_code.give(env, SECRET))
        self.assertFalse(right)
