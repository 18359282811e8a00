"""Writing all rows of a table anew, in random order, so that no copy tells a change.

A copy of the database is made every night, and whoever lays two of them side by side
sees which rows differ: what is in them is sealed, that they changed is not. So each
night every row is sealed anew and put in a new place, whether or not it changed. The
order of the rows, the number of the transaction that wrote them and their ciphertext
are then the same for all.
"""

import secrets

from odoo.tools import SQL

#: How many rows go into the database with one statement.
BATCH = 100


def rewrite(inside, model, renew, more=None):
    """Delete and insert all rows of a confidential model, inside the scope.

    Each job calls it once in a transaction of its own, as the first thing it does: it
    waits for those who are writing, and the others wait for it.

    :param renew: function of a row (``{column: value}``) that returns what changes,
        or None for a row that is to go
    :param more: function without parameters that returns rows to add, as such dicts
        without an id; called when all others were renewed
    """
    rows = inside[model]
    rows.flush_model()
    table = SQL.identifier(rows._table)
    columns = ["id", *sorted(name for name in rows._fields if _is_column(rows, name))]
    named = SQL(", ").join(SQL.identifier(name) for name in columns)
    inside.cr.execute(SQL("LOCK TABLE %s IN EXCLUSIVE MODE", table))
    found = [
        dict(zip(columns, values, strict=True))
        for values in inside.execute_query(
            SQL("DELETE FROM %s RETURNING %s", table, named)
        )
    ]
    kept = []
    for row in found:
        changed = renew(row)
        if changed is not None:
            kept.append({**row, **changed})
    secrets.SystemRandom().shuffle(kept)
    _insert(inside, table, columns, kept)
    if more:
        # Their ids are drawn by the database.
        _insert(inside, table, columns[1:], more())
    rows.invalidate_model(flush=False)
    return len(kept)


def _is_column(rows, name):
    field = rows._fields[name]
    return name != "id" and field.store and bool(field.column_type)


def _insert(inside, table, columns, rows):
    named = SQL(", ").join(SQL.identifier(name) for name in columns)
    for at in range(0, len(rows), BATCH):
        values = SQL(", ").join(
            SQL("(%s)", SQL(", ").join(SQL("%s", row.get(name)) for name in columns))
            for row in rows[at : at + BATCH]
        )
        inside.cr.execute(SQL("INSERT INTO %s (%s) VALUES %s", table, named, values))
