from dataclasses import dataclass

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import values
from ..engine.batch import collector_at_rest, entitlements
from ..engine.entitlement import entitlement
from ..engine.rows import facts_of
from .history_reader import (
    CATEGORY_BY_CONTRACT_TYPE,
    PERMANENT_CONTRACT_TYPE,
    HistoryReader,
    working_time,
)

#: Fields that other addons give ``hr.version``, with what they must say for its wage
#: to be that of a month.
MONTHLY = {"wage_type": "monthly", "schedule_pay": "monthly"}


@dataclass(frozen=True)
class RightAnswer:
    """The answer about one right of one employee, ready to be shown.

    ``rule`` is a sudo record, empty when it is not known which rules apply.
    ``sentence`` is the whole answer; ``because`` holds every reason as a sentence,
    the deciding one first; ``left_text`` is what is left, with its unit, or empty.
    All are plain text in the language of the environment.
    """

    employee_id: int
    rule: models.BaseModel
    answer: values.Entitlement
    sentence: str
    because: tuple[str, ...] = ()
    left_text: str = ""


class CareerEntitlement(models.AbstractModel):
    """Where HR facts meet the pure engine: the only reader of ``hr.version``.

    Nothing is stored and nothing confidential is read: what employees used of their
    rights is passed in by the caller, who opened the vault for it.

    A fact that is not on record, or that can be read in two ways, is ``None``: the
    engine then answers "unknown" where a right depends on it. Nothing is guessed.
    """

    _name = "hr.career.entitlement"
    _description = "Career Entitlement"

    @api.model
    def _answers(self, employees, on_date, uses_by_employee):
        """Answer for each employee which rights are open on a day, in words.

        For one employee or a few; :meth:`_entitlements` gives the same answers
        without the words, for any number.

        :param employees: ``hr.employee`` records of any number and company
        :param on_date: the day asked about
        :param uses_by_employee: ``{employee id: iterable of engine uses}``; an
            employee without an entry has used nothing
        :return: ``{employee id: [RightAnswer, ...]}``, never an empty list
        :raises AccessError: when not called as superuser. Contract dates are read
            here, so the caller decides first who may know the answer.

        The number of queries is the same for one employee and for all of them.
        """
        self._check_superuser()
        history = self._history(employees.ids)
        rules = self._rules_of(history)
        engine_rules = rules._engine_rules()
        all_facts = self._facts_from(history)
        records = {(rule.right_key, str(rule.version_id.id)): rule for rule in rules}
        no_rule = rules.browse()
        return {
            employee_id: [
                self._right_answer(
                    employee_id,
                    records.get((answer.rule_key, answer.version), no_rule),
                    answer,
                )
                for answer in entitlement(
                    facts, engine_rules, uses_by_employee.get(employee_id, ()), on_date
                )
            ]
            for employee_id, facts in all_facts.items()
        }

    @api.model
    def _entitlements(self, employees, on_date, uses_by_employee):
        """Answer for each employee which rights are open on a day, without words.

        The arguments are those of :meth:`_answers`, and so are the answers.

        :return: ``{employee id: tuple of Entitlement}``
        :raises AccessError: when not called as superuser
        """
        self._check_superuser()
        with collector_at_rest():
            history = self._history(employees.ids)
            rules = self._rules_of(history)._engine_rules()
            with_wage = any(rule.basis == values.SALARY_PERCENT for rule in rules)
            rows = self._history_reader().rows(history, with_wage)
            return entitlements(rows, rules, uses_by_employee, on_date)

    @api.model
    def _right_answer(self, employee_id, rule, answer):
        return RightAnswer(
            employee_id,
            rule,
            answer,
            self._sentence(answer, rule),
            self._because(answer, rule),
            self._quantity(answer.left, rule) if answer.is_open else "",
        )

    @api.model
    def _facts(self, employees):
        """Return ``{employee id: Facts}`` from the version history.

        * A version without a contract start is what Odoo calls "not employed".
        * Archived versions count for nothing.
        * A departure is the last day of the whole contract, whichever of its versions
          it was written on; the latest one counts.
        * The agreement is that of the version, else the default of the employee's
          company.
        """
        return self._facts_from(self._history(employees.ids))

    def _facts_from(self, history):
        rows = self._history_reader().rows(history)
        by_employee = {}
        for row in rows:
            by_employee.setdefault(row[0], []).append(row)
        return {
            employee_id: facts_of(found) for employee_id, found in by_employee.items()
        }

    @api.model
    def _history(self, employee_ids):
        """Return the facts as they are on record, one row for each version."""
        self._flush_history()
        return self.env.execute_query(self._history_query(employee_ids))

    @api.model
    def _history_query(self, employee_ids):
        """Return the query of the facts as they are on record.

        Everybody has a row, and the rows of somebody are together, oldest terms first.
        """
        return SQL(
            """
            SELECT employee.id,
                   employee.company_id,
                   employee.birthday,
                   version.date_version,
                   version.contract_date_start,
                   version.contract_date_end,
                   version.departure_date,
                   COALESCE(
                       version.career_agreement_id, company.career_agreement_id
                   ),
                   version.employee_type,
                   version.contract_type_id,
                   version.resource_calendar_id,
                   %(wage)s
              FROM hr_employee AS employee
              JOIN res_company AS company ON company.id = employee.company_id
         LEFT JOIN hr_version AS version
                ON version.employee_id = employee.id AND version.active
             WHERE employee.id = ANY(%(employee_ids)s)
          ORDER BY employee.id, version.date_version
            """,
            wage=self._monthly_wage(),
            employee_ids=list(employee_ids),
        )

    def _monthly_wage(self):
        """Return the SQL of the gross wage of a month: null when it is another wage.

        Without a working schedule Odoo takes the wage for that of an hour.
        """
        conditions = [SQL("version.resource_calendar_id IS NOT NULL")]
        for name, monthly in MONTHLY.items():
            field = self.env["hr.version"]._fields.get(name)
            if field and field.store:
                conditions.append(
                    SQL("%s = %s", SQL.identifier("version", name), monthly)
                )
        return SQL("CASE WHEN %s THEN version.wage END", SQL(" AND ").join(conditions))

    def _flush_history(self):
        """Write pending changes of what the history is read from."""
        fields = self.env["hr.version"]._fields
        names = [
            "active",
            "career_agreement_id",
            "contract_date_end",
            "contract_date_start",
            "contract_type_id",
            "date_version",
            "departure_date",
            "employee_id",
            "employee_type",
            "resource_calendar_id",
            "wage",
            *(name for name in MONTHLY if name in fields and fields[name].store),
        ]
        self.env["hr.version"].flush_model(names)
        self.env["hr.employee"].flush_model(["birthday", "company_id"])
        self.env["res.company"].flush_model(["career_agreement_id"])
        self.env["resource.calendar"].flush_model(
            ["full_time_required_hours", "hours_per_week"]
        )

    @api.model
    def _history_reader(self):
        """Return what rows of the history refer to, in three queries."""
        schedules = self.env.execute_query(
            SQL(
                "SELECT id, hours_per_week, full_time_required_hours"
                "  FROM resource_calendar"
            )
        )
        types = self.env.execute_query(
            SQL(
                "SELECT name, res_id FROM ir_model_data"
                " WHERE module = 'hr' AND model = 'hr.contract.type'"
            )
        )
        categories = {
            type_id: CATEGORY_BY_CONTRACT_TYPE[name]
            for name, type_id in types
            if name in CATEGORY_BY_CONTRACT_TYPE
        }
        own = {}
        for code, type_id in self._own_contract_types():
            own.setdefault(type_id, set()).add(code)
        for type_id, codes in own.items():
            categories.pop(type_id, None)
            if len(codes) == 1:
                categories[type_id] = codes.pop()
        return HistoryReader(
            schedules={
                schedule_id: working_time(hours, full_time)
                for schedule_id, hours, full_time in schedules
            },
            categories=categories,
            permanent=frozenset(
                type_id for name, type_id in types if name == PERMANENT_CONTRACT_TYPE
            ),
        )

    def _own_contract_types(self):
        """Return which category HR says a contract type means, as pairs."""
        field = self.env["hr.career.staff.category"]._fields["contract_type_ids"]
        self.env["hr.career.staff.category"].flush_model([field.name])
        return self.env.execute_query(
            SQL(
                "SELECT category.code, named.%s FROM %s AS named"
                "  JOIN hr_career_staff_category AS category ON category.id = named.%s",
                SQL.identifier(field.column2),
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
            )
        )

    @api.model
    def _rules_of(self, history):
        """Return the rules of every agreement and company that rows name."""
        of_company = Domain("agreement_id.is_company_rules", "=", True) & Domain(
            "agreement_id.company_id", "in", list({row[1] for row in history})
        )
        agreement_ids = {row[7] for row in history} - {None}
        rules = self.env["hr.career.entitlement.rule"].search(
            Domain("agreement_id", "in", list(agreement_ids)) | of_company
        )
        # All versions at once, and not once for each agreement.
        rules.agreement_id.version_ids.mapped("was_open")
        return rules

    def _check_superuser(self):
        if not self.env.su:
            raise AccessError(self.env._("Rights are shown on your own page only."))
