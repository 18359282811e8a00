"""The versions of an agreement in time: what counts when, with gaps and overlaps."""

from dataclasses import dataclass
from datetime import date, timedelta

from odoo import api, fields, models

ONE_DAY = timedelta(days=1)
#: How much room open ends get, as a part of the whole.
MARGIN = 0.06


@dataclass(frozen=True)
class Stretch:
    """A version, or a gap when ``version`` is empty, with days for its bars.

    ``ends`` and ``after_ends`` are last days; ``None`` for no known end. ``begins``
    is ``None`` for always. ``after_begins`` is set when the text goes on after its own
    last day.
    """

    version: models.BaseModel
    begins: date | None
    ends: date | None
    after_begins: date | None = None
    after_ends: date | None = None
    replaced_by: models.BaseModel | None = None


class CareerAgreementTimeline(models.Model):
    _inherit = "hr.career.agreement"  # pylint: disable=consider-merging-classes-inherited

    timeline = fields.Html(
        string="In time",
        compute="_compute_timeline",
        sanitize=False,
        help="Which version counts when.",
    )

    @api.depends(
        "version_ids.active",
        "version_ids.name",
        "version_ids.valid_from",
        "version_ids.valid_to",
        "version_ids.has_after_effect",
        "version_ids.is_verified",
        "version_ids.was_open",
        "version_ids.registered_on",
    )
    @api.depends_context("lang", "tz")
    def _compute_timeline(self):
        for agreement in self:
            stretches = agreement._stretches()
            agreement.timeline = stretches and self.env["ir.qweb"]._render(
                "hr_career_focus.agreement_timeline",
                agreement._timeline_values(stretches),
            )

    def _stretches(self):
        """Return versions and gaps, the oldest first.

        Drafts next to a version that was checked stand apart: they replace nothing.
        """
        self.ensure_one()
        counting = self._counting_versions().sorted(lambda one: one._timeline_key())
        found = []
        for number, version in enumerate(counting):
            following = counting[number + 1 : number + 2]
            found.append(self._stretch(version, following))
            gap = self._gap(found, following)
            if gap:
                found.append(gap)
        drafts = self.version_ids.filtered("active") - counting
        found += [
            Stretch(draft, draft.valid_from or None, draft.valid_to or None)
            for draft in drafts
        ]
        return sorted(found, key=lambda one: one.begins or date.min)

    def _stretch(self, version, following):
        """Return how long a version counts when ``following`` is the next."""
        begins, ends = version.valid_from or None, version.valid_to or None
        stops = following.valid_from - ONE_DAY if following.valid_from else None
        if following and (stops is None or (begins and stops < begins)):
            # Both begin on the same day: what was registered last counts.
            return Stretch(version, begins, ends, replaced_by=following)
        if stops and (ends is None or stops < ends):
            return Stretch(version, begins, stops, replaced_by=following)
        if ends and version.has_after_effect and ends != stops:
            return Stretch(version, begins, ends, ends + ONE_DAY, stops)
        return Stretch(version, begins, ends)

    def _gap(self, found, following):
        """Return the time after the last stretch in which nothing is in force."""
        last = found[-1]
        if last.ends is None or last.after_begins or last.replaced_by:
            return None
        if not following:
            return Stretch(following, last.ends + ONE_DAY, None)
        if following.valid_from > last.ends + ONE_DAY:
            return Stretch(
                following.browse(), last.ends + ONE_DAY, following.valid_from - ONE_DAY
            )
        return None

    def _timeline_values(self, stretches):
        today = fields.Date.context_today(self)
        days = {today}
        for one in stretches:
            days |= {one.begins, one.ends, one.after_begins, one.after_ends} - {None}
        scale = Scale(min(days), max(days))
        return {
            "rows": [self._timeline_row(one, scale, today) for one in stretches],
            "ticks": scale.ticks(),
            "today": scale.place(today),
            "today_text": self._timeline_day(today),
        }

    def _timeline_row(self, one, scale, today):
        version = one.version
        return {
            "name": version.name,
            "version": version,
            "state": version and version._check_state(),
            "sentences": self._timeline_sentences(one),
            "bar": scale.bar(one.begins, one.ends),
            "after": one.after_begins and scale.bar(one.after_begins, one.after_ends),
            "is_now": bool(version)
            and version == self._version_on(today)
            and self._is_in_force(version, today),
        }

    def _is_in_force(self, version, day):
        text = self._engine_agreement().version_on(day)
        return text is not None and text.key == str(version._origin.id)

    def _timeline_sentences(self, one):
        """Return what the bars show, for those who do not see them."""
        if not one.version:
            return [self._gap_sentence(one)]
        version = one.version
        sentences = [version._period_sentence()]
        if one.replaced_by:
            sentences.append(self._replaced_sentence(one))
        elif one.after_begins and one.after_ends:
            sentences.append(
                self.env._(
                    "It stayed in force after its end, until %s.",
                    self._timeline_day(one.after_ends),
                )
            )
        elif one.after_begins:
            sentences.append(
                self.env._(
                    "It stays in force after its end, until there is a new version."
                )
            )
        registered, begins = version.registered_on, version.valid_from
        if registered and begins and registered > begins:
            sentences.append(
                self.env._(
                    "It was checked here on %s, after its first day.",
                    self._timeline_day(registered),
                )
            )
        return sentences

    def _replaced_sentence(self, one):
        following = one.replaced_by
        if following.valid_from and following.valid_from != one.begins:
            return self.env._(
                "From %(day)s “%(version)s” counts instead.",
                day=self._timeline_day(following.valid_from),
                version=following.name,
            )
        return self.env._(
            "“%s” begins on the same day and counts instead.", following.name
        )

    def _gap_sentence(self, one):
        first = self._timeline_day(one.begins)
        if one.ends:
            return self.env._(
                "From %(first)s until %(last)s no version is in force: nobody has "
                "these rights then.",
                first=first,
                last=self._timeline_day(one.ends),
            )
        return self.env._(
            "From %s on no version is in force: nobody has these rights then.", first
        )

    def _timeline_day(self, day):
        return self.env["hr.career.entitlement"]._day(day)


class Scale:
    """Days on a line from 0 to 100.

    >>> scale = Scale(date(2020, 1, 1), date(2021, 12, 31))
    >>> scale.place(date(2020, 1, 1)) > 0, scale.place(date(2021, 12, 31)) < 100
    (True, True)
    >>> scale.bar(None, None)
    {'left': 0.0, 'width': 100.0}
    >>> [year for year, _place in scale.ticks()]
    [2020, 2021, 2022]
    """

    def __init__(self, first, last):
        span = max((last - first).days, 365)
        margin = timedelta(days=round(span * MARGIN))
        self.first, self.last = first - margin, last + margin
        if (last - first).days < 365:
            self.last = first + timedelta(days=365) + margin
        self.length = (self.last - self.first).days

    def place(self, day):
        """Return where a day is, as a percentage."""
        return round(100 * (day - self.first).days / self.length, 2)

    def bar(self, begins, ends):
        """Return where a bar begins and how wide it is; open ends reach the edge."""
        left = self.place(begins) if begins else 0.0
        right = self.place(ends + ONE_DAY) if ends else 100.0
        return {"left": left, "width": round(max(right - left, 0.5), 2)}

    def ticks(self):
        """Return ``(year, place)`` of the first days of years, eight at most."""
        years = [
            year
            for year in range(self.first.year, self.last.year + 1)
            if self.first <= date(year, 1, 1) <= self.last
        ]
        step = -(-len(years) // 8) or 1
        return [(year, self.place(date(year, 1, 1))) for year in years[::step]]
