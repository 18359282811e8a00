"""A purge list of the test's own, so that tests leave nothing on the real one."""

import os
import shutil
import tempfile
from pathlib import Path
from unittest.mock import patch

from ..vault import purged


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
