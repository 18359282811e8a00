"""The shapes of what the uptake page shows: plain data, drawn by the templates."""

from dataclasses import dataclass, field

from ..engine import shares
from ..engine.parameters import AGREED

#: Up to this size a group is drawn as one dot for each person.
DOTS = 150

TOOK_PART = "yes"
MAYBE = "maybe"
NOT = "no"


@dataclass
class Bar:
    """Positions of a range on the scale of its chart, in percents of its width."""

    start: float
    width: float
    mark: float | None
    is_open: bool

    @property
    def end(self):
        """Return where the range ends."""
        return round(self.start + self.width, 2)

    @classmethod
    def of(cls, figure, headcount, scale):
        """Place the people of `figure` on a scale that ends at `scale` percent."""

        def position(count):
            return min(100.0, 100.0 * 100 * count / headcount / scale)

        start, end = position(figure.low), position(figure.high)
        mark = None if figure.top or not figure.shown else position(figure.shown)
        return cls._placed(start, end, mark, figure.top)

    @classmethod
    def of_share(cls, figure, headcount, scale):
        """Place the share of `figure`, rounded outward as it is printed.

        So what touches in the drawing also touches in the words.
        """
        part = shares.share(figure, headcount)

        def position(percent):
            return min(100.0, 100.0 * percent / scale)

        end = position(100 if part.high is None else part.high)
        mark = None if part.centre is None else position(part.centre)
        return cls._placed(position(part.low or 0), end, mark, figure.top)

    @classmethod
    def _placed(cls, start, end, mark, is_open):
        return cls(
            round(start, 2),
            round(max(end - start, 0.6), 2),
            None if mark is None else round(mark, 2),
            is_open,
        )


@dataclass
class Line:
    """One published row as it is shown."""

    label: str
    depth: int
    headcount: int
    people: str
    people_range: str
    share: str
    bar: Bar
    verdict: str = ""
    verdict_code: str = ""
    code: str = ""


@dataclass
class Table:
    """Rows under one heading, drawn on one scale, with the company's range behind.

    `change` compares the last row with the one before.
    """

    code: str
    title: str
    lines: list[Line]
    scale: int = 0
    versus: Bar | None = None
    note: str = ""
    change: str = ""


@dataclass
class Trends:
    """Groups of one kind, each over the years."""

    code: str
    title: str
    charts: list[Table]


@dataclass
class Reach:
    """Whether the groups of one trait are reached, and what may help.

    `below` and `above` name groups; `advice` is about those below.
    """

    code: str
    title: str
    said: str
    table: Table | None = None
    below: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)


@dataclass
class Example:
    """One of the reader's own figures, taken apart."""

    label: str
    said: str
    numbers: str
    share: str
    dots: list[str]
    drawing: str
    one_dot: str

    @staticmethod
    def dots_of(figure, headcount):
        """Return the dots that draw `figure`: of everybody, or of every hundred.

        >>> from ..engine.rounding import Figure
        >>> dots = Example.dots_of(Figure(5, 1, 9, False), 24)
        >>> [dots.count(kind) for kind in (TOOK_PART, MAYBE, NOT)]
        [1, 8, 15]
        """
        low, high, size = figure.low, figure.high, headcount
        if headcount > DOTS:
            part = shares.share(figure, headcount)
            low, size = part.low or 0, 100
            high = 100 if part.high is None else part.high
        return [TOOK_PART] * low + [MAYBE] * (high - low) + [NOT] * (size - high)


@dataclass
class Proof:
    """What was proved before publication, and whether it can be proved again."""

    kind: str
    text: str
    when: str
    year: int
    period: str
    can_repeat: bool = False
    over: str = ""


@dataclass
class Outcome:
    """What a repeated proof found: `kind` is good, bad or note."""

    kind: str
    title: str
    sentences: list[str]


@dataclass
class CompanyView:
    """Everything the page shows about one company."""

    id: int
    name: str
    everything: bool = False
    next_day: str = ""
    year: int | None = None
    years: list[int] = field(default_factory=list)
    published_on: str = ""
    digest: str = ""
    whole: Line | None = None
    reach: list[Reach] = field(default_factory=list)
    less_reached: list[str] = field(default_factory=list)
    more_reached: list[str] = field(default_factory=list)
    tree: Table | None = None
    branches: list[Table] = field(default_factory=list)
    quarters: Table | None = None
    trends: list[Trends] = field(default_factory=list)
    example: Example | None = None
    without_row: list[str] = field(default_factory=list)
    no_breakdown: str = ""
    proofs: list[Proof] = field(default_factory=list)
    rules: tuple = ()
    rules_before: str = ""
    minimum: int = AGREED.minimum
    scale: int = 10
    benchmark_at: float | None = None
