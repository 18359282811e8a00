"""Published numbers that Odoo's own tools may list and group, and never add up."""

from odoo import api, models
from odoo.exceptions import UserError

#: What a list needs to show groups of rows: how many, and which.
COUNTING = ("__count", "id:array_agg", "id:recordset", "id:count")
#: Views that exist to add numbers up.
SUMMING_VIEWS = ("pivot", "graph")


class HrCareerCountingOnly(models.AbstractModel):
    """Refuses sums, averages and extremes over rounded figures, whoever asks.

    Each figure is rounded by a draw of its own. A sum of them is off by more than its
    rows say, and looks exact; the row of the group above is the published answer.

    What is supported
        Reading, searching, sorting, grouping and exporting rows as they were published.

    How it works
        Every aggregate passes `_read_group_select`: those of a pivot, a graph, a
        spreadsheet and a call from outside, and those hidden in an order or in a
        condition on groups. The fields have no aggregator either, so that no list or
        exported workbook offers one.
    """

    _name = "hr.career.counting.only"
    _description = "Counted, never added up"

    def _read_group(self, domain, groupby=(), aggregates=(), *args, **options):
        # Before the search: the answer is the same where there is no row yet.
        for aggregate_spec in aggregates:
            self._check_counting(aggregate_spec)
        return super()._read_group(domain, groupby, aggregates, *args, **options)

    def _read_group_select(self, aggregate_spec, query):
        self._check_counting(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        if view_type in SUMMING_VIEWS:
            raise UserError(
                self.env._(
                    "There is no pivot table and no graph of published figures, "
                    "because both add figures up. Read the figures in the list, or "
                    "on the page with the figures."
                )
            )
        return super()._get_view(view_id, view_type, **options)

    def _check_counting(self, aggregate_spec):
        """Refuse an aggregate that is made of published numbers.

        :raises UserError: for anything but counting rows.
        """
        if aggregate_spec in COUNTING:
            return
        raise UserError(
            self.env._(
                "Published figures are not added up: each is rounded by itself, so a "
                "sum would be wrong. Read the row of the whole group instead."
            )
        )
