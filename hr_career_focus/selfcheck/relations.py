"""Walk of what reaches the confidential models from outside: fields and artefacts."""

import re

from odoo.tools import SQL

from ..vault.inventory import vault_models
from .tables import has_column, has_table, rows

#: Things of Odoo that name a model: (table, column, what it is called here). The column
#: holds the model's name, or its number when it ends in ``_id``.
ARTEFACTS = (
    ("ir_act_window", "res_model", "window"),
    ("ir_act_report_xml", "model", "report"),
    ("ir_act_server", "model_id", "server action"),
    ("ir_ui_view", "model", "view"),
    ("ir_filters", "model_id", "filter"),
    ("ir_exports", "resource", "export"),
    ("ir_attachment", "res_model", "attachment"),
    ("mail_template", "model_id", "mail template"),
    ("mail_message", "model", "message"),
    ("mail_activity", "res_model", "activity"),
    ("mail_followers", "res_model", "follower"),
    ("mail_scheduled_message", "model", "scheduled message"),
    ("mail_alias", "alias_model_id", "mail alias"),
    ("base_automation", "model_id", "automation"),
    ("base_import_import", "res_model", "import"),
    ("base_import_mapping", "res_model", "import"),
    ("data_recycle_model", "res_model_id", "recycling"),
    ("sms_template", "model_id", "text message template"),
    ("privacy_lookup_wizard_line", "res_model", "privacy look-up"),
)
#: These hold the model's name although their column ends in ``_id``.
NAMED = {("ir_filters", "model_id")}


def walk(env, walk, origins):
    """Read registry and tables for anything that points at the vault."""
    vault = vault_models(env)
    _registry(env, walk, set(vault))
    _manual(env, walk, origins, vault)
    _columns(env, walk, vault)
    _artefacts(env, walk, origins, vault)
    _defaults(env, walk, vault)


def mentions(text):
    """Whether a text of code names a confidential part of this product.

    >>> mentions("env['hr.career.traject']"), mentions("env['res.partner'].name")
    (True, False)
    >>> mentions("select * from hr_career_entry"), mentions(None)
    (True, False)
    """
    return bool(re.search(r"hr[._]career", text or ""))


def _registry(env, walk, vault):
    for model, cls in sorted(env.registry.models.items()):
        if model in vault:
            continue
        if vault & set(getattr(cls, "_inherits", ())):
            walk.find("relation", f"field: {model}", to="_inherits")
        for field in cls._fields.values():
            reached = _reaches(env, field, vault)
            if reached:
                walk.find("relation", f"field: {model}.{field.name}", to=reached)


def _reaches(env, field, vault):
    """Return the confidential model a field leads to, by whatever path."""
    if field.comodel_name in vault:
        return field.comodel_name
    paths = list(env.registry.field_depends.get(field, ()))
    if field.related:
        paths.append(field.related)
    for path in paths:
        names = path if isinstance(path, (list, tuple)) else str(path).split(".")
        model = field.model_name
        for name in names:
            step = env.registry[model]._fields.get(name) if model in env else None
            if step is None or not step.comodel_name:
                break
            model = step.comodel_name
            if model in vault:
                return model
    return None


def _manual(env, walk, origins, vault):
    """Fields made in the database: on the vault none, elsewhere none that computes."""
    for row in rows(
        env,
        "SELECT id, model, name, ttype, relation, related, compute, depends, store,"
        " create_uid, write_uid FROM ir_model_fields WHERE state = 'manual'"
        " ORDER BY id",
    ):
        key = f"{row['model']}.{row['name']}"
        piece = origins.piece("ir.model.fields", row)
        reaches = {row["model"], row["relation"]} & set(vault)
        names = mentions(row["compute"]) or mentions(row["depends"])
        if reaches or names or _leads(env, row, vault):
            walk.find("field_manual", f"field: {key}")
        if row["compute"] or row["related"]:
            value = [row["ttype"], row["relation"], row["related"], row["compute"]]
            walk.piece("field", key, value, **piece)


def _leads(env, row, vault):
    """Whether a manual field's path passes the vault, in the registry or not yet."""
    model = row["model"]
    for name in (row["related"] or "").split("."):
        step = env.registry[model]._fields.get(name) if model in env else None
        if step is None or not step.comodel_name:
            return False
        model = step.comodel_name
        if model in vault:
            return True
    return False


def _columns(env, walk, vault):
    """The tables hold what the models say, and no other table refers to them."""
    tables = {env[model]._table: model for model in vault}
    for table, model in tables.items():
        known = {
            name
            for name, field in env[model]._fields.items()
            if field.store and field.column_type
        }
        for row in rows(
            env,
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s",
            table,
        ):
            if row["column_name"] not in known | {"id"}:
                walk.find("column", f"column: {table}.{row['column_name']}")
    for row in rows(
        env,
        "SELECT conrelid::regclass::text AS table, confrelid::regclass::text AS to"
        " FROM pg_constraint WHERE contype = 'f'"
        " AND confrelid::regclass::text = ANY(%s)",
        list(tables),
    ):
        if row["table"] not in tables:
            walk.find("foreign_key", f"column: {row['table']}", to=row["to"])


def _artefacts(env, walk, origins, vault):
    numbers = {
        row["id"]: row["model"]
        for row in rows(
            env, "SELECT id, model FROM ir_model WHERE model = ANY(%s)", vault
        )
    }
    for table, column, what in ARTEFACTS:
        if not has_table(env, table) or not has_column(env, table, column):
            continue
        by_number = column.endswith("_id") and (table, column) not in NAMED
        wanted = list(numbers) if by_number else vault
        for number, model in env.execute_query(
            SQL(
                "SELECT id, %(column)s FROM %(table)s"
                " WHERE %(column)s = ANY(%(wanted)s) ORDER BY id",
                column=SQL.identifier(column),
                table=SQL.identifier(table),
                wanted=wanted,
            )
        ):
            name = numbers[model] if by_number else model
            walk.find("artefact", f"{table} #{number}", what=what, model=name)


def _defaults(env, walk, vault):
    for row in rows(
        env,
        "SELECT d.id, f.model, f.name FROM ir_default d"
        " JOIN ir_model_fields f ON f.id = d.field_id WHERE f.model = ANY(%s)",
        vault,
    ):
        walk.find(
            "artefact", f"ir_default #{row['id']}", what="default", model=row["model"]
        )
