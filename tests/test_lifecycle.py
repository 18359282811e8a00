"""Installed, filled, upgraded, removed and installed again: nothing breaks or stays."""

import os
import sys
import uuid

import pytest
from processes import make_database, run

from stack.layout import ADDONS
from stack.odoo_job import complaints

FILL = """
from odoo.addons.hr_career_focus.tests.common import CareerCompany

CareerCompany.env = env
CareerCompany.make_company()
CareerCompany.make_active()
env.cr.commit()
"""
OPEN = """
from odoo.addons.hr_career_focus.tests.common import NOW
from odoo.addons.hr_career_focus.casework import EmployeeDoor

user = env["res.users"].search([("login", "=", "victim")])
door = EmployeeDoor(env(user=user.id, su=False), now=NOW)
print("STATE", door.case(door.running_ref()).view.state)
"""
LEFT = """
SELECT 'table ' || relname FROM pg_class WHERE relname LIKE 'hr_career%'
UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE proname LIKE 'hr_career%'
UNION ALL SELECT 'column ' || attname FROM pg_attribute WHERE attname LIKE 'career%'
UNION ALL SELECT 'data ' || name FROM ir_model_data WHERE module LIKE 'hr_career%'
UNION ALL SELECT 'model ' || model FROM ir_model WHERE model LIKE 'hr.career%'
UNION ALL SELECT 'parameter ' || key FROM ir_config_parameter
           WHERE key LIKE 'hr_career%'
"""


@pytest.fixture(scope="module")
def odoo(tmp_path_factory):
    """A function that runs Odoo on a fresh database with both addons."""
    database = f"cf_lifecycle_{uuid.uuid4().hex[:8]}"
    env = dict(
        os.environ,
        PGDATABASE=database,
        ODOO_DATA_DIR=str(tmp_path_factory.mktemp("data")),
    )

    def call(*arguments, code=None):
        return run(*(sys.executable, "-m", "odoo", *arguments), env=env, input=code)

    call.sql = lambda question: run("psql", "-XAtc", question, database, env=env)
    try:
        make_database(database, env)
        log = call("server", "-i", ",".join(ADDONS), "--stop-after-init", "--no-http")
        assert complaints(log) == []
        yield call
    finally:
        run("dropdb", "--if-exists", "--force", database, env=env)


def test_upgrade_keeps_what_is_sealed(odoo):
    odoo("shell", "--no-http", "--log-level=error", code=FILL)
    log = odoo("server", "-u", ",".join(ADDONS), "--stop-after-init", "--no-http")
    assert complaints(log) == []
    assert "STATE active" in odoo("shell", "--no-http", code=OPEN)


def test_removing_leaves_nothing_and_it_installs_again(odoo):
    assert "hr_career_traject" in odoo.sql(LEFT)
    log = odoo("module", "uninstall", "hr_career_focus")
    assert complaints(log) == []
    assert odoo.sql(LEFT).split("\n") == [""]
    log = odoo("module", "install", ADDONS[-1])
    assert complaints(log) == []
    assert odoo.sql("SELECT count(*) FROM hr_career_traject").strip() == "0"
