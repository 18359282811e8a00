"""A connection of the access log's own: what is written there stays written."""

from contextlib import contextmanager

from odoo import modules
from odoo.sql_db import Cursor


def is_in_test(env):
    """Tell whether ``env`` is that of a test, whose rows no other connection sees.

    A page that a test visits has a cursor of another class.
    """
    return bool(modules.module.current_test) and isinstance(env.cr, Cursor)


@contextmanager
def own_connection(env):
    """Give a cursor of its own, committed at the end of the block.

    Not while the addon is being installed, when no other connection sees its tables.
    """
    if is_in_test(env) or not env.registry.ready:
        with env.cr.savepoint():
            yield env.cr
        return
    with env.registry.cursor() as cr:
        yield cr
