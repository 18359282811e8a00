"""The benchmark of a release: it runs, and its growth is what it says."""

import json
import subprocess
import sys

import uptake

from odoo.tests import BaseCase, tagged


@tagged("post_install", "-at_install")
class TestBenchUptake(BaseCase):
    def test_the_engine_runs_without_odoo(self):
        command = [sys.executable, str(uptake.PROGRAM), "300"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout)
        self.assertEqual((found["people"], found["state"]), (300, "full"))
        self.assertTrue(found["holds"])
        self.assertGreater(found["seconds"], 0)
        # Odoo itself would need more than this.
        self.assertLess(found["memory"], 60)

    def test_growth(self):
        """Twice as much for twice the people is less than n log n."""
        first = {"people": 1_000, "seconds": 1.0}
        self.assertEqual(uptake.growth(first, first), 1)
        self.assertLess(uptake.growth(first, {"people": 2_000, "seconds": 2.0}), 1)
        self.assertGreater(uptake.growth(first, {"people": 2_000, "seconds": 2.3}), 1)
