"""What the system does by itself in the vault, on the day it is due."""

import logging

from odoo import api, fields, models
from odoo.service.model import retrying

from ..casework.budget_year import keep as keep_budgets
from ..casework.budgets import mix as mix_ledgers
from ..casework.erasing import erase_again
from ..casework.log_heads import send_head
from ..casework.login_told import tell
from ..casework.opening import vault
from ..casework.purging import forget_the_gone, purge
from ..casework.reminders import remind
from ..casework.settling import close
from ..casework.throttle import forget as forget_wrong_tries
from ..casework.upkeep import end_aftercare, end_with_employment
from ..casework.uses import mix as mix_uses
from ..casework.vouchers import mix as mix_vouchers
from ..vault import purged

_logger = logging.getLogger(__name__)

#: Keep budgets up, and seal all rows of a table anew, in random order: functions of
#: (environment, day).
NIGHTLY = (
    mix_vouchers,
    mix_uses,
    keep_budgets,
    mix_ledgers,
)


class CareerHousekeeping(models.AbstractModel):
    _name = "hr.career.housekeeping"
    _description = "Housekeeping of the vault"

    # Odoo logs the progress that a job reports, and keeps it in a table for a while. So
    # a job reports none, or the same whatever it did.

    @api.model
    def _cron_end_aftercare(self):
        """Close the cases whose aftercare is over. Says nothing about them."""
        end_aftercare(self.env, fields.Date.context_today(self))

    @api.model
    def _cron_end_with_employment(self):
        """Give back what was reserved by people who have left. Says nothing of it."""
        end_with_employment(self.env, fields.Date.context_today(self))

    @api.model
    def _cron_send_head(self):
        """Write the log's line of the day, and send the number it ends with."""
        send_head(self.env(su=True), fields.Datetime.now())

    @api.model
    def _cron_remind(self):
        """Send the reminders of this hour, and what waits for an hour of its own.

        Says nothing about either.
        """
        remind(self.env(su=True), fields.Datetime.now())
        tell(self.env(su=True), fields.Datetime.now())

    @api.model
    def _cron_purge(self):
        """Destroy what is over by rule, and what came back with a backup.

        Whatever keeps it from being destroyed, all rows are sealed anew after it.
        """
        today = fields.Date.context_today(self)
        inside = self.env(su=True)
        progress = self.env["ir.cron"]._commit_progress
        forget_wrong_tries(inside, today)
        progress(1)
        if purged.is_there():
            self._purge(inside, today, progress)
        else:
            # The same line whether or not anything is due.
            _logger.error(
                "The purge list is missing, so nothing is deleted. Put it back from "
                "its backup."
            )
        for mix in NIGHTLY:
            # A transaction each, because each waits for those who are writing.
            with vault(inside) as rows:
                mix(rows, today)
            progress(1)

    def _purge(self, inside, today, progress):
        """Destroy what is over; what cannot be destroyed keeps nothing else waiting."""
        companies = inside["res.company"].search([("active", "in", (True, False))])
        steps = [(erase_again, inside, today), (forget_the_gone, inside, today)]
        steps += [(purge, inside, company, today) for company in companies]
        for act, *values in steps:
            try:
                with inside.cr.savepoint():
                    act(*values)
            except Exception:
                _logger.exception("Some of what is over could not be deleted.")
            progress(1)

    @api.model
    def _cron_close_period(self):
        """Settle what providers are to be paid, once for each day of closing."""
        # From a transaction of its own, so that who redeems meanwhile comes before or
        # after, and is never half in a settlement.
        self.env["ir.cron"]._commit_progress(1)
        retrying(lambda: close(self.env, fields.Date.context_today(self)), self.env)
