from odoo import models

from ..engine import values

#: Each condition, with the field of the right that has it and the neutral value.
CONDITIONS = (
    (values.CONDITION_COACH, values.BY_EMPLOYEE),
    (values.CONDITION_CONSULTATION, values.NO_CONSULTATION),
    (values.CONDITION_PAYER, values.PAID_BY_EMPLOYER),
    (values.CONDITION_EXIT, values.UNTIL_LAST_DAY),
    (values.CONDITION_OUTPUT, values.NO_OUTPUT_RULE),
)


class CareerEntitlementCondition(models.AbstractModel):
    """What goes with a right: who chooses, who is told, who pays, and afterwards."""

    # One file per concern. pylint: disable=consider-merging-classes-inherited
    _inherit = "hr.career.entitlement"

    def _conditions(self, answer, rule):
        """Return what goes with a right as ``((code, sentence), ...)``.

        The engine names only what is not neutral. Employees read the neutral ones
        too: that nobody need be asked is what they want to know most.
        """
        if not rule:
            return ()
        told = {reason.code: reason.data["value"] for reason in answer.conditions}
        found = (
            (code, getattr(self, f"_{code}")(told.get(code, neutral)))
            for code, neutral in CONDITIONS
        )
        return tuple((code, sentence) for code, sentence in found if sentence)

    def _condition_coach(self, value):
        match value:
            case values.BY_EMPLOYER:
                return self.env._(
                    "Your coach is proposed to you. The career desk does that, for "
                    "your employer."
                )
            case values.FROM_LIST:
                return self.env._("You choose your coach from a list.")
            case _:
                return self.env._("You choose your coach yourself.")

    def _condition_consultation(self, value):
        match value:
            case values.INFORM:
                return self.env._(
                    "The agreement wants your employer to be informed. The career desk "
                    "counts as your employer here, and tells nobody at work."
                )
            case values.CONSULT:
                return self.env._(
                    "The agreement gives your employer a say. The career desk speaks "
                    "for your employer here, and names you to nobody."
                )
            case _:
                return self.env._("You need not ask or tell anybody at work.")

    def _condition_payer(self, value):
        match value:
            case values.OWN_CLAIM:
                return self.env._(
                    "You claim the money from a fund yourself. Your employer is not "
                    "told, and no request is made here."
                )
            case values.PAID_BY_FUND:
                return self.env._("A fund of your sector pays.")
            case _:
                return self.env._("Your employer pays.")

    def _condition_exit(self, value):
        match value:
            case values.LAPSES:
                return self.env._(
                    "If you stop working here, the right ends as soon as your last "
                    "day is recorded."
                )
            case values.RUNNING_FINISHES:
                return self.env._(
                    "If you stop working here, you can finish what you have begun."
                )
            case _:
                return self.env._(
                    "If you stop working here, you can use it until your last day."
                )

    def _condition_output(self, value):
        if value == values.ADVICE_TO_EMPLOYEE:
            return self.env._("You get the advice in writing, and nobody else does.")
        return ""
