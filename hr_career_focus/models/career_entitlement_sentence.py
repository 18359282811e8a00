from odoo import api, models

from ..engine import values
from ..engine.dates import ONE_DAY

#: Reasons that explain how much somebody has. They are told under "Why?", and not in
#: the answer itself.
ASIDE = {
    values.AFTER_EFFECT,
    values.COMPANY_IMPROVES,
    values.GRANTED_EARLIER,
    values.PART_TIME,
    values.PART_PERIOD,
}
#: Refusals that last as long as the contract stays as it is.
BY_CONTRACT = {
    values.CATEGORY_EXCLUDED,
    values.CONTRACT_TYPE_EXCLUDED,
    values.TERM_TOO_SHORT,
    values.HOURS_TOO_FEW,
}
#: Refusals that say already why there is no later day.
FINAL = {values.NO_RULE, values.NOTHING_SAVED}


class CareerEntitlementSentence(models.AbstractModel):
    """The answers of the engine in plain words, in the language of the environment.

    Every sentence is one term to translate: none is put together from parts, because
    word order differs between languages.
    """

    # One file per concern. pylint: disable=consider-merging-classes-inherited
    _inherit = "hr.career.entitlement"

    @api.model
    def _sentence(self, answer, rule):
        """Return an answer in a few plain sentences the employee can act on.

        :param answer: :class:`~..engine.values.Entitlement`
        :param rule: the rule's record, empty when it is not known which rules apply
        """
        if answer.status == values.AVAILABLE:
            return " ".join(self._sentences_available(answer, rule))
        deciding = [one for one in answer.reasons if one.code not in ASIDE]
        reasons = deciding or answer.reasons
        because = [self._reason_text(one, rule) for one in reasons]
        if answer.status == values.UNKNOWN:
            return " ".join(
                [
                    self.env._("Not known yet."),
                    *because,
                    self.env._("Please ask the career desk."),
                ]
            )
        if answer.next_date:
            sentences = [*self._sentences_later(answer, reasons[0], rule), *because[1:]]
        else:
            why_never = self._sentence_never(reasons[0])
            sentences = [self.env._("Not available."), *because, *why_never]
        source = self._source(rule)
        if source:
            sentences.append(self.env._("See: %(clause)s.", clause=source))
        return " ".join(sentences)

    @api.model
    def _because(self, answer, rule):
        """Return every reason of an answer as a sentence, the deciding one first."""
        return tuple(self._reason_text(reason, rule) for reason in answer.reasons)

    # ---------------------------------------------------------------- available now

    def _sentences_available(self, answer, rule):
        """Return what is left, what of it is lost when, and when more comes."""
        left = self._quantity(answer.left, rule)
        lost = answer.lapsing
        if answer.until and (not lost or lost >= answer.left):
            yield self.env._(
                "Available now: %(left)s left until %(day)s.",
                left=left,
                day=self._day(answer.until),
            )
            if lost:
                yield self.env._("What you have not used by then is lost.")
        else:
            yield self.env._("Available now: %(left)s.", left=left)
            if answer.until:
                yield self.env._(
                    "You lose %(lost)s of it if you have not used that by %(day)s.",
                    lost=self._quantity(lost, rule),
                    day=self._day(answer.until),
                )
        if answer.next_date:
            yield self._sentence_more(answer, rule)

    def _sentence_more(self, answer, rule):
        """Return when a fresh quantity comes, and of an accrual how much."""
        day = self._day(answer.next_date)
        for reason in answer.reasons:
            if reason.data.get("next_lot") == answer.next_date:
                return self.env._(
                    "You get %(quantity)s more on %(day)s.",
                    day=day,
                    quantity=self._quantity(reason.data["quantity"], rule),
                )
        return self.env._("A new period starts on %(day)s.", day=day)

    # ------------------------------------------------------------------- later, never

    def _sentences_later(self, answer, reason, rule):
        """Return the day a right opens, with the reason that decides."""
        day = self._day(answer.next_date)
        # Only the day the reason itself ends on follows from it.
        if answer.next_date in reason.data.values():
            sentence = self._sentence_because(day, answer, reason, rule)
            if sentence:
                return [sentence]
        if answer.status == values.USED_UP:
            first = self.env._("Open to you again from %(day)s.", day=day)
        else:
            first = self.env._("Open to you from %(day)s.", day=day)
        return [first, self._reason_text(reason, rule)]

    def _sentence_because(self, day, answer, reason, rule):
        """Return the day and the deciding reason in one sentence, if there is one."""
        data = reason.data
        match reason.code:
            case values.INTERVAL_RUNNING if data["counted_from"] == data["since"]:
                return self.env._(
                    "Again from %(day)s, because you used %(used)s in the period of "
                    "%(length)s that started on %(since)s.",
                    day=day,
                    used=self._quantity(data["used"], rule),
                    length=self._length(data["months"]),
                    since=self._day(data["since"]),
                )
            case values.INTERVAL_RUNNING:
                return self.env._(
                    "Again from %(day)s, because you used %(used)s and it comes back "
                    "%(length)s after the traject ended on %(ended)s.",
                    day=day,
                    used=self._quantity(data["used"], rule),
                    length=self._length(data["months"]),
                    ended=self._day(data["counted_from"]),
                )
            case values.BLOCK_USED:
                return self.env._(
                    "Again from %(day)s, because you used %(used)s in the period from "
                    "%(since)s to %(last)s.",
                    day=day,
                    used=self._quantity(data["used"], rule),
                    since=self._day(data["since"]),
                    last=self._day(data["ends"] - ONE_DAY),
                )
            case values.NOTHING_SAVED if answer.status == values.USED_UP:
                return self.env._(
                    "Again from %(day)s, because you used all that you had saved.",
                    day=day,
                )
            case values.NOTHING_SAVED:
                return self.env._(
                    "From %(day)s, because you have saved nothing before that day.",
                    day=day,
                )
            case values.SERVICE_TOO_SHORT:
                return self.env._(
                    "From %(day)s, because you must have worked here for %(length)s "
                    "and your service counts from %(start)s.",
                    day=day,
                    length=self._length(data["months"]),
                    start=self._day(data["start"]),
                )
            case values.TOO_YOUNG:
                return self.env._(
                    "From %(day)s, because this right starts at the age of %(years)s.",
                    day=day,
                    years=data["years"],
                )
            case values.NOT_EMPLOYED_YET:
                return self.env._(
                    "From %(day)s, because your contract starts on that day.", day=day
                )
            case values.RULE_STARTS_LATER:
                return self.env._(
                    "From %(day)s, because this right starts on that day.", day=day
                )
            case _:
                return ""

    def _sentence_never(self, reason):
        """Return why there is no later day, unless the reason says so itself."""
        if reason.code in FINAL:
            return []
        if reason.code == values.COMPLETION_PENDING:
            return [self.env._("The day is known once that traject has ended.")]
        if reason.code == values.USED_ONCE:
            return [self.env._("It does not come back.")]
        if reason.code in BY_CONTRACT:
            return [self.env._("This stays so while your contract stays as it is.")]
        return [self.env._("As far as we know now, there is no later day.")]

    # --------------------------------------------------------------------- the rule

    def _source(self, rule):
        """Return the clause a right rests on: agreement, version and article."""
        parts = (rule.agreement_id.name, self._version(rule), rule.article)
        return ", ".join(part for part in parts if part)

    def _version(self, rule):
        """Return the name of the text a right is in, unless it is the only one."""
        version = rule.version_id
        return version.name if version.valid_from or version.valid_to else ""
