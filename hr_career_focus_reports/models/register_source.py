"""The register of a year, read from HR history."""

from dataclasses import replace
from datetime import date
from operator import itemgetter

from odoo import models
from odoo.tools import SQL, groupby

from ..engine import register as reg
from ..engine.evidence import quarter
from ..engine.history import Term, joined_on, left_on, on_register
from ..engine.register import Person, Register


class HrCareerReleaseRegister(models.AbstractModel):
    """Reads who was employed in a year, in which unit and with which traits.

    Public HR facts only: nothing here touches a case. The number of queries does not
    depend on the number of employees.
    """

    _name = "hr.career.release.register"
    _description = "Register of a reporting year"

    def _of_period(self, company, year, first, last):
        """Return the engine register of everybody employed from `first` to `last`.

        :param year: the reporting year; its 1 January decides unit, traits and tree.
        """
        return self._of_year_until(company, year, [last], first)[last]

    def _of_year_until(self, company, year, days, first=None):
        """Return a register per last day in `days`; HR history is read once.

        :param first: first day of all of them, 1 January unless given.
        :return: ``{day: Register of everybody employed until that day}``
        """
        first = first or date(year, 1, 1)
        units = self.env["hr.career.release.unit"]._of_year(company, year)
        moved_to = self._moved_units(company, units)
        people = {day: [] for day in days}
        rows = self._rows(company)
        for _employee, versions in groupby(rows, key=itemgetter("id")):
            terms = [self._term(row) for row in versions]
            archived = not versions[0]["active"]
            lines = {}
            for day, found in people.items():
                term = on_register(terms, first, day, archived=archived)
                if not term:
                    continue
                left = left_on(terms, day)
                if (term, left) not in lines:
                    line = self._person(versions[0], term, year, moved_to)
                    joined = joined_on(terms, first)
                    if joined:
                        line = replace(line, since=quarter(joined))
                    if left:
                        line = replace(line, until=quarter(left))
                    lines[term, left] = line
                found.append(lines[term, left])
        return {
            day: Register(year, units, tuple(found)) for day, found in people.items()
        }

    def _rows(self, company):
        """Return one row per employee and version, in order of date."""
        for model in ("hr.employee", "hr.version"):
            self.env[model].flush_model()
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT e.id, e.active, e.birthday, e.certificate,
                       v.date_version, v.contract_date_start, v.contract_date_end,
                       v.departure_date, v.department_id, v.sex
                  FROM hr_employee e
                  JOIN hr_version v ON v.employee_id = e.id
                 WHERE e.company_id = %s AND v.active
              ORDER BY e.id, v.date_version, v.id
                """,
                company.id,
            )
        )

    def _moved_units(self, company, units):
        """Map departments the tree of the year does not know to the unit above.

        Somebody who joins a department that is younger than the year counts in the
        nearest unit above it that did exist.
        """
        known = {unit.id for unit in units}
        parent_of = {
            unit.id: unit.parent
            for unit in self.env["hr.career.release.unit"]._today(company)
        }
        moved = {}
        for unit in parent_of:
            at = unit
            while at and at not in known:
                at = parent_of.get(at, reg.COMPANY)
            moved[unit] = at
        return moved

    def _term(self, row):
        """Return the engine's terms of employment of one version."""
        return Term(
            since=row["date_version"],
            contract_start=row["contract_date_start"],
            contract_end=row["contract_date_end"],
            departure=row["departure_date"],
            unit=row["department_id"] or reg.COMPANY,
            gender=row["sex"],
        )

    def _person(self, row, term, year, moved_to):
        """Return the line of one employee in the register."""
        birthday = row["birthday"]
        certificate = row["certificate"]
        return Person(
            key=row["id"],
            unit=moved_to.get(term.unit, term.unit),
            age=reg.age_band(birthday and birthday.year, year),
            education=certificate
            if certificate in reg.EDUCATION_LEVELS
            else reg.UNKNOWN,
            contract="fixed_term" if term.is_fixed_term else "permanent",
            gender=term.gender if term.gender in reg.GENDERS else reg.UNKNOWN,
        )
