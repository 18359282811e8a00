"""A case of invented people, tried as every role in every way, and taken back.

Everything happens in a savepoint that is always rolled back. What Odoo would do later
(callbacks of the transaction, caches, files of attachments) is held back with it, and
:mod:`..vault.rehearsal` keeps the access log on this connection.
"""

import secrets
from contextlib import contextmanager

from psycopg2 import Error

from odoo.http import _request_stack, borrow_request
from odoo.tools import SQL
from odoo.tools.misc import Callbacks

from ..vault import rehearsal, sealing
from ..vault.inventory import vault_models
from . import trying
from .cast import Cast
from .findings import finding


def play(env):
    """Return (cells of the matrix, findings about the rehearsal itself)."""
    try:
        with taken_back(env):
            return _play(env), []
    except Exception as error:
        # Whatever it was: a check that could not try must not look like a clean one.
        text = f"{type(error).__name__}: {error}"
        return [], [finding("rehearsal", "matrix: synthetic case", text=text[:500])]


def _play(env):
    before = Rows(env)
    cast = Cast(env)
    cast.live_through()
    env.flush_all()
    before.complete(cast.today)
    # A refusal by the database itself is an answer here, and no error for the log.
    with trying.unlogged("odoo.sql_db"):
        return trying.cells(env, cast, before)


class Rows:
    """Where the tables ended before the synthetic case, so that its rows are known."""

    def __init__(self, env):
        self.env = env
        self.vault = {
            model: self._ids(env[model]._table) for model in vault_models(env)
        }
        self.last = {}
        for table in self._tables():
            [[last]] = env.execute_query(
                SQL("SELECT max(id) FROM %s", SQL.identifier(table))
            )
            self.last[table] = last or 0

    def made(self):
        """Return {confidential model: ids of the rows made since}."""
        return {
            model: sorted(self._ids(self.env[model]._table) - old)
            for model, old in self.vault.items()
        }

    def complete(self, today):
        """Put one made-up row in each confidential table that the case left empty."""
        for model, ids in self.made().items():
            if not ids:
                self._insert(model, today)

    def _insert(self, model, today):
        table = self.env[model]._table
        columns = self.env.execute_query(
            SQL(
                "SELECT column_name, data_type FROM information_schema.columns"
                " WHERE table_schema = current_schema() AND table_name = %s"
                " AND is_nullable = 'NO' AND column_default IS NULL",
                table,
            )
        )
        values = {"ref": sealing.new_ref()}
        for name, kind in columns:
            field = self.env[model]._fields.get(name)
            if field is not None and field.type == "many2one":
                values[name] = self._some(field.comodel_name)
            elif name != "ref":
                values[name] = _filler(kind, today)
        query = SQL(
            "INSERT INTO %s (%s) VALUES (%s)",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, values)),
            SQL(", ").join(SQL("%s", value) for value in values.values()),
        )
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(query, log_exceptions=False)
        except Error:
            # a table of one row: then that row is tried, which is nobody's
            self.vault[model].discard(self._some(model))

    def _some(self, model):
        """Return a row of another table: of this very case when it is confidential."""
        made = model in self.vault and self.made()[model]
        if made:
            return made[0]
        [[number]] = self.env.execute_query(
            SQL("SELECT max(id) FROM %s", SQL.identifier(self.env[model]._table))
        )
        return number

    def texts(self, words):
        """Return the tables in which rows made since hold one of ``words``."""
        found = []
        for table, last in self.last.items():
            is_vault = table in {self.env[model]._table for model in self.vault}
            rows = self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %s t WHERE (%s OR id > %s)"
                    " AND t::text LIKE ANY(%s) LIMIT 1",
                    SQL.identifier(table),
                    is_vault,
                    last,
                    [f"%{word}%" for word in words],
                )
            )
            found += [table] * bool(rows)
        return found

    def _ids(self, table):
        rows = self.env.execute_query(SQL("SELECT id FROM %s", SQL.identifier(table)))
        return {number for [number] in rows}

    def _tables(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT c.table_name FROM information_schema.columns c"
                " JOIN information_schema.tables t USING (table_schema, table_name)"
                " WHERE c.table_schema = current_schema() AND c.column_name = 'id'"
                " AND c.data_type = 'integer' AND t.table_type = 'BASE TABLE'"
                " ORDER BY 1"
            )
        )
        return [name for [name] in rows]


def _filler(kind, today):
    """Return a value that a column of this type takes."""
    if kind in ("integer", "bigint", "numeric", "double precision"):
        return -secrets.randbelow(2**31)
    if kind == "boolean":
        return False
    if kind == "date" or kind.startswith("timestamp"):
        # Dates of the vault are kept by month.
        return today.replace(day=1)
    if kind in ("json", "jsonb"):
        return "{}"
    return sealing.new_ref()


@contextmanager
def taken_back(env):
    """Run the block in a savepoint, without a request, and leave nothing of it."""
    cr, registry = env.cr, env.registry
    env.flush_all()
    cr.flush()
    later = cr.postcommit, cr.postrollback
    known = set(registry.cache_invalidated)
    cr.postcommit, cr.postrollback = Callbacks(), Callbacks()
    savepoint = cr.savepoint(flush=True)
    try:
        with _nobody_asking(), rehearsal.going_on(), _files_inside(env):
            yield
    finally:
        cr.precommit.clear()
        savepoint.rollback()
        savepoint.close(rollback=False)
        cr.postcommit, cr.postrollback = later
        # What this process remembered of the case goes; others never knew of it.
        registry.clear_all_caches()
        registry.cache_invalidated.clear()
        registry.cache_invalidated.update(known)
        env.transaction.clear()


@contextmanager
def _nobody_asking():
    """Take the request of whoever pressed the button away for the time of the block.

    The guard refuses a login that is not the one of the request's session: without a
    request the invented logins act as jobs do.
    """
    if _request_stack.top is None:
        yield
    else:
        with borrow_request():
            yield


@contextmanager
def _files_inside(env):
    """Keep the files of new attachments in the database, so that they go with it."""
    env["ir.config_parameter"].sudo().set_param("ir_attachment.location", "db")
    yield
