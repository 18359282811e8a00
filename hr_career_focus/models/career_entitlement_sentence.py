from odoo import api, models
from odoo.tools import format_date, formatLang

from ..engine import values


class CareerEntitlementSentence(models.AbstractModel):
    """The answers of the engine in plain words, in the language of the environment.

    Every sentence is one term to translate: none is put together from parts, because
    word order differs between languages.
    """

    _inherit = "hr.career.entitlement"

    @api.model
    def _sentence(self, answer, rule):
        """Return an answer in a few plain sentences the employee can act on.

        :param answer: :class:`~..engine.values.Entitlement`
        :param rule: the rule's record, empty when it is not known which rules apply
        """
        because = self._because(answer, rule)
        if answer.status == values.AVAILABLE:
            return self._sentence_available(answer, rule)
        if answer.status == values.UNKNOWN:
            return self.env._(
                "Not known yet. %(why)s Please ask the career desk.", why=because[0]
            )
        if answer.next_date:
            sentences = [self._sentence_later(answer, rule), *because[1:]]
        else:
            sentences = [self.env._("Not available."), *because]
        source = self._source(rule)
        if source:
            sentences.append(self.env._("See: %(clause)s.", clause=source))
        return " ".join(sentences)

    def _sentence_available(self, answer, rule):
        left = self._quantity(answer.left, rule)
        if answer.next_date:
            return self.env._(
                "Available now: %(left)s, to use before %(day)s. A new period starts "
                "on that day.",
                left=left,
                day=self._day(answer.next_date),
            )
        if answer.until:
            return self.env._(
                "Available now: %(left)s. The last day to use it is %(day)s.",
                left=left,
                day=self._day(answer.until),
            )
        return self.env._("Available now: %(left)s.", left=left)

    def _sentence_later(self, answer, rule):
        """Return the day a right opens and the reason that decides."""
        day = self._day(answer.next_date)
        reason = answer.reasons[0]
        data = reason.data
        match reason.code:
            case values.INTERVAL_RUNNING:
                return self.env._(
                    "Again from %(day)s, because %(used)s was used in the period of "
                    "%(months)s months that started on %(since)s.",
                    day=day,
                    used=self._quantity(data["used"], rule),
                    months=data["months"],
                    since=self._day(data["since"]),
                )
            case values.SERVICE_TOO_SHORT:
                return self.env._(
                    "From %(day)s, because you need %(months)s months of service and "
                    "your service counts from %(start)s.",
                    day=day,
                    months=data["months"],
                    start=self._day(data["start"]),
                )
            case values.NOT_EMPLOYED_YET:
                return self.env._(
                    "From %(day)s, because your contract starts on that day.", day=day
                )
            case _:
                return self.env._(
                    "From %(day)s, because this right starts on that day.", day=day
                )

    @api.model
    def _because(self, answer, rule):
        """Return every reason of an answer as a sentence, the deciding one first."""
        return tuple(self._reason_text(reason, rule) for reason in answer.reasons)

    def _reason_text(self, reason, rule):
        data = reason.data
        match reason.code:
            case values.NO_AGREEMENT:
                return self.env._(
                    "It is not recorded which collective agreement applies to you."
                )
            case values.NO_START_DATE:
                return self.env._("The start date of your contract is not recorded.")
            case values.NOT_VERIFIED:
                return self.env._(
                    "The rules of %(agreement)s have not been checked yet.",
                    agreement=data["agreement"],
                )
            case values.NO_RULE:
                return self.env._(
                    "The agreement that applies to you has no career right here."
                )
            case values.NOT_EMPLOYED_YET:
                return self.env._(
                    "Your contract starts on %(day)s.", day=self._day(data["starts_on"])
                )
            case values.EMPLOYMENT_ENDED:
                return self.env._(
                    "Your contract ended on %(day)s.", day=self._day(data["ended_on"])
                )
            case values.RULE_STARTS_LATER:
                return self.env._(
                    "This right starts on %(day)s.", day=self._day(data["starts_on"])
                )
            case values.RULE_ENDED:
                return self.env._(
                    "This right ended on %(day)s.", day=self._day(data["ended_on"])
                )
            case values.RULE_ENDS_FIRST:
                return self.env._(
                    "This right ends on %(day)s, before you could use it.",
                    day=self._day(data["ended_on"]),
                )
            case _:
                return self._reason_text_of_balance(reason, rule)

    def _reason_text_of_balance(self, reason, rule):
        data = reason.data
        match reason.code:
            case values.SERVICE_TOO_SHORT:
                return self.env._(
                    "You need %(months)s months of service, and your service counts "
                    "from %(start)s.",
                    months=data["months"],
                    start=self._day(data["start"]),
                )
            case values.SERVICE_MET:
                return self.env._(
                    "Your service counts from %(start)s; %(months)s months are needed.",
                    start=self._day(data["start"]),
                    months=data["months"],
                )
            case values.INTERVAL_RUNNING:
                return self.env._(
                    "%(used)s was used in the period of %(months)s months that "
                    "started on %(since)s.",
                    used=self._quantity(data["used"], rule),
                    months=data["months"],
                    since=self._day(data["since"]),
                )
            case values.PARTLY_USED:
                return self.env._(
                    "%(used)s of %(granted)s was used in the period that started on "
                    "%(since)s.",
                    used=self._quantity(data["used"], rule),
                    granted=self._quantity(data["granted"], rule),
                    since=self._day(data["since"]),
                )
            case values.INTERVAL_OVER:
                return self.env._(
                    "The period of your last use, from %(since)s, ended on %(day)s.",
                    since=self._day(data["since"]),
                    day=self._day(data["ended_on"]),
                )
            case values.AFTER_EFFECT:
                return self.env._(
                    "%(agreement)s ran until %(day)s and stays in force until there "
                    "is a new one.",
                    agreement=data["agreement"],
                    day=self._day(data["ended_on"]),
                )
            case _:
                return self.env._("You have not used this right before.")

    @api.model
    def _terms_sentence(self, rule):
        """Return what a rule gives, in one sentence, for whoever checks the rule."""
        if not (rule.quantity > 0 and rule.interval_months > 0):
            return ""
        quantity = self._quantity(rule._exact(rule.quantity), rule)
        if rule.min_service_months > 0:
            return self.env._(
                "%(quantity)s once every %(months)s months, counted from the first "
                "use, after %(service)s months of service.",
                quantity=quantity,
                months=rule.interval_months,
                service=rule.min_service_months,
            )
        return self.env._(
            "%(quantity)s once every %(months)s months, counted from the first use.",
            quantity=quantity,
            months=rule.interval_months,
        )

    def _source(self, rule):
        """Return the clause a right rests on: the agreement and its article."""
        return ", ".join(
            part for part in (rule.agreement_id.name, rule.article) if part
        )

    def _day(self, day):
        return format_date(self.env, day, date_format="d MMMM y")

    def _quantity(self, quantity, rule):
        """Return a quantity with its unit, as one writes it in the language."""
        if rule.unit == values.AMOUNT:
            return formatLang(
                self.env, float(quantity), currency_obj=rule.currency_id or None
            )
        whole = quantity == quantity.to_integral_value()
        number = formatLang(self.env, float(quantity), digits=0 if whole else 2)
        one = quantity == 1
        match rule.unit:
            case values.HOURS:
                return (
                    self.env._("%s hour", number)
                    if one
                    else self.env._("%s hours", number)
                )
            case values.SESSIONS:
                return (
                    self.env._("%s session", number)
                    if one
                    else self.env._("%s sessions", number)
                )
            case _:
                return (
                    self.env._("%s scan", number)
                    if one
                    else self.env._("%s scans", number)
                )
