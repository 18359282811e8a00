"""Published figures through a real upgrade, a backup put back, and a copy (A8).

In a database of its own: an organisation publishes, the addons are upgraded, the
database is dumped, emptied of its cases, put back, and duplicated by Odoo itself.
"""

import json

import pytest
from processes import run
from test_restore import Server

from odoo.tests import get_db_name

from stack.layout import ADDONS
from stack.odoo_job import complaints

PUBLISH = """
from datetime import date
from odoo.addons.hr_career_focus_reports.tests.common import Organisation

org = Organisation(env, "Omroep De Waal", {"Studio": 30, "Office": 25})
org.start(org.staff["Studio"][:8], date(2025, 3, 1))
org.start(org.staff["Office"][:5], date(2025, 9, 1))
release = org.publish(2025)
env.cr.commit()
print("PUBLISHED", release.company_id.id)
"""
#: Whether the release is as it was, and what becomes of another one.
LOOK = """
import json
from odoo.exceptions import UserError
from odoo.addons.hr_career_focus_reports.models.frozen_mixin import publishing

release = env["hr.career.release"].search([("company_id", "=", {company})])
said = []
for year in (2025, 2024):
    try:
        with env.cr.savepoint(), publishing():
            env["hr.career.release.job"]._publish(release.company_id, year, "year")
        said.append("published")
    except UserError as refused:
        said.append(str(refused))
print("LOOKED", json.dumps([len(release), release._is_intact(), *said]))
"""
CHANGE = """
from datetime import date
from odoo.addons.hr_career_focus.casework.opening import TRAJECT, vault

with vault(env) as inside:
    inside[TRAJECT].search([("company_id", "=", {company})]).unlink()
env["hr.department"].search([("company_id", "=", {company})]).name = "Renamed"
env.cr.commit()
print("CHANGED", 1)
"""
ROWS = """
SELECT 'release', t::text FROM hr_career_release t
UNION ALL SELECT 'cell', t::text FROM hr_career_release_cell t
UNION ALL SELECT 'unit', t::text FROM hr_career_release_unit t ORDER BY 1, 2
"""
TRIGGERS = """
SELECT count(*) FROM pg_trigger
 WHERE tgname = 'hr_career_write_once' AND tgenabled = 'O'
"""


class Published(Server):
    """A database with a release."""

    def sql(self, question, name=None):
        return run("psql", "-XAtc", question, name or self.name, env=self.env)

    def look(self):
        """Return whether the release is there and whole, and what 2025, 2024 gave."""
        return json.loads(self.shell(LOOK.format(company=self.company), "LOOKED"))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Published(tmp_path_factory.mktemp("stays"))
    try:
        server.restore(server.dump(get_db_name(), "empty.dump"))
        # A database with a name of its own is the original here, not a copy.
        server.company = int(server.shell(PUBLISH, "PUBLISHED"))
        yield server
    finally:
        server.drop()


def test_an_upgrade_changes_no_row(server):
    before, triggers = server.sql(ROWS), server.sql(TRIGGERS)
    assert before.count("cell|") > 2
    log = server.odoo(
        "server", "-u", ",".join(ADDONS), "--stop-after-init", "--no-http"
    )
    assert complaints(log) == []
    assert server.sql(ROWS) == before
    assert server.sql(TRIGGERS) == triggers
    there, intact, again, _earlier = server.look()
    assert (there, intact) == (1, True)
    assert "twice" in again


def test_a_backup_that_is_put_back_has_the_same_rows(server):
    before = server.sql(ROWS)
    backup = server.dump(server.name, "full.dump")
    server.shell(CHANGE.format(company=server.company), "CHANGED")
    assert server.sql(ROWS) == before
    server.restore(backup)
    assert server.sql(ROWS) == before
    there, intact, again, earlier = server.look()
    assert (there, intact) == (1, True)
    assert "twice" in again
    # The council had decided by the end of that year; the original may publish it.
    assert earlier == "published"


def test_a_copy_keeps_the_rows_and_publishes_nothing(server):
    """Copied as Odoo copies, and asked for a year the original would publish."""
    before = server.sql(ROWS)
    original, copy = server.name, f"{server.name}_copy"
    try:
        server.odoo("db", "duplicate", original, copy)
        server.name = server.env["PGDATABASE"] = copy
        assert server.sql(ROWS) == before
        there, intact, again, earlier = server.look()
        assert (there, intact) == (1, True)
        assert "copy" in again
        assert "copy" in earlier
    finally:
        server.name = copy
        server.drop()
        server.name = server.env["PGDATABASE"] = original
