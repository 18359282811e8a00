"""In balance: what vouchers say, held against what settlements say.

The desk sees what is true now; finance sees closed years, in money, and no figure that
stands for fewer than five vouchers. Whether all fits is told to both.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..engine import balance
from ..engine.dates import ONE_DAY, add_months
from ..engine.decimals import CENT
from ..engine.roles import GROUP_DESK, GROUP_FINANCE
from ..engine.statement import FORMAT, Statement, clean, problems
from ..vault import signing
from ..vault.blind_index import index_of
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from . import logins, vouchers
from .case import Door
from .errors import NotYours
from .opening import vault
from .settling import SETTLEMENT, digest_of, period_text

DIGEST = "money-digest"
#: How many closed years finance sees.
YEARS = 7
UNREADABLE = "unreadable"
#: Before there was any voucher.
BEGINNING = date(2000, 1, 1)


@dataclass(frozen=True)
class Money:
    """What there is: vouchers and settlements, and what of them does not fit."""

    vouchers: dict
    settlements: tuple
    faults: tuple

    def by_unit(self):
        """Return {(company, unit, currency): {reference: Voucher}}."""
        found = defaultdict(dict)
        for ref, one in self.vouchers.items():
            currency = one.currency if one.unit == balance.AMOUNT else ""
            found[one.company, one.unit, currency][ref] = one
        return found

    def digest(self, day):
        """Return the control number of everything, as seen on a day.

        Under the key file: nobody else finds out which states give it.
        """
        said = sorted(
            f"{ref} {' '.join(map(str, one.totals(day)))}"
            for ref, one in self.vouchers.items()
            if one.issued <= day
        )
        said += sorted(
            f"{one.ref} {one.total} {one.vat}"
            for one in self.settlements
            if one.closed <= day
        )
        return index_of(load_keyring(), DIGEST, "\n".join(said))


def look(env, today, companies=None):
    """Read all vouchers and settlements, of some companies or of all."""
    wanted = None if companies is None else set(companies.ids)
    ring = load_keyring()
    with vault(env) as inside:
        try:
            found = {
                row.ref: one
                for row, one in vouchers.all_of(inside)
                if wanted is None or one.company in wanted
            }
        except VaultError:
            # A row that nobody can open is what this is there to find.
            return Money({}, (), (balance.Fault(UNREADABLE),))
        domain = [] if wanted is None else [("company_id", "in", list(wanted))]
        paid = tuple(
            _paid(ring, one) for one in inside[SETTLEMENT].search(domain, order="ref")
        )

    def serial_of(voucher, settlement):
        return signing.serial_of(ring, voucher, settlement)

    # Vouchers that are long over are forgotten; their settlements are not.
    oldest = add_months(today, -vouchers.KEPT_MONTHS).replace(day=1)
    young = [one for one in paid if one.first >= oldest]
    kept = {one.ref for one in paid} - {one.ref for one in young}
    wrong = [
        one
        for one in balance.faults(_without(found, kept), young, serial_of)
        if one.settlement not in kept
    ]
    return Money(found, paid, tuple(wrong))


def _without(found, settlements):
    """Leave out the vouchers of settlements that are too old to be held to account."""
    return {
        ref: one
        for ref, one in found.items()
        if not any(spend.settlement in settlements for spend in one.uses)
    }


def _paid(ring, settlement):
    """Return a settlement as the engine takes it."""
    total, vat = (
        Decimal(str(one)).quantize(CENT) for one in (settlement.total, settlement.vat)
    )
    try:
        statement = settlement._statement()
        lines, sound = statement.lines, _is_sound(ring, settlement, statement)
    except (ValueError, KeyError, TypeError):
        lines, sound = (), False
    return balance.Paid(
        ref=settlement.ref,
        company=settlement.company_id.id,
        provider=settlement.provider_id.id,
        currency=settlement.currency_id.name,
        first=settlement.month_from,
        last=settlement.month_to,
        closed=settlement.closed_on,
        number=settlement.number,
        minimum=settlement.minimum,
        total=total,
        vat=vat,
        serials=tuple(serial for serial, _signature in lines),
        sound=sound,
    )


def _is_sound(ring, settlement, statement: Statement):
    """Whether a statement is as it was signed, and says what its row says."""
    number = str(settlement.number or f"1-{settlement.minimum - 1}")
    said = {
        "format": FORMAT,
        "settlement": settlement.ref,
        "period": period_text(settlement.month_from, settlement.month_to),
        "currency": settlement.currency_id.name,
        "number": number,
        "total": f"{settlement.total:.2f}",
        "vat": f"{settlement.vat:.2f}",
    }
    key = signing.public_key(ring)
    return (
        all(statement.head[name] == clean(text) for name, text in said.items())
        and digest_of(settlement.statement) == settlement.digest
        and not problems(statement, key, signing.is_signed)
    )


# -- the page ------------------------------------------------------------------------


@dataclass(frozen=True)
class LiveLine:
    """A company's balance in one unit, since the beginning."""

    company: str
    unit: str
    currency: object
    sheet: balance.Sheet


