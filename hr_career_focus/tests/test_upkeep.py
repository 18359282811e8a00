"""Rotation of keys on real rows."""

from unittest.mock import patch

from odoo.tests import tagged

from ..casework import upkeep, vouchers
from ..casework.errors import CaseworkError
from ..casework.opening import vault
from ..vault import keyring
from .common import TODAY, CareerCase

LOADERS = (
    "odoo.addons.hr_career_focus.casework.opening.load_keyring",
    "odoo.addons.hr_career_focus.casework.reminders.load_keyring",
    "odoo.addons.hr_career_focus.casework.upkeep.load_keyring",
)


@tagged("post_install", "-at_install")
class TestRotation(CareerCase):
    def setUp(self):
        super().setUp()
        # So that what is counted is what the tests make: the pool has envelopes too.
        self.env.cr.execute("DELETE FROM hr_career_voucher")

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

    def test_vouchers_rotate_too(self):
        """Also the places that wait for one: their codes are sealed as well."""
        ring = keyring.load_keyring()
        with vault(self.env) as inside:
            vouchers.mix(inside, TODAY)
        rotated = ring.rotated()
        self.use(rotated)
        self.assertEqual(upkeep.keys_in_use(self.env), {ring.active})
        while upkeep.renew_envelopes(self.env, 50):
            pass
        self.assertEqual(upkeep.keys_in_use(self.env), {rotated.active})
