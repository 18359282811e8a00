"""Rotation of keys on real rows."""

from unittest.mock import patch

from odoo.tests import tagged

from ..casework import upkeep
from ..casework.errors import CaseworkError
from ..vault import keyring
from .common import CareerCase

LOADERS = (
    "odoo.addons.hr_career_focus.casework.opening.load_keyring",
    "odoo.addons.hr_career_focus.casework.reminders.load_keyring",
    "odoo.addons.hr_career_focus.casework.upkeep.load_keyring",
)


@tagged("post_install", "-at_install")
class TestRotation(CareerCase):
    def use(self, ring):
        for where in LOADERS:
            patcher = patch(where, return_value=ring)
            patcher.start()
            self.addCleanup(patcher.stop)

    def test_rotate_renew_forget(self):
        ring = keyring.load_keyring()
        ref = self.make_active()
        other = self.make_request("colleague")
        self.assertEqual(upkeep.keys_in_use(self.env), {ring.active})
        rotated = ring.rotated()
        self.use(rotated)
        self.assertTrue(self.employee_door().case(ref).view)
        self.assertEqual(upkeep.renew_envelopes(self.env, 1), 1)
        self.assertEqual(upkeep.keys_in_use(self.env), {ring.active, rotated.active})
        self.assertEqual(upkeep.renew_envelopes(self.env, 10), 1)
        self.assertEqual(upkeep.renew_envelopes(self.env, 10), 0)
        self.use(rotated.without_old())
        self.assertIn(self.canary, repr(self.employee_door().case(ref).view))
        self.assertEqual(self.employee_door("colleague").running_ref(), other)
        self.use(ring)
        with self.assertRaises(CaseworkError):
            self.employee_door().case(ref).view

    def test_reminders_rotate_too(self):
        ring = keyring.load_keyring()
        self.employee_door().remind("somebody@elsewhere.test", 3)
        rotated = ring.rotated()
        self.use(rotated)
        self.assertEqual(upkeep.keys_in_use(self.env), {ring.active})
        self.assertEqual(upkeep.renew_envelopes(self.env, 10), 1)
        self.assertEqual(upkeep.keys_in_use(self.env), {rotated.active})
        self.use(rotated.without_old())
        self.assertEqual(self.employee_door().reminder().months, 3)
