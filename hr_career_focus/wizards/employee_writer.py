"""Carry out a plan: departments, jobs, calendars, employees, versions, managers.

Everything goes in batches and inside the caller's transaction: when one part is
refused, nothing has happened.
"""

import logging

from odoo.fields import Command
from odoo.tools import split_every

from ..importer.known import same
from .employee_snapshot import NAMESPACE, external_name, hours_of

_logger = logging.getLogger(__name__)

BATCH = 250

#: An import is no conversation: no tracking, no followers, no welcome notes.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}
#: Odoo writes the contract dates that it is given, without moving other versions.
EXACT = {**QUIET, "sync_contract_dates": True}

IDENTITY_FIELDS = {
    "name": "name",
    "email": "work_email",
    "birth_date": "birthday",
    "education": "certificate",
}
TERM_FIELDS = {
    "gender": "sex",
    "contract_type": "contract_type_id",
    "starts": "contract_date_start",
    "ends": "contract_date_end",
    "agreement": "career_agreement_id",
    "since": "date_version",
}


class EmployeeWriter:
    """Writes the steps of one plan into one company."""

    def __init__(self, env, company, known):
        """Take the ids that the snapshot knows; what is missing is made on the way."""
        self.env = env(context={**env.context, **QUIET})
        self.company = company
        self.departments = dict(known.departments)
        self.jobs = dict(known.jobs)
        self.calendars = {}
        self.employees = {}

    def apply(self, steps):
        """Carry out the steps, in an order that lets each find what it needs."""
        self._make_departments(steps)
        self._make_jobs(steps)
        self._find_calendars(steps)
        self._create_employees([step for step in steps if step.employee is None])
        for step in steps:
            if step.employee is not None:
                self._update(step)
        self._keep_numbers(
            [step for step in steps if step.employee is None or step.adopted]
        )
        self._set_managers(steps)
        self.env.flush_all()

    def _terms(self, steps):
        return (term for step in steps for term in step.terms)

    def _make_departments(self, steps):
        """Make the missing departments, level by level."""
        paths = {}
        for step in self._terms(steps):
            full = step.terms.department or ()
            for depth in range(1, len(full) + 1):
                paths.setdefault(same(full[:depth]), full[depth - 1])
        missing = [path for path in paths if path not in self.departments]
        for depth in sorted({len(path) for path in missing}):
            level = [path for path in missing if len(path) == depth]
            made = self.env["hr.department"].create(
                [
                    {
                        "name": paths[path],
                        "parent_id": self.departments.get(path[:-1]),
                        "company_id": self.company.id,
                    }
                    for path in level
                ]
            )
            self.departments.update(zip(level, made.ids, strict=True))

    def _make_jobs(self, steps):
        """Make the missing jobs, for the whole company."""
        names = {}
        for step in self._terms(steps):
            if step.terms.job:
                names.setdefault(same(step.terms.job), step.terms.job)
        missing = [name for name in names if name not in self.jobs]
        made = self.env["hr.job"].create(
            [{"name": names[name], "company_id": self.company.id} for name in missing]
        )
        self.jobs.update(zip(missing, made.ids, strict=True))

    def _find_calendars(self, steps):
        """Find a working calendar for each number of hours, or make one."""
        wanted = {
            step.changes["hours"]
            for step in self._terms(steps)
            if step.changes.get("hours")
        }
        if not wanted:
            return
        calendar = self.env["resource.calendar"]
        existing = calendar.search([("company_id", "in", [self.company.id, False])])
        usual = self.company.resource_calendar_id
        for each in (existing - usual).sorted("id", reverse=True) + usual:
            if not each.flexible_hours and not each.two_weeks_calendar:
                self.calendars[hours_of(each)] = each.id
        missing = sorted(wanted - self.calendars.keys())
        made = calendar.create([self._calendar_values(hours) for hours in missing])
        self.calendars.update(zip(missing, made.ids, strict=True))

    def _calendar_values(self, hours):
        """A week of five equal days, around noon: only the total was in the file."""
        half = float(hours) / 10
        return {
            "name": self.env._(
                "%(hours)s hours a week", hours=f"{hours.normalize():f}"
            ),
            "company_id": self.company.id,
            "tz": self.company.resource_calendar_id.tz or self.env.user.tz or "UTC",
            "attendance_ids": [
                Command.create(
                    {
                        "name": period,
                        "dayofweek": str(day),
                        "hour_from": start,
                        "hour_to": end,
                        "day_period": period,
                    }
                )
                for day in range(5)
                for period, start, end in (
                    ("morning", 12 - half, 12),
                    ("afternoon", 13, 13 + half),
                )
            ],
        }

    def _term_values(self, step):
        """The values to write on a version."""
        changes = step.changes
        values = {
            name: changes[key] or False
            for key, name in TERM_FIELDS.items()
            if key in changes
        }
        if "department" in changes:
            values["department_id"] = self.departments[changes["department"]]
        if "job" in changes:
            values["job_id"] = self.jobs[changes["job"]]
            values["job_title"] = step.terms.job
        if "hours" in changes:
            hours = changes["hours"]
            values["resource_calendar_id"] = self.calendars[hours] if hours else False
        return values

    def _identity_values(self, changes):
        return {IDENTITY_FIELDS[key]: value for key, value in changes.items()}

    def _create_employees(self, steps):
        """Make the employees with their first terms, then their later terms."""
        employee = self.env["hr.employee"].with_context(**EXACT)
        done = 0
        for batch in split_every(BATCH, steps, list):
            vals_list = []
            for step in batch:
                first = step.terms[0]
                values = {
                    "company_id": self.company.id,
                    **self._identity_values(step.changes),
                    **self._term_values(first),
                }
                if first.terms.since:
                    values["date_version"] = first.terms.since
                vals_list.append(values)
            made = employee.create(vals_list)
            for step, record in zip(batch, made, strict=True):
                self.employees[step.person.number] = record.id
                self._add_versions(record, step.terms[1:])
            done += len(batch)
            _logger.info("Employee import: %s of %s made", done, len(steps))

    def _add_versions(self, employee, steps):
        for step in steps:
            employee.with_context(**EXACT).create_version(
                {"date_version": step.terms.since, **self._term_values(step)}
            )

    def _update(self, step):
        """Write what differs on one employee that exists."""
        employee = self.env["hr.employee"].browse(step.employee)
        self.employees[step.person.number] = step.employee
        if step.changes:
            employee.write(self._identity_values(step.changes))
        self._write_versions(employee, [each for each in step.terms if each.version])
        self._add_versions(employee, [each for each in step.terms if not each.version])

    def _write_versions(self, employee, steps):
        """Write what differs on the versions.

        Versions of one contract share its dates. So all versions of a contract that
        moves move with it, and they are emptied first: otherwise the check that
        contracts do not run together would stumble over a half-written history.
        """
        moves, dates = {}, {}
        version = self.env["hr.version"].with_context(**EXACT)
        for step in steps:
            if step.changes.keys() & {"starts", "ends"}:
                record = version.browse(step.version)
                old = record.contract_date_start, record.contract_date_end
                moves[old] = step.terms.starts or False, step.terms.ends or False
                dates[step.version] = moves[old]
        for record in employee.version_ids.with_context(**EXACT) if moves else ():
            old = record.contract_date_start, record.contract_date_end
            if old[0] and old in moves:
                dates.setdefault(record.id, moves[old])
        kept_apart = {"contract_date_start", "contract_date_end"}
        version.browse(dates).write(dict.fromkeys(kept_apart, False))
        for step in steps:
            values = self._term_values(step)
            values = {key: values[key] for key in values if key not in kept_apart}
            if values:
                version.browse(step.version).write(values)
        for id_, (starts, ends) in dates.items():
            version.browse(id_).write(
                {"contract_date_start": starts, "contract_date_end": ends}
            )

    def _keep_numbers(self, steps):
        """Keep the employee numbers as external ids, closed to everybody else.

        A number that is left over from somebody who is gone is given out again. One
        that another import took meanwhile is not: the database refuses it twice, and
        this import as a whole with it.
        """
        data = self.env["ir.model.data"].sudo()
        names = {
            external_name(self.company, step.person.number): step for step in steps
        }
        data.search([("module", "=", NAMESPACE), ("name", "in", list(names))]).unlink()
        data.create(
            [
                {
                    "module": NAMESPACE,
                    "name": name,
                    "model": "hr.employee",
                    "res_id": self.employees[step.person.number],
                    "noupdate": True,
                }
                for name, step in names.items()
            ]
        )

    def _set_managers(self, steps):
        """Set the managers, one write for all who share one."""
        teams = {}
        for step in steps:
            if step.manager:
                boss = step.manager
                boss = boss if isinstance(boss, int) else self.employees[boss]
                teams.setdefault(boss, []).append(self.employees[step.person.number])
        for boss, team in teams.items():
            self.env["hr.employee"].browse(team).write({"parent_id": boss})
