"""Who asked for guidance, when, and how far it came.

Everything goes through the doors of ``casework``, as the person it happens to, at the
moment it is said to happen: the demo holds nothing that people could not have done.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import fields

from ..casework import constants as c
from ..casework import upkeep
from ..casework.coach import CoachDoor
from ..casework.desk import DeskDoor
from ..casework.employee import EmployeeDoor
from . import texts
from .cast import CAST
from .money import Money
from .staff import OMROEP, ZORG, members

DESK = {"W": "willem", "Z": "goedele"}
RULES = {
    "W": "hr_career_focus.entitlement_rule_omroep_demo",
    "Z": "hr_career_focus.entitlement_rule_zorg_demo",
}
OUTCOMES = (
    ["stays_renewed"],
    ["job_inside"],
    ["study", "stays_renewed"],
    ["none_yet"],
    ["fewer_hours"],
    ["job_outside"],
    [],
)
#: How many people started: (employer, calendar years ago, people).
STARTS = ((OMROEP, 2, 26), (OMROEP, 1, 38), (ZORG, 2, 11), (ZORG, 1, 17))


def tell(env, places):
    """Let the story happen."""
    Story(env, places).tell()


def at(day, hour=10):
    """A moment of a day."""
    return datetime.combine(day, time(hour))


class Story:
    """The story, told day by day."""

    def __init__(self, env, places):
        """Take the places; today is the last day of the story."""
        self.env = env
        self.places = places
        self.today = fields.Date.context_today(env.user)
        self.topic = 0
        self.money = Money(self)

    def tell(self):
        """Past years first, then the people who are under way now."""
        self.money.begin()
        self._past_years()
        upkeep.end_aftercare(self.env, self.today)
        self._karim()
        self._lotte()
        self._daan()
        self._leen()
        self._desk_work()
        self._under_way()
        self._ended_early()
        self._second_person()
        self.money.end()

    # -- doors ------------------------------------------------------------------

    def as_user(self, user):
        """The environment of a login, as a page would have it."""
        return self.env(
            user=user.id,
            su=False,
            context={"lang": user.lang, "tz": user.tz, "no_reset_password": True},
        )

    def employee(self, number, moment):
        """The employee's own door."""
        return EmployeeDoor(self.as_user(self.places.employees[number].user_id), moment)

    def desk(self, number, moment):
        """The door of the desk of this employee's company."""
        return DeskDoor(self.as_user(self.places.users[DESK[number[0]]]), moment)

    def coach(self, login, moment):
        """A coach's door."""
        return CoachDoor(self.as_user(self.places.users[login]), moment)

    # -- the steps of a case ----------------------------------------------------

    def request(self, number, day, kind=c.OWN_RIGHT, question="", **more):
        """Ask; returns the reference."""
        rule = self.env.ref(RULES[number[0]]) if kind == c.OWN_RIGHT else None
        door = self.employee(number, at(day, 19))
        return door.request(
            kind, rule_id=rule.id if rule else None, question=question, **more
        )

    def match(self, number, ref, login, day):
        """The desk proposes a coach."""
        case = self.desk(number, at(day)).case(ref)
        self.seen(case).assign(self.places.coaches[login].id)

    def accept(self, ref, login, day):
        """The coach takes the case."""
        self.seen(self.coach(login, at(day, 12)).case(ref)).accept()

    @staticmethod
    def seen(case):
        """Open the page of a case first, as people do: the employee reads that."""
        return case.view and case

    def agree(self, number, ref, login, day, language="nl", signs=True):
        """The coach proposes an agreement and signs; so does the employee."""
        case = self.coach(login, at(day, 9)).case(ref)
        version = case.propose_agreement(texts.AGREEMENTS[language])
        case.sign(version)
        if signs:
            self.employee(number, at(day, 20)).case(ref).sign(version)

    def session(
        self, number, ref, login, day, held=True, hours="1.5", where="Nijmegen"
    ):
        """A session is planned a week ahead, confirmed, and perhaps held."""
        planned = min(day - timedelta(days=7), self.today)
        moment = at(day, 14)
        proposed = (
            self.coach(login, at(planned, 11))
            .case(ref)
            .propose_session(
                {
                    "on": moment.isoformat(timespec="minutes"),
                    "where": where,
                    "modality": "in_person",
                }
            )
        )
        self.employee(number, at(planned, 18)).case(ref).answer_session(
            proposed, "confirmed"
        )
        if held:
            self.coach(login, at(day, 17)).case(ref).mark_session(
                proposed, "held", hours
            )

    def begin(self, number, login, day, kind=c.OWN_RIGHT, question="", language="nl"):
        """From the request to the first session on ``day``; returns the reference."""
        ref = self.request(number, day - timedelta(days=24), kind, question)
        self.match(number, ref, login, day - timedelta(days=21))
        self.accept(ref, login, day - timedelta(days=19))
        self.agree(number, ref, login, day - timedelta(days=12), language)
        self.session(number, ref, login, day)
        return ref

    def talk(self, number, ref, login, day, messages):
        """Messages to and fro, a few days apart."""
        for step, (who, text) in enumerate(messages):
            moment = at(min(day + timedelta(days=2 * step), self.today), 8)
            door = (
                self.coach(login, moment)
                if who == "coach"
                else self.employee(number, moment)
            )
            door.case(ref).write(c.MESSAGE, c.COACH, {"text": text})

    def phases(self, number, ref, day, *codes):
        """The employee enters phases."""
        case = self.employee(number, at(day, 21)).case(ref)
        for code in codes:
            case.set_phase(code, True)

    # -- past years -------------------------------------------------------------

    def _past_years(self):
        """People who started in the years that are closed; most have finished."""
        for employer, years_ago, how_many in STARTS:
            year = self.today.year - years_ago
            for place, number in enumerate(self._takers(employer, years_ago, how_many)):
                month = place * 5 % 12 + 1
                self._past_case(number, date(year, month, 3 + place % 24), place)

    def _takers(self, employer, years_ago, how_many):
        """Employees spread over the units, never the cast and never twice."""
        cast = {role.number for role in CAST}
        busy = cast | KEPT_FREE
        pool = [
            number
            for numbers in members(employer).values()
            for number in numbers
            # Odd numbers one year, even ones the other: nobody has the right twice.
            if int(number[1:]) % 2 == years_ago % 2
            and number not in busy
            and self._was_there(number, years_ago)
        ]
        return [pool[place * len(pool) // how_many] for place in range(how_many)]

    def _was_there(self, number, years_ago):
        """Employed since before the request could have been made."""
        start = self.places.employees[number].contract_date_start
        return start and start < date(self.today.year - years_ago - 1, 1, 1)

    def _past_case(self, number, day, place):
        """One traject of a closed year, start to end."""
        employer = number[0]
        login = "mieke" if employer == "Z" else ("joris", "sofie")[place % 3 == 2]
        kind = c.CAREER_FOCUS if place % 4 == 3 else c.OWN_RIGHT
        question = texts.QUESTIONS[place % len(texts.QUESTIONS)]
        ref = self.begin(number, login, day, kind, question, ("nl", "en")[place % 2])
        own = self.employee(number, at(day + timedelta(days=1), 20)).case(ref)
        own.write(c.NOTE, c.SELF, texts.NOTES[place % len(texts.NOTES)])
        self.phases(number, ref, day + timedelta(days=8), c.PHASES[place % 4][0])
        self.money.past_case(number, ref, login, day, place)
        end = day + relativedelta(months=3 + place % 3)
        if end > self.today - timedelta(days=30):
            return
        self.employee(number, at(end, 20)).case(ref).close(
            OUTCOMES[place % len(OUTCOMES)]
        )
        self.settle(number, ref, end + timedelta(days=10), place)
        last_talk = end + relativedelta(months=2 + place % 5)
        if place % 4 and last_talk < self.today:
            self.coach(login, at(last_talk)).case(ref).end_aftercare()

    def settle(self, number, ref, day, place):
        """The desk records what was used: mostly all of it, now and then less."""
        case = self.desk(number, at(day)).case(ref)
        view = case.view
        if c.SETTLE in view.actions:
            whole = view.deciding.most
            case.settle(whole if place % 3 else str(Decimal(whole) * 4 / 5))

    # -- the people you can log in as -------------------------------------------

    def _karim(self):
        """Under way for two months, with a plan and a first look outside."""
        first = self.today - timedelta(days=62)
        ref = self.begin("W0019", "joris", first, question=texts.KARIM_QUESTION)
        self.phases("W0019", ref, first + timedelta(days=2), "self")
        self.talk(
            "W0019", ref, "joris", first + timedelta(days=1), texts.KARIM_MESSAGES
        )
        self.session("W0019", ref, "joris", self.today - timedelta(days=40))
        self.session("W0019", ref, "joris", self.today - timedelta(days=19), hours="1")
        self.session("W0019", ref, "joris", self.today + timedelta(days=6), held=False)
        self.phases("W0019", ref, self.today - timedelta(days=30), "vision", "market")
        for days, note in zip((50, 9), texts.KARIM_NOTES, strict=True):
            moment = at(self.today - timedelta(days=days), 21)
            self.employee("W0019", moment).case(ref).write(c.NOTE, c.SELF, note)
        moment = at(self.today - timedelta(days=15), 21)
        own = self.employee("W0019", moment).case(ref)
        own.write(
            c.EXPLORATION,
            c.COACH,
            {
                **texts.KARIM_EXPLORATION,
                "on": (self.today - timedelta(days=17)).isoformat(),
            },
        )
        own.write(c.PLAN, c.COACH, texts.KARIM_PLAN)
        self.money.karim(ref, first)

    def _lotte(self):
        """Getting acquainted: the agreement waits for her; she asked for a course."""
        day = self.today - timedelta(days=13)
        ref = self.request("W0033", day, c.CAREER_FOCUS, texts.QUESTIONS[2])
        self.match("W0033", ref, "joris", day + timedelta(days=2))
        self.accept(ref, "joris", day + timedelta(days=4))
        self.agree("W0033", ref, "joris", day + timedelta(days=9), signs=False)
        self.money.lotte(ref)

    def _daan(self):
        """Finished, with an outcome, and in aftercare."""
        first = self.today - relativedelta(months=6)
        ref = self.begin(
            "W0110", "joris", first, c.CAREER_FOCUS, texts.QUESTIONS[1], "en"
        )
        self.phases("W0110", ref, first + timedelta(days=3), "self", "vision")
        self.session("W0110", ref, "joris", first + timedelta(days=30))
        own = self.employee("W0110", at(first + timedelta(days=60), 20)).case(ref)
        own.write(c.PLAN, c.SELF, texts.DAAN_PLAN)
        self.money.daan(ref, first)
        own = self.employee("W0110", at(self.today - timedelta(days=45), 20)).case(ref)
        own.close(["job_inside"], texts.DAAN_OUTCOME)

    def _leen(self):
        """Under way in Flanders."""
        first = self.today - timedelta(days=33)
        ref = self.begin("Z0010", "mieke", first, question=texts.LEEN_QUESTION)
        self.phases("Z0010", ref, first + timedelta(days=2), "self")
        self.talk("Z0010", ref, "mieke", first + timedelta(days=1), texts.LEEN_MESSAGES)
        own = self.employee("Z0010", at(first + timedelta(days=6), 21)).case(ref)
        own.write(c.NOTE, c.SELF, texts.LEEN_NOTE)
        self.session(
            "Z0010",
            ref,
            "mieke",
            self.today + timedelta(days=4),
            held=False,
            where="Mechelen",
        )
        self.money.leen(ref, first)

    # -- what waits for whom ----------------------------------------------------

    def _desk_work(self):
        """Requests that wait: for a coach, for a decision, for the coach's answer."""
        week_ago = self.today - timedelta(days=6)
        self.request("W0064", week_ago, question=texts.QUESTIONS[0])
        self.request(
            "W0118",
            self.today - timedelta(days=2),
            c.CAREER_FOCUS,
            texts.QUESTIONS[4],
            excluded_coach_ids=[self.places.coaches["sofie"].id],
        )
        # Nobody filled in since when this person works here: the desk must decide.
        self.request("W0077", self.today - timedelta(days=4))
        ref = self.request("W0015", week_ago, question=texts.QUESTIONS[5])
        self.match("W0015", ref, "joris", self.today - timedelta(days=3))
        self.request("Z0044", self.today - timedelta(days=3))
        ref = self.request("Z0015", week_ago, question=texts.QUESTIONS[3])
        self.match("Z0015", ref, "mieke", self.today - timedelta(days=2))

    def _under_way(self):
        """People in other phases, with other coaches."""
        first_session = self.today + timedelta(days=5)
        ref = self.request("W0021", self.today - timedelta(days=20))
        self.match("W0021", ref, "joris", self.today - timedelta(days=17))
        self.accept(ref, "joris", self.today - timedelta(days=15))
        self.agree("W0021", ref, "joris", self.today - timedelta(days=8), "en")
        self.session("W0021", ref, "joris", first_session, held=False)

        for place, (number, login, codes) in enumerate(
            (
                ("W0066", "sofie", ("market", "approach")),
                ("W0088", "joris", ("self", "vision", "market", "approach")),
                ("W0107", "sofie", ("vision",)),
                ("Z0047", "mieke", ("self", "market")),
            )
        ):
            first = self.today - timedelta(days=40 + 17 * place)
            kind = (c.OWN_RIGHT, c.CAREER_FOCUS)[place == 2]
            question = texts.QUESTIONS[place + 3]
            ref = self.begin(number, login, first, kind, question)
            self.phases(number, ref, first + timedelta(days=5), *codes)
            message = ("employee", texts.MESSAGES[place % len(texts.MESSAGES)])
            self.talk(number, ref, login, first + timedelta(days=7), [message])
            if kind == c.CAREER_FOCUS:
                self.money.overlap(number, ref)
            elif login == "joris":
                self.money.under_way(number, ref, first)

    def _ended_early(self):
        """One withdrew, one was told that there is no right yet."""
        day = self.today - timedelta(days=48)
        ref = self.request("W0099", day, question=texts.QUESTIONS[6])
        self.match("W0099", ref, "sofie", day + timedelta(days=3))
        self.employee("W0099", at(day + timedelta(days=9), 20)).case(ref).withdraw()
        day = self.today - timedelta(days=70)
        ref = self.request("W0045", day)
        self.desk("W0045", at(day + timedelta(days=5))).case(ref).decline(
            texts.DECLINE_REASON
        )

    def _second_person(self):
        """Willem asks to see all names; Petra has not answered yet."""
        yesterday = at(self.today - timedelta(days=1))
        company = self.places.companies["W"]
        self.desk("W", yesterday).ask_names(company.id, texts.WHY_NAMES)


#: Who appears in the present, and therefore did not start in an earlier year.
KEPT_FREE = {
    "W0015",
    "W0021",
    "W0045",
    "W0066",
    "W0077",
    "W0088",
    "W0099",
    "W0107",
    "W0118",
    "Z0015",
    "Z0044",
    "Z0047",
}
