"""What it costs: providers, vouchers, settlements and a budget for internal moves.

The story calls this as it goes. Who pays, redeems, asks and answers does so at the
doors, at the moment it is said to happen; the jobs of the night and of the closing do
the rest, month by month.
"""

from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

from ..casework import budget_words as w
from ..casework import budget_year, budgets, settling, uses, vouchers
from ..casework import constants as c
from ..casework.opening import vault
from ..casework.redeeming import RedeemDoor
from ..engine.settlement import CLOSING_DAY
from . import texts
from .dutch import budgets_in_dutch
from .setting import name_record

#: What each line may cost in a year, and what one usually costs.
LINES = (
    (w.TRAINING, 24_000, 1_200),
    (w.SHADOWING, 3_000, 300),
    (w.TRIAL, 16_000, 4_000),
    (w.OVERLAP, 9_000, 4_500),
    (w.RELOCATION, 6_000, 3_000),
    (w.COACHING, 8_000, 900),
    (w.SELF_EMPLOYED, 5_000, 2_500),
    (w.RIGHTS, 30_000, 1_000),
)
BAKKER, KOMPAS, OUALI = "bakker", "kompas", "ouali"


def at(day, hour):
    """A moment of a day."""
    return datetime.combine(day, time(hour))


class Money:
    """The part of the story that costs something."""

    def __init__(self, story):
        """Take the story: its doors, its places and its last day."""
        self.story = story
        self.env = story.env
        self.places = story.places
        self.today = story.today
        self.providers = {}
        self.sent = 0

    def begin(self):
        """Before anybody asks: who is paid, and what there is for internal moves."""
        hannah = self._login("hannah")
        for name, card in texts.PROVIDERS.items():
            self.providers[name] = self._provider(hannah, name, card)
        hannah["hr.career.provider.key"].create(
            {"provider_id": self.providers[OUALI].id}
        ).action_make()
        for years_ago in (1, 0):
            self._budget(hannah, self.today.year - years_ago)

    def _provider(self, hannah, name, card):
        login, prefix = card["coach"], card["company"]
        partner = self.env["res.partner"].create(
            {
                "name": card["name"],
                "is_company": True,
                "email": card["email"],
                "company_id": self.places.companies[prefix].id,
            }
        )
        provider = hannah["hr.career.provider"].create(
            {
                "name": card["name"],
                "partner_id": partner.id,
                "company_ids": [Command.set(self.places.companies[prefix].ids)],
                "currency_id": self.env.ref("base.EUR").id,
                **card["prices"],
            }
        )
        if login:
            provider.coach_ids = [Command.set(self.places.coaches[login].ids)]
        name_record(self.env, f"provider_{name}_demo", provider)
        return provider

    def _budget(self, hannah, year):
        """HR makes the budget of a year; it is open from its first day on."""
        budget = hannah["hr.career.budget"].create(
            {
                "name": texts.BUDGET_NAME.format(year=year),
                "company_id": self.places.companies["W"].id,
                "date_from": date(year, 1, 1),
                "date_to": date(year, 12, 31),
                "owner_id": self.places.users["marieke"].id,
                "line_ids": [
                    Command.create(
                        {"kind": kind, "planned": planned, "list_price": price}
                    )
                    for kind, planned, price in LINES
                ],
            }
        )
        budget._open(date(year, 1, 1))
        budgets_in_dutch(self.env, budget, year)
        is_now = year == self.today.year
        name_record(
            self.env, f"budget_omroep_{'now' if is_now else 'old'}_demo", budget
        )

    def _login(self, login):
        """The environment of somebody of the cast."""
        return self.story.as_user(self.places.users[login])

    # -- vouchers --------------------------------------------------------------------

    def voucher(self, number, ref, day, how_much=""):
        """The employee makes a voucher; returns its reference in the file."""
        case = self.story.employee(number, at(day, 21)).case(ref)
        case.make_voucher(how_much)
        return case.view.vouchers.vouchers[0].ref

    def redeem(self, number, ref, own, name, day, hours="", amount=""):
        """A provider takes something of a voucher, from the code on a phone.

        :param own: reference of the voucher in the employee's file
        """
        moment = at(day, 16)
        code = self.story.employee(number, moment).case(ref).voucher(own).code
        login = texts.PROVIDERS[name]["coach"]
        env = (
            self._login(login)
            if login
            else self.env(user=self.env.ref("base.public_user").id, su=False)
        )
        self.sent += 1
        typed = {
            "hours": hours,
            "quantity": hours,
            "amount": amount,
            "invoice": f"{day:%Y}-{self.sent:03d}",
        }
        door = RedeemDoor(env, self.providers[name], now=moment)
        door.redeem(code, typed, f"{self.sent:024x}")

    # -- the people of the story -----------------------------------------------------

    def past_case(self, number, ref, login, day, place):
        """What a traject of a closed year cost."""
        case = self.story.employee(number, at(day, 21)).case(ref)
        if number.startswith("Z") or day + timedelta(days=50) > self.today:
            return
        if case.view.kind == c.CAREER_FOCUS:
            if day.year == self.today.year - 1:
                self._past_measure(number, ref, login, day, place)
        elif login == "joris":
            own = self.voucher(number, ref, day + timedelta(days=1), "750")
            self.redeem(number, ref, own, BAKKER, day + timedelta(days=14), hours="3")
            more = str(1 + place % 3)
            self.redeem(number, ref, own, BAKKER, day + timedelta(days=45), hours=more)

    def _past_measure(self, number, ref, login, day, place):
        """A day elsewhere; a course, or more talks than usual, paid with a voucher."""
        seen = day + timedelta(days=8)
        text = texts.MEASURES[w.SHADOWING]
        entry = self.ask(number, ref, seen, w.SHADOWING, "250", text)
        self.promise(number, ref, entry, seen + timedelta(days=3), "250")
        self.pay(number, ref, entry, seen + timedelta(days=30), "225")
        by_voucher = login == "joris"
        kind = w.COACHING if by_voucher else w.TRAINING
        asked = day + timedelta(days=9)
        wanted = str(600 + place * 15)
        entry = self.ask(number, ref, asked, kind, wanted, texts.MEASURES[kind])
        promised = asked + timedelta(days=6)
        self.promise(number, ref, entry, promised, wanted, by_voucher=by_voucher)
        later = asked + timedelta(days=36)
        if by_voucher:
            moment = at(promised, 21)
            view = self.story.employee(number, moment).case(ref).view
            own = view.vouchers.vouchers[0].ref
            self.redeem(number, ref, own, BAKKER, later, hours="4")
        else:
            self.pay(number, ref, entry, later, wanted)

    def karim(self, ref, first):
        """Three vouchers: one in use, one partly used elsewhere, one ended."""
        begun = first + timedelta(days=3)
        talks = self.voucher("W0019", ref, begun, "600")
        for days, hours in ((40, "1.5"), (19, "1")):
            day = self.today - timedelta(days=days)
            self.redeem("W0019", ref, talks, BAKKER, day, hours=hours)
        check = self.voucher("W0019", ref, self.today - timedelta(days=18), "150")
        day = self.today - timedelta(days=12)
        self.redeem("W0019", ref, check, OUALI, day, amount="95.00")
        day = self.today - timedelta(days=8)
        ended = self.voucher("W0019", ref, day, "100")
        moment = at(day + timedelta(days=1), 20)
        self.story.employee("W0019", moment).case(ref).end_voucher(ended)

    def leen(self, ref, first):
        """Hours, as the house rule of the care group has it."""
        own = self.voucher("Z0010", ref, first + timedelta(days=1), "4")
        self.redeem("Z0010", ref, own, KOMPAS, first + timedelta(days=2), hours="1.5")

    def under_way(self, number, ref, first):
        """Somebody who goes to a coach of the own choice besides."""
        own = self.voucher(number, ref, first + timedelta(days=4), "400")
        self.redeem(number, ref, own, OUALI, first + timedelta(days=20), hours="1.5")

    def lotte(self, ref):
        """She asked for a course, and the desk has not answered yet."""
        day = self.today - timedelta(days=3)
        self.ask("W0033", ref, day, w.TRAINING, "750", texts.LOTTE_MEASURE)

    def daan(self, ref, first):
        """His course was promised, paid and is done."""
        asked = first + timedelta(days=10)
        entry = self.ask("W0110", ref, asked, w.TRAINING, "950", texts.DAAN_MEASURE)
        self.promise("W0110", ref, entry, asked + timedelta(days=5), "950")
        self.pay("W0110", ref, entry, asked + timedelta(days=40), "890")

    def overlap(self, number, ref):
        """A month in which two people do one job: promised, and not paid yet."""
        asked = self.today - timedelta(days=40)
        text = texts.MEASURES[w.OVERLAP]
        entry = self.ask(number, ref, asked, w.OVERLAP, "7400", text)
        day = self.today - timedelta(days=36)
        self.promise(number, ref, entry, day, "7400", texts.PROMISE)

    def ask(self, number, ref, day, kind, wanted, text):
        """The employee asks for help from the budget; returns the reference."""
        case = self.story.employee(number, at(day, 20)).case(ref)
        return case.ask_measure(kind, wanted, text)

    def promise(self, number, ref, entry, day, amount, note="", by_voucher=False):
        """The desk says yes."""
        case = self.story.desk(number, at(day, 11)).case(ref)
        self.story.seen(case).promise_measure(entry, amount, note, by_voucher)

    def pay(self, number, ref, entry, day, amount):
        """The desk records the bill, and gives the rest back."""
        case = self.story.desk(number, at(day, 11)).case(ref)
        self.story.seen(case).record_cost(entry, amount)
        if any(one.ref == entry and one.committed for one in case.view.measures):
            case.finish_measure(entry)

    # -- what happened by date ---------------------------------------------------------

    def end(self):
        """The closings of every month, what finance did, and the jobs of the night."""
        day = date(self.today.year - 2, 1, CLOSING_DAY)
        while day <= self.today:
            settling.close(self.env, day)
            day += relativedelta(months=1)
        self._finance()
        # The turn of the year, the answers of this month, and last night.
        for night in (date(self.today.year, 1, 1), self.today.replace(day=1)):
            budget_year.keep(self.env(su=True), night)
        for mix in (vouchers.mix, uses.mix, budgets.mix):
            with vault(self.env) as inside:
                mix(inside, self.today)

    def _finance(self):
        """Anouk has paid what was settled; the latest waits for her."""
        settlements = self._login("anouk")["hr.career.settlement"].search([])
        for settlement in settlements[1:]:
            settlement.action_approve()
            settlement.action_pay()
