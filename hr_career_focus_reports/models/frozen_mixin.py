"""Records that are written once and never again, in Python and in the database."""

from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

_publishing = ContextVar("career_publishing", default=False)

REFUSE_FUNCTION = "hr_career_write_once"


@contextmanager
def publishing():
    """Open the only door to publishing and to what it is made of.

    A plain Python context: no RPC, server action or context key reaches it.
    """
    token = _publishing.set(True)
    try:
        yield
    finally:
        _publishing.reset(token)


def refuse_outside(env):
    """Raise AccessError unless the door is open.

    For methods that return what the vault says, or the key of the draws: a server
    action reaches every method of every model, and so would read them.
    """
    if not _publishing.get():
        raise AccessError(env._("Only the release job does this, on its own days."))


class HrCareerWriteOnce(models.AbstractModel):
    """Published figures: created by the release job, then frozen for everybody.

    The refusal in Python gives a clear message. The trigger in the database holds
    against plain SQL too: UPDATE, DELETE and TRUNCATE fail for the administrator as for
    anybody else, while DROP TABLE (uninstalling) still works.

    A migration that adds a column with a default drops the trigger in its `pre` script;
    `init` puts it back within the same upgrade.
    """

    _name = "hr.career.write.once"
    _description = "Written once"
    _inherit = ["hr.career.counting.only"]

    def init(self):
        if self._abstract:
            return
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION %(function)s() RETURNS trigger AS $$
                BEGIN
                    RAISE EXCEPTION 'Published figures never change.'
                        USING ERRCODE = 'restrict_violation';
                END
                $$ LANGUAGE plpgsql
                """,
                function=SQL.identifier(REFUSE_FUNCTION),
            )
        )
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE TRIGGER %(function)s
                BEFORE UPDATE OR DELETE OR TRUNCATE ON %(table)s
                FOR EACH STATEMENT EXECUTE FUNCTION %(function)s()
                """,
                function=SQL.identifier(REFUSE_FUNCTION),
                table=SQL.identifier(self._table),
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        if not _publishing.get():
            self._refuse()
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        return self._refuse()

    def unlink(self):  # pylint: disable=method-required-super
        return self._refuse()

    def _refuse(self):
        """Refuse every change.

        :raises UserError: always, for the administrator too.
        """
        raise UserError(
            self.env._(
                "Published figures are written once, by the release of a closed "
                "period, and never change afterwards."
            )
        )
