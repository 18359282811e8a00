"""The self-check as a command, on real databases: exit codes, and addons that come."""

import json
import os
import subprocess
import sys
import uuid

import pytest
from processes import make_database, run

from stack.layout import ADDONS
from stack.odoo_job import complaints

AUTOMATION = """
env["base.automation"].create({
    "name": "Watch", "trigger": "on_create_or_write",
    "model_id": env["ir.model"]._get_id("res.partner"),
    "action_server_ids": [(0, 0, {
        "name": "Watch", "state": "code", "code": "x = 1",
        "model_id": env["ir.model"]._get_id("res.partner")})],
})
env.cr.commit()
"""
WEBHOOK = """
env["base.automation"].create({
    "name": "Tell", "trigger": "on_webhook", "record_getter": "model.browse()",
    "model_id": env["ir.model"]._get_id("res.partner"),
})
env.cr.commit()
"""


class Checked:
    """A database of its own, and the command."""

    def __init__(self, folder):
        self.name = f"cf_check_{uuid.uuid4().hex[:8]}"
        self.env = dict(os.environ, PGDATABASE=self.name, ODOO_DATA_DIR=str(folder))

    def odoo(self, *arguments, code=None):
        return run(sys.executable, "-m", "odoo", *arguments, env=self.env, input=code)

    def check(self, *arguments):
        """Return the exit code and what the command printed as JSON."""
        done = subprocess.run(
            [sys.executable, "-m", "odoo", "career_check", "-d", self.name]
            + ["--json", *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=self.env,
        )
        return done.returncode, json.loads(done.stdout or "null")

    def codes(self):
        return {one["code"] for one in self.check()[1]["findings"] if is_finding(one)}

    def sql(self, question):
        return run("psql", "-XAtc", question, self.name, env=self.env)


def is_finding(one):
    return one["level"] == "finding"


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    found = Checked(tmp_path_factory.mktemp("data"))
    try:
        make_database(found.name, found.env)
        log = found.odoo(
            "server", "-i", ",".join(ADDONS), "--stop-after-init", "--no-http"
        )
        assert complaints(log) == []
        yield found
    finally:
        run("dropdb", "--if-exists", "--force", found.name, env=found.env)


def test_a_fresh_database_is_clean(checked):
    code, said = checked.check()
    assert [one for one in said["findings"] if is_finding(one)] == []
    assert (code, said["clean"]) == (0, True)
    assert len(said["matrix"]) > 100
    print(f"career_check: {said['seconds']} s")


def test_the_digest_stays_and_the_history_grows(checked):
    first, second = checked.check()[1]["digest"], checked.check()[1]["digest"]
    assert first == second
    before = int(checked.sql("SELECT count(*) FROM hr_career_check_run"))
    checked.check("--no-history")
    assert int(checked.sql("SELECT count(*) FROM hr_career_check_run")) == before


def test_an_addon_installed_later_is_told_and_no_finding(checked):
    checked.odoo("module", "install", "base_automation", "data_recycle")
    code, said = checked.check()
    assert [one for one in said["findings"] if is_finding(one)] == []
    told = {one["where"] for one in said["findings"] if one["code"] == "module_added"}
    assert {"base_automation", "data_recycle"} <= told
    assert code == 0


@pytest.mark.parametrize("program", [AUTOMATION, WEBHOOK])
def test_30_an_automation_made_by_hand_is_a_finding(checked, program):
    before = checked.codes()
    checked.odoo("shell", "--no-http", "--log-level=error", code=program)
    after = checked.check()
    assert after[0] == 1
    names = {one["where"] for one in after[1]["findings"] if is_finding(one)}
    assert any("Watch" in name or "Tell" in name for name in names)
    assert "added_automation" in {one["code"] for one in after[1]["findings"]} - (
        before if program is AUTOMATION else set()
    )


def test_a_name_of_an_addon_forged_explains_nothing(checked):
    """A record that claims to come from an addon must be in the addon's files."""
    checked.sql(
        "INSERT INTO ir_asset (name, bundle, directive, path, active, sequence,"
        " create_uid, write_uid) VALUES ('x', 'web.assets_frontend', 'append',"
        " '/web/static/src/module_loader.js', true, 16, 1, 1)"
    )
    checked.sql(
        "INSERT INTO ir_model_data (module, name, model, res_id) SELECT"
        " 'base_automation', 'spy', 'ir.asset', id FROM ir_asset WHERE name = 'x'"
    )
    assert "added_asset" in checked.codes()


def test_a_check_that_cannot_run_says_so(checked):
    missing = subprocess.run(
        [sys.executable, "-m", "odoo", "career_check", "-d", "no_such_database"],
        capture_output=True,
        text=True,
        check=False,
        env={**checked.env, "PGDATABASE": "no_such_database"},
    )
    assert missing.returncode == 2
    assert "could not run" in missing.stderr
