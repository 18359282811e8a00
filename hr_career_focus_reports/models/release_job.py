"""The job that publishes closed periods on fixed days."""

import logging
from contextlib import contextmanager
from dataclasses import replace

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.hr_career_focus.casework import purging, uptake
from odoo.addons.hr_career_focus.vault.keyring import load_keyring

from ..engine import release as engine
from ..engine import schedule, structure
from ..engine.parameters import AGREED
from .frozen_mixin import publishing, refuse_outside

_logger = logging.getLogger(__name__)

HOME_PARAMETER = "hr_career_focus_reports.database_uuid"
ROUNDING_PURPOSE = "uptake-rounding:%s"


class HrCareerReleaseJob(models.AbstractModel):
    """Publishes what is due: nothing earlier, nothing twice, nothing on demand.

    The day decides, never a number. The path is one way: HR history and the vault are
    read here, rows of rounded figures come out, and nothing keeps who was counted.
    """

    _name = "hr.career.release.job"
    _description = "Uptake release job"

    def _cron_publish(self):
        """Publish every period that is due, company by company."""
        if not self._is_home():
            _logger.info("Uptake is not published in a copy of the database.")
            return
        today = fields.Date.context_today(self)
        companies = self.env["res.company"].search(self._publishing_domain())
        for company in companies:
            with self._apart(company, today.year, "tree"):
                self.env["hr.career.release.unit"]._of_year(company, today.year)
        pending = [
            (company, year, period)
            for company in companies
            for year, period in schedule.due(today)
            if self._is_agreed(company, year, period)
            and not self._published(company, year, period)
            and not self._published(company, year, schedule.YEAR)
        ]
        # Each release is a transaction: stopped halfway, the next run does the rest.
        self.env["ir.cron"]._commit_progress(remaining=len(pending))
        for company, year, period in pending:
            with self._apart(company, year, period), publishing():
                self._publish(company, year, period)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @contextmanager
    def _apart(self, company, year, what):
        """Let the block do all or nothing; what fails keeps no other waiting.

        The next run, tomorrow, tries it again, for as long as the period is due.
        """
        try:
            with self.env.cr.savepoint():
                yield
        except Exception:
            _logger.exception(
                "Uptake: nothing was done for company %s, %s %s. The job tries again "
                "tomorrow.",
                company.id,
                year,
                what,
            )

    def _publishing_domain(self):
        """Return the companies that are open and whose works council has decided."""
        return Domain("career_live", "=", True) & (
            Domain("career_council_date", "!=", False)
            | Domain("career_council_none", "=", True)
        )

    def _publish(self, company, year, period):
        """Compute, freeze and return the release of a closed period.

        A quarter of a company that is too small for quarters gives no release.

        :raises UserError: when the period is not closed or has been published, when the
            works council had not decided by its end, or in a copy of the database.
        """
        # Not for whoever rolls back afterwards: with and without one person on the
        # list, the figure would tell about that person.
        refuse_outside(self.env)
        company.ensure_one()
        self._check_publishable(company, year, period)
        releases = self.env["hr.career.release"].sudo()
        parameters = self._parameters_of(company)
        earlier = self._of_year(company, year)
        registers = self._registers(company, year, {period, *earlier.mapped("period")})
        offered = structure.offered(registers[period], period, parameters)
        if not offered and period != schedule.YEAR:
            return releases
        release = engine.compute(
            registers[period],
            # Nobody looks into the vault for figures that are not offered.
            self._starts(company, year) if offered else {},
            company=company.id,
            period=period,
            published_on=fields.Date.context_today(self),
            secret=self._rounding_secret(),
            parameters=parameters,
            previous=releases._last_digest(company),
            earlier=[one._published(registers[one.period]) for one in earlier],
        )
        changes = company._career_uptake_changes()
        if changes:
            known = release.parameters | {"changes": changes}
            release = replace(release, parameters=known)
        record = releases._freeze(release)
        _logger.info(
            "Uptake published: company %s, %s %s, %s rows.",
            company.id,
            year,
            period,
            len(release.rows),
        )
        if release.state == engine.PRIVACY:
            _logger.info(
                "Privacy check: of company %s, %s %s, the company figure alone was "
                "published.",
                company.id,
                year,
                period,
            )
        return record

    def _parameters_of(self, company):
        """Return the rules in force for a company."""
        return AGREED.stricter(
            company.career_min_group, exact_total=company.career_exact_total
        )

    def _of_year(self, company, year, before=None):
        """Return the releases of a year in order of publication.

        :param before: only those that came before this one.
        """
        domain = Domain("company_id", "=", company.id) & Domain("year", "=", year)
        if before:
            domain &= Domain("id", "<", before.id)
        return self.env["hr.career.release"].sudo().search(domain, order="id")

    def _registers(self, company, year, periods):
        """Return ``{period: register}``; HR history is read once for all of them."""
        last_day = {one: schedule.last_day(year, one) for one in periods}
        registers = self.env["hr.career.release.register"]._of_year_until(
            company, year, set(last_day.values())
        )
        return {one: registers[day] for one, day in last_day.items()}

    def _starts(self, company, year):
        """Return who started when; the only look into the vault."""
        refuse_outside(self.env)
        return uptake.first_starts(self.sudo().env, company, year)

    def _check_publishable(self, company, year, period):
        """Refuse what may not be published (now).

        :raises UserError: with the reason.
        """
        if not self._is_home():
            raise UserError(
                self.env._(
                    "This database is a copy of the one in which Career Focus was "
                    "installed. Uptake is published in the original only."
                )
            )
        day = schedule.publication_day(year, period)
        if fields.Date.context_today(self) < day:
            raise UserError(
                self.env._("This period is published on %s, not earlier.", day)
            )
        if not self._is_agreed(company, year, period):
            raise UserError(
                self.env._(
                    "%s is not open, or its works council had not decided by the end "
                    "of this period.",
                    company.name,
                )
            )
        if self._published(company, year, period):
            raise UserError(
                self.env._(
                    "This period has been published already; a release never appears "
                    "twice."
                )
            )
        if self._published(company, year, schedule.YEAR):
            raise UserError(
                self.env._(
                    "The figures of this year are out; no quarter of it follows any "
                    "more."
                )
            )
        if purging.reached(self.sudo().env, company, year):
            raise UserError(
                self.env._(
                    "Cases of that year may have been deleted by rule, so its figures "
                    "would be too low. They are not published any more."
                )
            )

    def _is_agreed(self, company, year, period):
        """Tell whether a company is open and its council had decided in time."""
        if not company.filtered_domain(self._publishing_domain()):
            return False
        decided_on = company.career_council_date
        return not decided_on or decided_on <= schedule.last_day(year, period)

    def _published(self, company, year, period):
        """Return the release of a period, if there is one."""
        return (
            self.env["hr.career.release"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("year", "=", year),
                    ("period", "=", period),
                ]
            )
        )

    def _is_home(self):
        """Tell whether this is the database of the installation, not a copy of it."""
        return self._database_uuid() == self._parameter(HOME_PARAMETER)

    def _remember_home(self):
        """Note the identity of the database; copies get another one from Odoo."""
        self.env["ir.config_parameter"].sudo().set_param(
            HOME_PARAMETER, self._database_uuid()
        )

    def _rounding_secret(self):
        """Return the key of the draws: one per database, never stored in it."""
        refuse_outside(self.env)
        return load_keyring().derive(ROUNDING_PURPOSE % self._database_uuid())

    def _database_uuid(self):
        return self._parameter("database.uuid")

    def _parameter(self, name):
        return self.env["ir.config_parameter"].sudo().get_param(name)
