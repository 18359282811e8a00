from collections import defaultdict
from dataclasses import dataclass

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..engine import values
from ..engine.entitlement import entitlement


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
    """

    _name = "hr.career.entitlement"
    _description = "Career Entitlement"

    @api.model
    def _answers(self, employees, on_date, uses_by_employee):
        """Answer for each employee which rights are open on a day.

        :param employees: ``hr.employee`` records of any number and company
        :param on_date: the day asked about
        :param uses_by_employee: ``{employee id: iterable of engine uses}``; an
            employee without an entry has used nothing
        :return: ``{employee id: [RightAnswer, ...]}``, never an empty list
        :raises AccessError: when not called as superuser. Contract dates are read
            here, so the caller decides first who may know the answer.

        The number of queries is the same for one employee and for all of them.
        """
        if not self.env.su:
            raise AccessError(self.env._("Rights are shown on your own page only."))
        facts_by_employee = self._facts(employees)
        rules = self._rules(facts_by_employee.values(), on_date)
        rules_by_key = {
            (str(rule.version_id.id), rule.right_key): rule for rule in rules
        }
        engine_rules = defaultdict(list)
        for engine_rule in rules._engine_rules():
            engine_rules[engine_rule.agreement.key].append(engine_rule)
        no_rule = self.env["hr.career.entitlement.rule"]
        answers = {}
        for employee_id, facts in facts_by_employee.items():
            terms = facts.terms_on(on_date)
            found = entitlement(
                facts,
                engine_rules[terms.agreement_key] if terms else (),
                uses_by_employee.get(employee_id, ()),
                on_date,
            )
            answers[employee_id] = [
                self._right_answer(
                    employee_id,
                    rules_by_key.get((answer.version, answer.rule_key), no_rule),
                    answer,
                )
                for answer in found
            ]
        return answers

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
        """Return ``{employee id: Facts}`` from the version history, in one query.

        A version without a contract start is what Odoo calls "not employed": the
        engine then answers "unknown". Archived versions count for nothing. A
        departure ends the contract when that is earlier than its written end.
        """
        spells = {employee_id: [] for employee_id in employees.ids}
        self.env["hr.version"].flush_model(
            [
                "active",
                "career_agreement_id",
                "company_id",
                "contract_date_end",
                "contract_date_start",
                "date_version",
                "departure_date",
                "employee_id",
            ]
        )
        self.env["hr.employee"].flush_model(["company_id"])
        self.env["res.company"].flush_model(["career_agreement_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT version.employee_id,
                       version.date_version,
                       version.contract_date_start,
                       LEAST(version.contract_date_end, version.departure_date),
                       COALESCE(
                           version.career_agreement_id, company.career_agreement_id
                       )
                  FROM hr_version AS version
                  JOIN hr_employee AS employee ON employee.id = version.employee_id
             LEFT JOIN res_company AS company ON company.id = employee.company_id
                 WHERE version.active
                   AND version.employee_id = ANY(%s)
                """,
                list(employees.ids),
            )
        )
        for employee_id, valid_from, start, end, agreement_id in rows:
            key = str(agreement_id) if agreement_id else None
            spells[employee_id].append(values.Spell(valid_from, start, end, key))
        return {
            employee_id: values.Facts(tuple(history))
            for employee_id, history in spells.items()
        }

    @api.model
    def _rules(self, all_facts, on_date):
        """Return the active rules of every agreement that somebody falls under."""
        terms = (facts.terms_on(on_date) for facts in all_facts)
        keys = {spell.agreement_key for spell in terms if spell}
        agreement_ids = [int(key) for key in keys if key]
        domain = [("agreement_id", "in", agreement_ids)]
        return self.env["hr.career.entitlement.rule"].search(domain)
