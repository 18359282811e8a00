from odoo import models

from ..engine import values
from ..engine.dates import ONE_DAY


class CareerEntitlementReason(models.AbstractModel):
    """Why not, or why nobody knows: a plain sentence for each reason of the engine.

    A reason ``some_code`` is told by the method ``_reason_some_code``, from the data
    the engine gives with it.
    """

    # One file per concern. pylint: disable=consider-merging-classes-inherited
    _inherit = "hr.career.entitlement"

    def _reason_text(self, reason, rule):
        """Return a reason as one sentence.

        :param reason: :class:`~..engine.values.Reason`
        :param rule: the record the answer is about, for its unit and currency
        """
        return getattr(self, f"_reason_{reason.code}")(reason.data, rule)

    # ----------------------------------------------------- what is not on record

    def _reason_no_agreement(self, data, rule):
        return self.env._(
            "It is not recorded which collective agreement applies to you."
        )

    def _reason_no_start_date(self, data, rule):
        return self.env._("The start date of your contract is not recorded.")

    def _reason_not_verified(self, data, rule):
        return self.env._(
            "The rules of %(agreement)s have not been checked yet.",
            agreement=data["agreement"],
        )

    def _reason_hours_unknown(self, data, rule):
        return self.env._(
            "How many hours you work on %(day)s is not recorded.",
            day=self._day(data["on"]),
        )

    def _reason_wage_unknown(self, data, rule):
        return self.env._(
            "Your wage on %(day)s is not recorded.", day=self._day(data["on"])
        )

    def _reason_birthday_unknown(self, data, rule):
        return self.env._(
            "This right starts at the age of %(years)s, and your date of birth is not "
            "recorded.",
            years=data["years"],
        )

    def _reason_category_unknown(self, data, rule):
        return self.env._(
            "It is not recorded what kind of worker you are, and this right is not "
            "for every kind."
        )

    # ------------------------------------------------- the right, or the job, ends

    def _reason_no_rule(self, data, rule):
        return self.env._("The agreement that applies to you has no career right here.")

    def _reason_not_employed_yet(self, data, rule):
        return self.env._(
            "Your contract starts on %(day)s.", day=self._day(data["starts_on"])
        )

    def _reason_employment_ended(self, data, rule):
        return self.env._(
            "Your contract ended on %(day)s.", day=self._day(data["ended_on"])
        )

    def _reason_employment_ends_first(self, data, rule):
        return self.env._(
            "Your contract ends on %(day)s, before you could use it.",
            day=self._day(data["ended_on"]),
        )

    def _reason_leaving(self, data, rule):
        return self.env._(
            "It is recorded that your last day here is %(day)s, and this right ends "
            "as soon as that is recorded.",
            day=self._day(data["leaves_on"]),
        )

    def _reason_rule_starts_later(self, data, rule):
        return self.env._(
            "This right starts on %(day)s.", day=self._day(data["starts_on"])
        )

    def _reason_rule_ended(self, data, rule):
        if data["ended_on"] is None:
            return self.env._(
                "The text of %(agreement)s that is in force does not give this right.",
                agreement=data["agreement"],
            )
        return self.env._(
            "This right ended on %(day)s.", day=self._day(data["ended_on"])
        )

    def _reason_rule_ends_first(self, data, rule):
        return self.env._(
            "This right ends on %(day)s, before you could use it.",
            day=self._day(data["ended_on"]),
        )

    # --------------------------------------------------------- who does not have it

    def _reason_service_too_short(self, data, rule):
        return self.env._(
            "You must have worked here for %(length)s, and your service counts from "
            "%(start)s.",
            length=self._length(data["months"]),
            start=self._day(data["start"]),
        )

    def _reason_service_too_long(self, data, rule):
        return self.env._(
            "This right is for your first %(length)s here, and your service counts "
            "from %(start)s.",
            length=self._length(data["months"]),
            start=self._day(data["start"]),
        )

    def _reason_too_young(self, data, rule):
        return self.env._(
            "This right starts at the age of %(years)s, which is on %(day)s for you.",
            years=data["years"],
            day=self._day(data["birthday"]),
        )

    def _reason_category_excluded(self, data, rule):
        match data["category"]:
            case values.STUDENT:
                return self.env._("This right is not for student workers.")
            case values.TRAINEE:
                return self.env._("This right is not for trainees.")
            case values.APPRENTICE:
                return self.env._("This right is not for apprentices.")
            case values.ON_CALL:
                return self.env._("This right is not for on-call workers.")
            case values.AGENCY:
                return self.env._("This right is not for agency workers.")
            case values.SEASONAL:
                return self.env._("This right is not for seasonal workers.")
            case values.SUBSIDISED:
                return self.env._("This right is not for people in a subsidised job.")
            case values.FREELANCE:
                return self.env._("This right is not for freelancers.")
            case _:
                return self.env._("This right is not for ordinary employees.")

    def _reason_contract_type_excluded(self, data, rule):
        if data["contract_type"] == values.PERMANENT:
            return self.env._(
                "This right is only for people with a fixed-term contract, and yours "
                "is permanent."
            )
        return self.env._(
            "This right is only for people with a permanent contract, and yours is "
            "for a fixed term."
        )

    def _reason_term_too_short(self, data, rule):
        return self.env._(
            "A fixed-term contract must last %(length)s or longer, and yours runs from "
            "%(start)s to %(end)s.",
            length=self._length(data["months"]),
            start=self._day(data["start"]),
            end=self._day(data["end"]),
        )

    def _reason_hours_too_few(self, data, rule):
        needed = self._number(data["min_hours"])
        hours = self._number(data["hours"])
        if data["exclusive"]:
            return self.env._(
                "Your contract must have more than %(needed)s hours a week, and it has "
                "%(hours)s.",
                needed=needed,
                hours=hours,
            )
        return self.env._(
            "Your contract must have at least %(needed)s hours a week, and it has "
            "%(hours)s.",
            needed=needed,
            hours=hours,
        )

    # --------------------------------------------------------------- what was used

    def _reason_interval_running(self, data, rule):
        if data["counted_from"] != data["since"]:
            return self.env._(
                "You used %(used)s since %(since)s, and the traject ended on "
                "%(ended)s. The right comes back %(length)s after that day.",
                used=self._quantity(data["used"], rule),
                since=self._day(data["since"]),
                ended=self._day(data["counted_from"]),
                length=self._length(data["months"]),
            )
        return self.env._(
            "You used %(used)s in the period of %(length)s that started on %(since)s.",
            used=self._quantity(data["used"], rule),
            length=self._length(data["months"]),
            since=self._day(data["since"]),
        )

    def _reason_completion_pending(self, data, rule):
        return self.env._(
            "You used %(used)s since %(since)s, and that traject has not ended yet. "
            "The right comes back %(length)s after it ends.",
            used=self._quantity(data["used"], rule),
            since=self._day(data["since"]),
            length=self._length(data["months"]),
        )

    def _reason_block_used(self, data, rule):
        return self.env._(
            "You used %(used)s in the period from %(since)s to %(last)s.",
            used=self._quantity(data["used"], rule),
            since=self._day(data["since"]),
            last=self._day(data["ends"] - ONE_DAY),
        )

    def _reason_used_once(self, data, rule):
        return self.env._(
            "You have this right once in this job, and you used it on %(day)s.",
            day=self._day(data["used_on"]),
        )

    def _reason_nothing_saved(self, data, rule):
        owed = data["balance"] < 0
        if data["next_lot"] is None:
            if owed:
                return self.env._(
                    "You used %(owed)s in advance, and you get no more.",
                    owed=self._quantity(-data["balance"], rule),
                )
            return self.env._("You have saved nothing, and you get no more.")
        if owed:
            return self.env._(
                "You used %(owed)s in advance. You get %(quantity)s more on %(day)s, "
                "and that pays it back first.",
                owed=self._quantity(-data["balance"], rule),
                day=self._day(data["next_lot"]),
                quantity=self._quantity(data["quantity"], rule),
            )
        return self.env._(
            "You have saved nothing now. You get %(quantity)s on %(day)s.",
            day=self._day(data["next_lot"]),
            quantity=self._quantity(data["quantity"], rule),
        )
