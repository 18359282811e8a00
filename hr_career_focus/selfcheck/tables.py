"""Reading tables as they are: the database counts, not what a process remembers."""

from odoo.tools import SQL


def rows(env, query, *values):
    """Run a query; return its rows as dicts. Flush what is pending first."""
    env.flush_all()
    return env.execute_query_dict(SQL(query, *values))


def columns(alias, names):
    """Return columns of a table, for a query."""
    return SQL(", ").join(SQL.identifier(alias, name) for name in names)


def has_table(env, name):
    [[found]] = env.execute_query(SQL("SELECT to_regclass(%s) IS NOT NULL", name))
    return found


def has_column(env, table, column):
    return bool(
        env.execute_query(
            SQL(
                "SELECT 1 FROM information_schema.columns"
                " WHERE table_schema = current_schema()"
                " AND table_name = %s AND column_name = %s",
                table,
                column,
            )
        )
    )
