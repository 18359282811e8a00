"""The report for the works council: everything that was published, and how."""

from ..controllers import sentences
from ..controllers.rules_text import rules
from ..controllers.uptake_view import BENCHMARK_PERCENT
from ..engine import release as engine
from ..engine import structure
from . import words
from .sheet import FigureSheet


def council_pdf(figures):
    """Return the report about a year as PDF, in the language of its environment."""
    return _Report(figures).to_bytes()


class _Report:
    """Builds the report part by part.

    :param figures: :class:`.figures.YearFigures`
    """

    def __init__(self, figures):
        self.figures = figures
        self.env = figures.env
        self.sheet = FigureSheet(
            self.env,
            self.env._("Uptake of career guidance, %s", figures.year),
            BENCHMARK_PERCENT,
        )
        self.sheet.on_scale_of([*figures.lines, *figures.quarters])

    def to_bytes(self):
        """Return the PDF."""
        self._begin()
        if self.figures.whole:
            self._meaning()
            self._reach()
            self._parts()
        self._quarters()
        self._trends()
        self._proof()
        self._rules()
        self._fingerprints()
        return self.sheet.to_bytes()

    def _begin(self):
        figures, sheet = self.figures, self.sheet
        sheet.lead(self.env._("Report for the works council"))
        sheet.facts(
            [
                (self.env._("Company"), figures.company.name),
                (self.env._("Year"), figures.year),
                (
                    self.env._("Published on"),
                    sentences.day(self.env, figures.of_year[-1:].published_on),
                ),
            ]
        )
        sheet.gap()
        words.headline(sheet, figures)
        why = figures.why_no_parts()
        if why:
            sheet.text(why)

    def _meaning(self):
        self.sheet.heading(self.env._("What a figure means"))
        self.sheet.points(words.meaning(self.env, self.figures.whole))

    def _reach(self):
        traits = self.figures.traits
        if not traits:
            return
        self.sheet.heading(self.env._("Who is reached?"))
        for text in words.reach(self.figures):
            self.sheet.text(text)
        for _code, title, lines in traits:
            self.sheet.small_heading(title)
            self.sheet.figures(lines)

    def _parts(self):
        tree = [table for table in self.figures.tables if table[0] == structure.TREE]
        if not tree:
            return
        [(_code, title, lines)] = tree
        self.sheet.heading(title)
        self.sheet.text(
            self.env._(
                "Groups below %s people have no row of their own. They are counted in "
                "“Other units” or in the part above them. That depends on the size of "
                "groups only.",
                self.figures.yearly.parameters["minimum"],
            ),
            soft=True,
        )
        self.sheet.figures(lines, self.env._("Part of the organisation"), indented=True)

    def _quarters(self):
        if not self.figures.quarters:
            return
        self.sheet.heading(self.env._("The company by quarter"))
        self.sheet.figures(
            [words.as_period(line) for line in self.figures.quarters],
            self.env._("Quarter"),
        )

    def _trends(self):
        if not self.figures.trends:
            return
        self.sheet.heading(self.env._("Over the years"))
        self.sheet.text(
            self.env._(
                "A difference between two years counts only when the two bars do not "
                "overlap. Parts of the organisation that are deeper down are on the "
                "page with the figures."
            ),
            soft=True,
        )
        self.sheet.trends(self.figures.trends)

    def _proof(self):
        self.sheet.heading(self.env._("The proof for each person"))
        self.sheet.points(words.proof(self.env, self.figures.of_year[-1:]))
        self.sheet.facts(
            (self._period(release), words.outcome(self.env, release))
            for release in self.figures.of_year
        )
        self.sheet.text(
            self.env._(
                "You can have the proof made again: with the button on the page with "
                "the figures, or on the server with “career_uptake prove”. A second "
                "program, which shares nothing with the first, then checks every step. "
                "It works as long as the cases of that year are kept."
            )
        )

    def _rules(self):
        release = self.figures.of_year[-1:]
        self.sheet.heading(self.env._("The rules of these figures"))
        for chapter in rules(self.env, self.figures.company, release.parameters):
            self.sheet.small_heading(chapter.title)
            self.sheet.points(chapter.sentences)
        self.sheet.small_heading(self.env._("In numbers"))
        self.sheet.facts(words.numbers(self.env, release.parameters))

    def _fingerprints(self):
        sheet = self.sheet
        sheet.heading(self.env._("Fingerprints"))
        sheet.text(
            self.env._(
                "A fingerprint stands for all rows and rules of a release, and for "
                "the release before it. If one figure were changed afterwards, it "
                "would not fit any more. Compare it with the one you wrote down on "
                "the day of publication."
            )
        )
        before = self.figures.of_year[:1].previous_digest
        if before != engine.NO_PREVIOUS:
            sheet.facts(
                [(self.env._("The release before these"), words.broken(before))]
            )
        sheet.columns(
            [
                self.env._("Period"),
                self.env._("Published on"),
                self.env._("Fingerprint"),
                self.env._("Computed again for this paper"),
            ],
            [
                [
                    self._period(release),
                    sentences.day(self.env, release.published_on),
                    words.broken(release.digest),
                    words.fits(self.env, release),
                ]
                for release in self.figures.of_year
            ],
            (0.16, 0.18, 0.43, 0.23),
        )

    def _period(self, release):
        return dict(release._selection_period())[release.period]
