"""A purge list of the test's own, so that tests leave nothing on the real one."""

import os
import shutil
import tempfile
from datetime import date
from pathlib import Path
from unittest.mock import patch

from ..casework import approvals, followup, home
from ..casework.opening import TRAJECT, vault
from ..casework.purging import purge
from ..casework.retention import RetentionDoor
from ..vault import purged
from .common import NOW, TODAY, CareerCase

#: What ended in June and is kept for six months goes on this day.
DUE = date(2027, 1, 1)
BEFORE = date(2026, 12, 31)


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
        purged.ensure_list()
        # The tests' database is a copy of their template.
        home.remember(self.env)


class PurgeCase(OwnList, CareerCase):
    """Cases that end, a purge, and the two persons of a legal hold."""

    def refs(self):
        with vault(self.env) as inside:
            return set(inside[TRAJECT].search([]).mapped("ref"))

    def ended(self, login="victim"):
        ref = self.make_request(login)
        self.employee_door(login).case(ref).withdraw()
        return ref

    def purge(self, day):
        return purge(self.env(su=True), self.company, day)

    def officer(self, login="privacy_officer", now=NOW):
        return RetentionDoor(self.env_of(login), now=now)

    def held(self, login="victim"):
        """Put a hold in force, as the two persons do; return its reference."""
        self.officer().holds.ask(login, "A court asked to keep it.")
        [hold] = self.officer().holds.views()
        self.confirm()
        self.officer().holds.carry_out(hold.ref)
        return hold.ref

    def confirm(self, now=NOW):
        [question] = approvals.waiting(self.env_of("desk"), now)
        approvals.decide(self.env_of("desk"), question.ref, True, now=now)


def leave_retention_rows(test, case):
    """Leave a row in each table of retention: a code, a hold, a certificate."""
    home.remember(test.env)
    followup.make(case)
    door = RetentionDoor(test.env_of("privacy_officer"), now=NOW)
    door.holds.ask("victim", "A court asked for it")
    purge(test.env(su=True), test.company, TODAY)
