"""A purge list of the test's own, so that tests leave nothing on the real one."""

import os
import shutil
import tempfile
from pathlib import Path
from unittest.mock import patch

from ..casework import followup, home
from ..casework.purging import purge
from ..casework.retention import RetentionDoor
from ..vault import purged
from .common import NOW, TODAY


class OwnList:
    """Mixin of a test case: every test begins with an empty purge list."""

    def setUp(self):
        super().setUp()
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        self.list_path = folder / purged.NAME
        patcher = patch.dict(os.environ, {purged.ENVIRONMENT: str(self.list_path)})
        patcher.start()
        self.addCleanup(patcher.stop)
        # The tests' database is a copy of their template.
        home.remember(self.env)


def leave_retention_rows(test, case):
    """Leave a row in each table of retention: a code, a hold, a certificate."""
    home.remember(test.env)
    followup.make(case)
    door = RetentionDoor(test.env_of("privacy_officer"), now=NOW)
    door.holds.ask("victim", "A court asked for it")
    purge(test.env(su=True), test.company, TODAY)
