"""The terms of a right one by one, each as a phrase that can stand in a comparison."""

from odoo import models

from ..engine import values

#: What goes with a right, each a choice that is always made.
CHOICES = ("coach_choice", "consultation", "payer", "exit_policy", "output_rule")


class CareerEntitlementRule(models.Model):
    """A phrase follows “From”, “to”, “New:” or “No longer:”."""

    _inherit = "hr.career.entitlement.rule"  # pylint: disable=consider-merging-classes-inherited

    def _phrases(self):
        """Return ``{term: phrase}`` of all that this right says.

        A term that is not set has no phrase; what makes no difference has none either.
        """
        self.ensure_one()
        phrases = {
            "quantity": self._quantity_text(self.quantity),
            "interval": self._interval_phrase(),
            **self._saving_phrases(),
            **self._part_phrases(),
            **self._eligibility_phrases(),
            **self._place_phrases(),
        }
        return {term: phrase for term, phrase in phrases.items() if phrase}

    def _interval_phrase(self):
        months = self._length(self.interval_months)
        match self.interval_kind:
            case values.ROLLING_START:
                return self.env._("every %s, counted from the first use", months)
            case values.ROLLING_COMPLETION:
                return self.env._("every %s, counted from the end of a traject", months)
            case values.CALENDAR_BLOCK:
                return self.env._(
                    "every block of %(months)s, one of which begins on %(day)s",
                    months=months,
                    day=self._day_text("block_origin") or "…",
                )
            case values.EMPLOYMENT_YEARS:
                return self.env._("every %s of service", months)
            case values.ONCE:
                return self.env._("once, and never again")
            case values.ACCRUAL if self.accrual_timing == values.AT_END:
                return self.env._("every period of %s, added once it is over", months)
            case values.ACCRUAL:
                return self.env._("every period of %s, added at its start", months)
            case _:
                return self.env._("still to be looked up")

    def _saving_phrases(self):
        if self.interval_kind != values.ACCRUAL:
            return {}
        day = self._day_text("block_origin")
        return {
            "origin": self.env._("periods that count from %s", day)
            if day
            else self.env._("periods that count from the first day of work"),
            "cap": self.cap
            and self.env._("at most %s saved", self._amount_text(self.cap)),
            "saving": self.env._("kept for %s", self._length(self.saving_months))
            if self.saving_months
            else self.env._("kept for good"),
            "advance": self.advance_periods
            and self.env._("%s coming periods in advance", self.advance_periods),
        }

    def _part_phrases(self):
        part_time = ""
        if self.prorate_fte and self.full_time_hours:
            part_time = self.env._(
                "a part for part-timers, of %s hours a week",
                self._number_text(self.full_time_hours),
            )
        elif self.prorate_fte:
            part_time = self.env._("a part for part-timers")
        return {
            "part_time": part_time,
            "part_period": self.prorate_part
            and self.env._("less for who starts halfway"),
        }

    def _eligibility_phrases(self):
        hours = self._number_text(self.min_hours)
        return {
            "contracts": self._contracts_phrase(),
            "term": self.min_term_months
            and self.env._(
                "fixed-term contracts of at least %s",
                self._length(self.min_term_months),
            ),
            "hours": self.min_hours
            and (
                self.env._("more than %s hours a week", hours)
                if self.hours_exclusive
                else self.env._("at least %s hours a week", hours)
            ),
            "service": self.min_service_months
            and self.env._(
                "at least %s of service", self._length(self.min_service_months)
            ),
            "longest_service": self.max_service_months
            and self.env._(
                "the first %s of service only", self._length(self.max_service_months)
            ),
            "age": self.min_age and self.env._("from the age of %s", self.min_age),
            "excluded": self.excluded_category_ids
            and self.env._("not for %s", self._excluded_text()),
        }

    def _contracts_phrase(self):
        match self.contract_types:
            case values.PERMANENT:
                return self.env._("permanent contracts only")
            case values.FIXED_TERM:
                return self.env._("fixed-term contracts only")
            case _:
                return ""

    def _choices(self):
        """Return ``{field: (label, choice)}`` of what goes with the right."""
        self.ensure_one()
        article = self._fields["article"]._description_string(self.env)
        found = {"article": (article, self.article or self.env._("none"))}
        for name in CHOICES:
            field = self._fields[name]
            choices = dict(field._description_selection(self.env))
            found[name] = (field._description_string(self.env), choices[self[name]])
        return found

    def _place_phrases(self):
        first, last = self._day_text("valid_from"), self._day_text("valid_to")
        better = self.improves_rule_id
        return {
            "first": first and self.env._("a first day of its own: %s", first),
            "last": last and self.env._("a last day of its own: %s", last),
            "improves": better
            and self.env._(
                "improves “%(right)s” of %(agreement)s",
                right=better.name,
                agreement=better.agreement_id.name,
            ),
        }