@dataclass(frozen=True)
class YearLine:
    """What finance sees of a year, or of years that are shown together."""

    company: str
    currency: object
    row: balance.Row


@dataclass(frozen=True)
class MoneyView:
    """The page, for the desk or for finance."""

    is_live: bool
    lines: tuple
    is_balanced: bool
    faults: tuple
    digest: str
    key: str
    until: date


class MoneyDoor(Door):
    """The balance: for finance in closed years, for the desk as it is now."""

    def __init__(self, env, now=None):
        super().__init__(env, now)
        user = env.user
        mandates = env["hr.career.mandate"].sudo()
        self.is_live = user.has_group(GROUP_DESK) and bool(
            mandates._mandated_companies(user, self.today)
        )
        if self.is_live:
            logins.require_second_factor(env)
            self.companies = mandates._mandated_companies(user, self.today)
        elif user.has_group(GROUP_FINANCE):
            self.companies = user.sudo().company_ids
        else:
            raise NotYours

    def view(self):
        """Return what the page shows."""
        money = look(self.env, self.today, self.companies)
        last = balance.closed_year(self.today)
        until = self.today if self.is_live else date(last, 12, 31)
        lines = self._live(money) if self.is_live else self._years(money, last)
        return MoneyView(
            is_live=self.is_live,
            lines=tuple(lines),
            is_balanced=not money.faults,
            faults=tuple(sorted({one.code for one in money.faults})),
            digest=money.digest(until),
            key=signing.public_key(load_keyring()),
            until=until,
        )

    def _live(self, money):
        for (company, unit, currency), some in sorted(money.by_unit().items()):
            yield LiveLine(
                company=self._name(company),
                unit=unit,
                currency=self._currency(currency),
                sheet=balance.sheet(some.values(), BEGINNING, self.today),
            )

    def _years(self, money, last):
        found = defaultdict(dict)
        for ref, one in money.vouchers.items():
            found[one.company, one.currency][ref] = one
        for (company, currency), some in sorted(found.items()):
            rows = balance.published(some, money.settlements, last)
            for row in reversed(rows):
                if row.last > last - YEARS:
                    yield YearLine(self._name(company), self._currency(currency), row)

    def _name(self, company):
        return self.companies.browse(company).sudo().name

    def _currency(self, name):
        currencies = self.env["res.currency"].sudo()
        domain = [("name", "=", name), ("active", "in", (True, False))]
        return currencies.search(domain, limit=1)


# -- the command ---------------------------------------------------------------------


@dataclass(frozen=True)
class Report:
    """What the command prints."""

    lines: tuple
    is_balanced: bool


def for_command(env, year=None, month=None, today=None):
    """Return the balance of a period, for whoever has the key file anyway."""
    today = today or date.today()
    first, last = _period(year, month, today)
    money = look(env, today)
    lines = [f"From {first:%Y-%m} to {last:%Y-%m}." if year or month else "In all."]
    balanced = not money.faults
    names = {one.id: one.name for one in env["res.company"].sudo().search([])}
    for (company, unit, currency), some in sorted(money.by_unit().items()):
        sheet = balance.sheet(some.values(), first, last)
        balanced = balanced and sheet.is_balanced
        said = ", ".join(
            f"{name} {number:f}" for name, number in sheet._asdict().items()
        )
        lines.append(f"{names.get(company, company)} ({currency or unit}): {said}")
    counted = defaultdict(int)
    for one in money.faults:
        counted[one] += 1
    for one, number in sorted(counted.items()):
        where = f" (settlement {one.settlement})" if one.settlement else ""
        lines.append(f"{number} x {fault_text(env, one.code)}{where}")
    lines.append(f"Digest: {money.digest(last)}")
    lines.append("In balance." if balanced else "NOT in balance.")
    return Report(tuple(lines), balanced)


def _period(year, month, today):
    """Return the first day and the last day of what was asked for."""
    if month:
        first = date.fromisoformat(f"{month}-01")
        return first, add_months(first, 1) - ONE_DAY
    if year:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    return BEGINNING, today


def fault_text(env, code):
    """Return what is wrong, in words."""
    return {
        balance.LATE: env._("A voucher was used before or after it was valid."),
        balance.NOWHERE: env._("A use is in a settlement that does not exist."),
        balance.SERIALS: env._(
            "A line of a settlement stands for no voucher, or a voucher has no line."
        ),
        balance.SUM: env._("The sum of a settlement is not the sum of its vouchers."),
        balance.PLACE: env._(
            "A settlement holds a use of another company, provider, currency or month."
        ),
        balance.NUMBER: env._("The number of vouchers in a settlement is not right."),
        balance.SIGNATURE: env._("A statement is not as it was signed."),
        UNREADABLE: env._("A voucher cannot be opened."),
    }[code]
