"""A backup that is put back brings nobody's deleted case back.

A real dump of PostgreSQL, of a database of its own: filled, dumped, deleted from,
restored. The key file is the one of then, as with any backup.
"""

import json
import os
import shutil
import subprocess
import sys
import uuid

import pytest
from processes import run

from odoo.tests import get_db_name
from odoo.tools import config

FILL = """
from odoo.addons.hr_career_focus.casework import followup, home
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.tests.common import CareerCompany, EmployeeDoor

home.remember(env)
CareerCompany.env = env
CareerCompany.make_company()
ref = CareerCompany.make_aftercare()
kept = CareerCompany.make_request("colleague")
door = CareerCompany.employee_door()
door.case(ref).write(c.NOTE, c.SELF, {"text": CareerCompany.canary})
followup.make(door.case(ref))
env.cr.commit()
print("FILLED", ref, kept, CareerCompany.canary)
"""
DELETE = """
from odoo.addons.hr_career_focus.casework import EmployeeDoor, deleting

user = env["res.users"].search([("login", "=", "victim")])
door = EmployeeDoor(env(user=user.id, su=False))
erased = deleting.delete(door.case({ref!r}))
env.cr.commit()
print("DELETED", erased.mark)
"""
#: Three tries: the bare envelope (which must open, or nothing is shown), the dossier,
#: and the page's own way; and whether somebody else's case still opens.
TRY = """
import json, os
from odoo.addons.hr_career_focus.casework import EmployeeDoor
from odoo.addons.hr_career_focus.casework.errors import NotYours
from odoo.addons.hr_career_focus.casework.opening import Dossier, find, vault
from odoo.addons.hr_career_focus.vault import sealing
from odoo.addons.hr_career_focus.vault.errors import Unsealable
from odoo.addons.hr_career_focus.vault.keyring import load_keyring

user = env["res.users"].search([("login", "=", "victim")])

def attempt():
    with vault(env) as inside:
        row = find(inside, {ref!r}, [], destroyed=True)
        envelope = bool(sealing.unwrap(load_keyring(), row.envelope, row.ref))
        try:
            dossier = bool(Dossier(row).identity)
        except Unsealable:
            dossier = False
        other = bool(Dossier(find(inside, {kept!r}, [])).identity)
    try:
        view = EmployeeDoor(env(user=user.id, su=False)).case({ref!r}).view
        page = {canary!r} in repr(view)
    except NotYours:
        page = False
    return dict(envelope=envelope, dossier=dossier, page=page, other=other)

first = attempt()
os.environ["HR_CAREER_FOCUS_PURGE_LIST"] += ".another"
print("TRIED", json.dumps([first, attempt()]))
"""
ROWS = """
SELECT (SELECT count(*) FROM hr_career_traject WHERE ref = '{ref}')
     + (SELECT count(*) FROM hr_career_entry)
     - (SELECT count(*) FROM hr_career_entry e JOIN hr_career_traject t
            ON t.id = e.traject_id WHERE t.ref <> '{ref}')
     + (SELECT count(*) FROM hr_career_followup)
"""


class Server:
    """A database of its own, with a purge list and a copy of the key file."""

    def __init__(self, folder):
        self.name = f"cf_restore_{uuid.uuid4().hex[:8]}"
        self.folder = folder
        self.list = folder / "purged.list"
        self.list.touch(0o600)
        key = folder / "vault.key"
        source = os.path.join(config["data_dir"], "hr_career_focus", "vault.key")
        shutil.copy(os.environ.get("HR_CAREER_FOCUS_KEY_FILE", source), key)
        key.chmod(0o600)
        self.env = dict(
            os.environ,
            PGDATABASE=self.name,
            HR_CAREER_FOCUS_KEY_FILE=str(key),
            HR_CAREER_FOCUS_PURGE_LIST=str(self.list),
        )

    def dump(self, source, name):
        path = self.folder / name
        run("pg_dump", "-Fc", "-f", path, source, env=self.env)
        return path

    def restore(self, dump):
        self.drop()
        run("createdb", self.name, env=self.env)
        run("pg_restore", "--no-owner", "-d", self.name, dump, env=self.env)

    def drop(self):
        run("dropdb", "--if-exists", "--force", self.name, env=self.env)

    def odoo(self, *arguments, code=None):
        command = (sys.executable, "-m", "odoo", *arguments)
        return run(*command, env=self.env, input=code)

    def shell(self, code, word):
        """Run code in Odoo; return what it printed after ``word``."""
        said = self.odoo("shell", "--no-http", "--log-level=error", code=code)
        [line] = [one for one in said.splitlines() if f"{word} " in one]
        return line.partition(f"{word} ")[2]

    def rows(self, ref):
        said = run("psql", "-XAtc", ROWS.format(ref=ref), self.name, env=self.env)
        return int(said)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("restore"))
    try:
        server.restore(server.dump(get_db_name(), "empty.dump"))
        yield server
    finally:
        server.drop()


def test_restored_backup_brings_nothing_back(server):
    ref, kept, canary = server.shell(FILL, "FILLED").split()
    backup = server.dump(server.name, "full.dump")
    assert server.rows(ref) > 3

    mark = server.shell(DELETE.format(ref=ref), "DELETED")
    assert server.rows(ref) == 0
    assert server.list.read_text() == f"{mark}\n"

    server.restore(backup)
    assert server.rows(ref) > 3
    attempt = TRY.format(ref=ref, kept=kept, canary=canary)
    tried, control = json.loads(server.shell(attempt, "TRIED"))
    assert tried == {
        "envelope": True,
        "dossier": False,
        "page": False,
        "other": True,
    }
    # The control: it is the list that keeps it closed, and nothing else.
    assert all(control.values())

    said = server.odoo("career_vault", "purge-again", "-d", server.name)
    assert "nothing that was deleted is in it" in said
    assert "treated as a copy" not in said
    assert server.rows(ref) == 0
    tables = run("pg_dump", "-a", server.name, env=server.env)
    assert ref not in tables
    assert kept in tables


def test_without_the_list_nothing_is_said_to_be_gone(server):
    """A server that lost its list cannot tell what came back."""
    aside = server.list.rename(server.list.with_suffix(".aside"))
    try:
        said = refused(server, "career_vault", "purge-again", "-d", server.name)
        assert "The purge list is missing" in said
    finally:
        aside.rename(server.list)
    said = server.odoo("career_vault", "purge-again", "-d", server.name)
    assert "nothing that was deleted is in it" in said


def refused(server, *arguments):
    """Return what a command said that must fail."""
    done = subprocess.run(
        [sys.executable, "-m", "odoo", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=server.env,
    )
    assert done.returncode == 1, done.stdout
    assert "nothing that was deleted" not in done.stdout
    return done.stderr


def test_a_copy_is_told_apart(server):
    """Restored under another name it is a copy, until somebody says otherwise."""
    other = Server(server.folder)
    other.env["HR_CAREER_FOCUS_KEY_FILE"] = server.env["HR_CAREER_FOCUS_KEY_FILE"]
    try:
        other.restore(server.dump(server.name, "copy.dump"))
        command = ("career_vault", "purge-again", "-d", other.name)
        assert "treated as a copy" in other.odoo(*command)
        assert "treated as a copy" not in other.odoo(*command, "--in-use")
    finally:
        other.drop()
