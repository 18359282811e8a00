from odoo import models


class CareerEntitlementGround(models.AbstractModel):
    """Why somebody has a right, and why as much: a sentence for each such reason."""

    # One file per concern. pylint: disable=consider-merging-classes-inherited
    _inherit = "hr.career.entitlement"

    # ------------------------------------------------- where what is left comes from

    def _reason_never_used(self, data, rule):
        return self.env._("You have not used this right before.")

    def _reason_partly_used(self, data, rule):
        if data["ends"] is None:
            return self.env._(
                "You used %(used)s of %(granted)s since %(since)s.",
                used=self._quantity(data["used"], rule),
                granted=self._quantity(data["granted"], rule),
                since=self._day(data["since"]),
            )
        return self.env._(
            "You used %(used)s of %(granted)s in the period that started on %(since)s.",
            used=self._quantity(data["used"], rule),
            granted=self._quantity(data["granted"], rule),
            since=self._day(data["since"]),
        )

    def _reason_interval_over(self, data, rule):
        return self.env._(
            "The period of %(length)s that started on %(since)s is over. You have the "
            "right again since %(day)s.",
            length=self._length(data["months"]),
            since=self._day(data["since"]),
            day=self._day(data["ended_on"]),
        )

    def _reason_saved(self, data, rule):
        if data["next_lot"] is None:
            return self.env._(
                "You have saved %(balance)s since %(since)s, and you get no more.",
                balance=self._quantity(data["balance"], rule),
                since=self._day(data["since"]),
            )
        return self.env._(
            "You have saved %(balance)s since %(since)s, and you get %(quantity)s "
            "more on %(day)s.",
            balance=self._quantity(data["balance"], rule),
            since=self._day(data["since"]),
            day=self._day(data["next_lot"]),
            quantity=self._quantity(data["quantity"], rule),
        )

    def _reason_in_advance(self, data, rule):
        if data["balance"] < 0:
            return self.env._(
                "You may use %(advance)s before you have saved it, and you have used "
                "%(owed)s of that. What you save later pays it back.",
                advance=self._quantity(data["advance"], rule),
                owed=self._quantity(-data["balance"], rule),
            )
        return self.env._(
            "You may use %(advance)s before you have saved it. What you save later "
            "pays it back.",
            advance=self._quantity(data["advance"], rule),
        )

    # -------------------------------------------------------------- why as much

    def _reason_service_met(self, data, rule):
        return self.env._(
            "You have worked here since %(start)s, and %(length)s is enough.",
            start=self._day(data["start"]),
            length=self._length(data["months"]),
        )

    def _reason_after_effect(self, data, rule):
        return self.env._(
            "%(agreement)s ran until %(day)s and stays in force until there is a new "
            "text.",
            agreement=data["agreement"],
            day=self._day(data["ended_on"]),
        )

    def _reason_company_improves(self, data, rule):
        return self.env._(
            "Your employer gives more here than the collective agreement. That is in: "
            "%(agreement)s.",
            agreement=data["agreement"],
        )

    def _reason_granted_earlier(self, data, rule):
        return self.env._(
            "You got %(granted)s when you first used it. The text of today gives "
            "%(worth)s, but what you got stays yours.",
            granted=self._quantity(data["granted"], rule),
            worth=self._quantity(data["worth"], rule),
        )

    def _reason_part_time(self, data, rule):
        return self.env._(
            "On %(day)s you work %(part)s of full time, so you get that part.",
            part=self._percent(data["fte"]),
            day=self._day(data["on"]),
        )

    def _reason_part_period(self, data, rule):
        return self.env._(
            "When you started on %(since)s, the period of %(length)s had %(left)s "
            "to go, so you get that part.",
            since=self._day(data["since"]),
            left=self._length(data["months_left"]),
            length=self._length(data["months"]),
        )
