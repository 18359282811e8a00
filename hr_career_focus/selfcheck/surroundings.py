"""Walk of what is around the addon: database, configuration, key file, log, offices."""

import os
import stat

from odoo import tools

from ..casework import access_log, log_heads
from ..vault import purged
from ..vault.blind_index import index_of
from ..vault.errors import VaultError
from ..vault.inventory import vault_models
from ..vault.keyring import load_keyring
from ..vault.location import key_file
from .tables import has_column, rows

GOOD, BAD = "good", "bad"
#: Purpose of the key under which addresses are hashed.
OFFICE = "check-office"
#: Settings of which a bad one was always bad: no picture is needed to say so.
NEVER = ("key_file", "key_mode", "purge_list")


def walk(env, walk):
    """Read triggers, rights of the database, settings, offices and the log's chain."""
    _triggers(env, walk)
    _grants(env, walk)
    for name, is_good in settings(env).items():
        walk.piece("setting", name, GOOD if is_good else BAD)
        if not is_good and name in NEVER:
            walk.find(f"setting_{name}", f"setting: {name}")
    try:
        _offices(env, walk)
        for text in access_log.verify(env):
            walk.find("log", "hr.career.access", text=text)
    except VaultError:
        # without its key nothing of the log can be told; that is a finding above
        return


def _offices(env, walk):
    """Put down where the log's control numbers go, and whose key opens later texts.

    As a keyed hash: a picture names no address. One that was signed and is another now
    is gone, which is a finding; a first one is new, which is told.
    """
    ring = load_keyring()
    found = {"file": os.environ.get(log_heads.ENVIRONMENT)}
    for what, column in (
        ("mailbox", "career_log_mailbox"),
        ("recovery key", "career_recovery_key"),
    ):
        if has_column(env, "res_company", column):
            for company in env["res.company"].sudo().search([(column, "!=", False)]):
                found[f"{what}, company {company.id}"] = company[column].strip()
    for where, value in found.items():
        if value:
            mark = index_of(ring, OFFICE, f"{where}|{value}")[:16]
            walk.piece("office", f"{where}, {mark}", True, minor=True)


def _triggers(env, walk):
    owners = _owners(env)
    used = {}
    for row in rows(
        env,
        "SELECT t.tgname AS name, t.tgrelid::regclass::text AS table, t.tgenabled"
        " AS enabled, pg_get_triggerdef(t.oid) AS text, p.proname AS function"
        " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
        " AND c.relnamespace = current_schema()::regnamespace ORDER BY 1, 2",
    ):
        module = owners.get(row["table"], "")
        used.setdefault(row["function"], module)
        walk.piece(
            "trigger",
            f"{row['table']}: {row['name']}",
            [row["text"], str(row["enabled"])],
            module=module,
            by_system=True,
        )
    for row in rows(
        env,
        "SELECT p.proname AS name, p.prosrc AS text FROM pg_proc p"
        " JOIN pg_language l ON l.oid = p.prolang"
        " WHERE p.pronamespace = current_schema()::regnamespace"
        " AND l.lanname NOT IN ('c', 'internal') ORDER BY 1, p.oid",
    ):
        name = row["name"]
        module = used.get(name) or next(
            (one for table, one in owners.items() if name.startswith(table)), ""
        )
        walk.piece("function", name, row["text"], module=module, by_system=True)
    for row in rows(
        env, "SELECT evtname AS name FROM pg_event_trigger WHERE evtenabled <> 'D'"
    ):
        walk.piece("trigger", f"database: {row['name']}", True)
    for row in rows(
        env,
        "SELECT tablename AS table, rulename AS name, definition AS text FROM pg_rules"
        " WHERE schemaname = current_schema()",
    ):
        walk.piece("trigger", f"{row['table']}: {row['name']}", row["text"])


def _owners(env):
    """Return {table: addon} of the tables of our models."""
    return {
        row["model"].replace(".", "_"): row["module"]
        for row in rows(
            env,
            "SELECT m.model, d.module FROM ir_model m JOIN ir_model_data d"
            " ON d.model = 'ir.model' AND d.res_id = m.id"
            " WHERE m.model LIKE 'hr.career.%%' AND d.module LIKE 'hr_career_focus%%'"
            " ORDER BY d.id DESC",
        )
    }


def _grants(env, walk):
    """Nobody but the owner has a right to a confidential table; nothing copies it."""
    tables = [env[model]._table for model in vault_models(env)]
    for row in rows(
        env,
        "SELECT DISTINCT table_name AS table, grantee FROM"
        " information_schema.role_table_grants WHERE table_name = ANY(%s)"
        " AND table_schema = current_schema() AND grantee NOT IN"
        " (SELECT tableowner FROM pg_tables WHERE tablename = table_name)"
        " ORDER BY 1, 2",
        tables,
    ):
        walk.find("grant", f"table: {row['table']}", to=row["grantee"])
    for row in rows(
        env,
        "SELECT DISTINCT v.relname AS name, t.relname AS table FROM pg_depend d"
        " JOIN pg_rewrite r ON r.oid = d.objid JOIN pg_class v ON v.oid = r.ev_class"
        " JOIN pg_class t ON t.oid = d.refobjid WHERE t.relname = ANY(%s)"
        " AND v.oid <> t.oid ORDER BY 1, 2",
        tables,
    ):
        walk.find("database_view", f"table: {row['name']}", table=row["table"])


def settings(env):
    """Return {name: whether it is as it should be}, for this process and database."""
    config = tools.config
    [role] = rows(
        env, "SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user"
    )
    parameter = env["ir.config_parameter"].sudo().get_param
    found = {
        "debug_log": not _logs_debug(config),
        "sql_log": not config.get("log_sql"),
        "database_list": not config.get("list_db"),
        "dev_mode": not config.get("dev_mode"),
        "database_role": not role["super"],
        "password_reset": str(parameter("auth_signup.reset_password")).lower()
        not in ("true", "1"),
    }
    found.update(_key(env))
    found["purge_list"] = _has_purge_list()
    found.update(_of_companies(env))
    return found


def _of_companies(env):
    """Return the settings of the companies that have opened the service.

    Of none when there is no such company: nothing would be signed as good then that
    nobody has set, and the first company to open would be found to have made it worse.
    """
    companies = env["res.company"].sudo().search([("career_live", "=", True)])
    if not companies:
        return {}
    return {
        name: all(companies.mapped(column))
        for name, column in (
            ("key_copy", "career_key_copy_stored"),
            ("second_factor", "career_second_factor"),
            ("log_mailbox", "career_log_mailbox"),
        )
        if has_column(env, "res_company", column)
    }


def _logs_debug(config):
    handlers = config.get("log_handler") or []
    handlers = handlers if isinstance(handlers, (list, tuple)) else [handlers]
    return str(config.get("log_level")).startswith("debug") or any(
        str(one).upper().endswith(":DEBUG") for one in handlers
    )


def _has_purge_list():
    try:
        purged.require()
    except VaultError:
        return False
    return True


def _key(env):
    """The key file is there, opens, and is its owner's alone."""
    path = key_file()
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0
    if mode & 0o077:
        return {"key_file": True, "key_mode": False}
    try:
        load_keyring()
    except VaultError:
        return {"key_file": False, "key_mode": True}
    return {"key_file": True, "key_mode": True}
