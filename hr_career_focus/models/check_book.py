"""The two books of the self-check. Only :mod:`..selfcheck.book` can sign a line."""

from odoo import fields, models


class CheckBook(models.AbstractModel):
    _name = "hr.career.check.book"
    _description = "Signed line of the self-check"
    _order = "id desc"
    _rec_name = "moment"
    _log_access = False

    moment = fields.Datetime(required=True, readonly=True)
    author = fields.Char(required=True, readonly=True)
    text = fields.Text(readonly=True)
    text_digest = fields.Char(required=True, readonly=True)
    previous = fields.Char(readonly=True)
    signature = fields.Char(required=True, readonly=True)

    def _signed(self):
        """Return the names of the fields under the signature."""
        return ["moment", "author", "text_digest", "previous"]


class CheckExpectation(models.Model):
    """What the wall looked like when somebody entitled last accepted it."""

    _name = "hr.career.check.expectation"
    _inherit = ["hr.career.check.book"]
    _description = "Signed expectation of the self-check"
    _log_access = False

    note = fields.Text(readonly=True)

    def _signed(self):
        return [*super()._signed(), "note"]


class CheckRun(models.Model):
    """One run of the self-check, with its digest."""

    _name = "hr.career.check.run"
    _inherit = ["hr.career.check.book"]
    _description = "Run of the self-check"
    _log_access = False

    digest = fields.Char(required=True, readonly=True)
    findings = fields.Integer(readonly=True)
    advice = fields.Integer(readonly=True)
    seconds = fields.Integer(readonly=True)

    def _signed(self):
        return [*super()._signed(), "digest", "findings", "advice", "seconds"]
