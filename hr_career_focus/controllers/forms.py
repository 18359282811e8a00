"""Reading what was typed in a form: trimmed, bounded, checked, in plain words."""

from datetime import date, datetime

from odoo import fields
from odoo.tools.mail import single_email_re
from odoo.tools.misc import format_date

from ..casework.errors import CaseworkError

MAX_LINE = 200
MAX_TEXT = 20000
YES = "yes"


class FormError(CaseworkError):
    """Raised when a form cannot be used as it was filled in.

    :param field: the name of the field to correct, when it is one
    """

    def __init__(self, message, field=""):
        super().__init__(message)
        self.field = field


class Form:
    """One sent form.

    Every reader returns a clean value or raises :class:`FormError` with a sentence that
    says what to do.
    """

    def __init__(self, env, post, multi):
        self.env = env
        self._post = post
        self._multi = multi
        self.today = fields.Date.context_today(env.user)

    def text(self, name, label, required=False, limit=MAX_TEXT):
        """The typed text without spaces around it."""
        value = (self._post.get(name) or "").replace("\r\n", "\n").strip()
        if required and not value:
            raise FormError(self.env._("Please fill in: %(label)s.", label=label), name)
        if len(value) > limit:
            raise FormError(
                self.env._(
                    "%(label)s is too long: at most %(limit)s characters fit, and "
                    "yours has %(length)s.",
                    label=label,
                    limit=limit,
                    length=len(value),
                ),
                name,
            )
        return value

    def raw(self, name):
        """What was sent, untouched: a passphrase, a file."""
        return self._post.get(name) or ""

    def line(self, name, label, required=False):
        """One line of text."""
        return " ".join(self.text(name, label, required, limit=MAX_LINE).split())

    def email(self, name, label):
        """One e-mail address, or nothing."""
        value = self.line(name, label)
        if value and not single_email_re.match(value):
            raise FormError(
                self.env._(
                    "This is not an e-mail address. Correct it, or choose to get "
                    "no e-mail."
                ),
                name,
            )
        return value

    def choice(self, name, label, allowed):
        """One of the allowed values."""
        value = self._post.get(name) or ""
        if value not in allowed:
            raise FormError(self.env._("Please choose: %(label)s.", label=label), name)
        return value

    def choices(self, name, allowed):
        """Those of the ticked values that are allowed, in their own order."""
        ticked = set(self._multi.getlist(name))
        return [value for value in allowed if value in ticked]

    def number_of(self, name):
        """A record number, or ``None`` when nothing (usable) was chosen."""
        return _as_int(self._post.get(name))

    def numbers_of(self, name):
        """The record numbers that were ticked."""
        found = (_as_int(value) for value in self._multi.getlist(name))
        return tuple(number for number in found if number is not None)

    def amount(self, name, label, lowest, highest):
        """A number of hours or sessions, comma or point."""
        raw = (self._post.get(name) or "").strip().replace(",", ".")
        try:
            value = float(raw)
        except ValueError:
            value = None
        if value is None or not lowest <= value <= highest:
            raise FormError(
                self.env._(
                    "%(label)s must be a number from %(lowest)s to %(highest)s.",
                    label=label,
                    lowest=lowest,
                    highest=highest,
                ),
                name,
            )
        return value

    def day(self, name, label, required=False, earliest=None, latest=None):
        """A day, or ``None``; with bounds the reader can understand."""
        raw = (self._post.get(name) or "").strip()
        if not raw and not required:
            return None
        try:
            value = date.fromisoformat(raw)
        except ValueError as error:
            raise FormError(
                self.env._("%(label)s is not a date that exists.", label=label), name
            ) from error
        self._check_bounds(name, value, label, earliest, latest)
        return value

    def moment(self, name, label, earliest, latest):
        """A day and a time."""
        raw = (self._post.get(name) or "").strip()
        try:
            value = datetime.fromisoformat(raw).replace(
                second=0, microsecond=0, tzinfo=None
            )
        except ValueError as error:
            raise FormError(
                self.env._("%(label)s is not a day and time that exist.", label=label),
                name,
            ) from error
        self._check_bounds(name, value.date(), label, earliest, latest)
        return value

    def entry(self, name="entry"):
        """The reference of the entry a form is about; the door judges it."""
        return self._post.get(name) or ""

    def is_yes(self, name="confirm"):
        """Whether a box was ticked or a choice confirmed."""
        return self._post.get(name) == YES

    def require_yes(self):
        """Refuse an act that was not confirmed."""
        if not self.is_yes():
            raise FormError(
                self.env._(
                    "Please confirm first. Open the question and answer it there."
                )
            )

    def _check_bounds(self, name, value, label, earliest, latest):
        if earliest and value < earliest:
            raise FormError(
                self.env._(
                    "%(label)s must be %(day)s or later.",
                    label=label,
                    day=format_date(self.env, earliest),
                ),
                name,
            )
        if latest and value > latest:
            raise FormError(
                self.env._(
                    "%(label)s must be %(day)s or earlier.",
                    label=label,
                    day=format_date(self.env, latest),
                ),
                name,
            )


def _as_int(value):
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
