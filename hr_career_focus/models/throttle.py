"""How often something wrong was tried: neither by whom, nor when."""

from odoo import fields, models
from odoo.tools import SQL


class CareerThrottle(models.Model):
    """Not of the vault: a row says that somebody has mistyped, or asked for money.

    The first is gone next night, the second next month.

    Only SQL on a connection of its own writes here (casework.throttle), with an id that
    is drawn: a counted one would tell how many tries there were.
    """

    _name = "hr.career.throttle"
    _description = "Wrong tries"
    _log_access = False
    _rec_name = "id"

    # A keyed hash of who tries, and of the hour.
    who = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    wrong = fields.Integer(required=True, readonly=True, groups=fields.NO_ACCESS)
    # Of what is counted for a month: its first day. The others go every night.
    month = fields.Date(readonly=True, groups=fields.NO_ACCESS)

    _who_uniq = models.UniqueIndex("(who)")

    def init(self):
        self.env.cr.execute(
            SQL(
                "ALTER TABLE %s ALTER COLUMN id"
                " SET DEFAULT 1 + floor(random() * 2147483646)::integer",
                SQL.identifier(self._table),
            )
        )
        return super().init()
