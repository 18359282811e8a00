"""How many people: the shape of a company, for trying rules on an invented one."""

from odoo import fields, models
from odoo.tools import SQL

from ..engine import register as reg
from ..engine import structure
from ..engine.whatif import Shape


class HrCareerWhatif(models.AbstractModel):
    """Counts people by unit and by trait; neither people nor cases are read.

    One query whatever the number of employees. What comes back are headcounts that
    anybody with a list of staff can make, so an invented organisation built from them
    cannot hold anything confidential.
    """

    _name = "hr.career.whatif"
    _description = "Shape of a company"

    def _shape(self, company):
        """Return the shape of a company as it is today."""
        units = self.env["hr.career.release.unit"]._today(company)
        known = {unit.id for unit in units}
        sizes, traits = {}, {trait: {} for trait in structure.TABLES[2:]}
        for row in self._counts(company):
            trait = row["trait"]
            if trait == structure.TREE:
                unit = row["unit"] if row["unit"] in known else reg.COMPANY
                sizes[unit] = sizes.get(unit, 0) + row["people"]
            else:
                value = self._value(trait, row, fields.Date.context_today(company))
                counts = traits[trait]
                counts[value] = counts.get(value, 0) + row["people"]
        return Shape(units, sizes, traits)

    def _value(self, trait, row, today):
        """Return the value of a trait as the register has it."""
        if trait == structure.AGE:
            return reg.age_band(row["born"] and int(row["born"]), today.year)
        if trait == structure.EDUCATION:
            known, value = reg.EDUCATION_LEVELS, row["certificate"]
        elif trait == structure.GENDER:
            known, value = reg.GENDERS, row["sex"]
        else:
            return "fixed_term" if row["ends"] else "permanent"
        return value if value in known else reg.UNKNOWN

    def _counts(self, company):
        """Return one row per unit and one per value of each trait."""
        for model in ("hr.employee", "hr.version"):
            self.env[model].flush_model()
        return self.env.execute_query_dict(
            SQL(
                """
                WITH staff AS (
                    SELECT v.department_id AS unit,
                           EXTRACT(YEAR FROM e.birthday) AS born,
                           e.certificate,
                           v.contract_date_end IS NOT NULL
                           AND v.contract_date_end IS DISTINCT FROM v.departure_date
                           AS ends,
                           v.sex
                      FROM hr_employee e
                      JOIN hr_version v ON v.id = e.current_version_id
                     WHERE e.company_id = %(company)s AND e.active
                )
                SELECT CASE GROUPING(unit, born, certificate, ends, sex)
                            WHEN 15 THEN %(tree)s
                            WHEN 23 THEN %(age)s
                            WHEN 27 THEN %(education)s
                            WHEN 29 THEN %(contract)s
                            ELSE %(gender)s
                       END AS trait,
                       unit, born, certificate, ends, sex, count(*) AS people
                  FROM staff
              GROUP BY GROUPING SETS (
                           (unit), (born), (certificate), (ends), (sex)
                       )
              ORDER BY trait, unit, born, certificate, ends, sex
                """,
                company=company.id,
                tree=structure.TREE,
                age=structure.AGE,
                education=structure.EDUCATION,
                contract=structure.CONTRACT,
                gender=structure.GENDER,
            )
        )
