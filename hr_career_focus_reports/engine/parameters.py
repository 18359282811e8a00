"""The numbers agreed with the works council.

What is supported
    One set of numbers per release. A company may ask for larger groups than the
    agreed minimum, never for smaller ones, and may count on a reader who knows the
    company's exact total; the other numbers are fixed in code.

How to use
    >>> Parameters().minimum
    20
    >>> Parameters().stricter(25).minimum
    25
    >>> Parameters().stricter(10)
    Traceback (most recent call last):
    ...
    ValueError: A group needs at least 20 people; 10 is fewer.

    Somebody who pays the invoices may know the company's exact total. Once that is
    counted on, it stays so:

    >>> Parameters().stricter(20, exact_total=True).stricter(25).exact_total
    True

How it works
    The class itself accepts any numbers, because the attack tests need weaker ones to
    prove that they find something. What is published goes through `stricter`.
"""

from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True, slots=True)
class Parameters:
    """Numbers that govern one release.

    minimum
        People a group needs before it gets a row.
    base
        Figures are multiples of this; the true number is less than this away.
    breakdown
        Rows below the company appear only when the company's published figure has
        reached this.
    quarter_minimum
        People a company needs before quarters are published.
    grace_days
        Days after the end of a period for late registrations; the release follows on
        the next day.
    insiders
        Participants whose status a reader may know already. The proof must hold against
        any so many; at most `base` - 2 make sense.
    exact_total
        Whether the proof counts on a reader who knows the company's exact total.
    """

    minimum: int = 20
    base: int = 5
    breakdown: int = 10
    quarter_minimum: int = 200
    grace_days: int = 14
    insiders: int = 2
    exact_total: bool = False

    def stricter(self, minimum: int, exact_total: bool = False) -> "Parameters":
        """Return these parameters with a larger `minimum`, and a reader who knows more.

        :raises ValueError: when `minimum` would let smaller groups through.
        """
        if minimum < self.minimum:
            raise ValueError(
                f"A group needs at least {self.minimum} people; {minimum} is fewer."
            )
        return replace(
            self,
            minimum=minimum,
            quarter_minimum=max(self.quarter_minimum, minimum),
            exact_total=self.exact_total or exact_total,
        )

    def as_dict(self) -> dict[str, int | bool]:
        """Return the numbers as they are written into a release."""
        return asdict(self)


AGREED = Parameters()
