"""The entitlement once more, as simple as it can be: a clerk who walks day by day.

This is the second reading of the same rules, made to be compared with the engine and
with nothing else in mind: it is slow, keeps plain notes and takes no short cuts. It
shares the words of the engine (`values`) and not its way of counting.

The clerk begins on the first day that matters and turns the page one day at a time.
Every morning the same things happen, in this order: what can no longer be kept lapses
or an interval ends; what a period gives is added; what was used that day is written
down. The answer for a day is what the notes say in the evening of it. To find out
when a right is back, the clerk simply goes on turning pages without any further use.

When a voucher expires unpaid, or when another text comes to apply, the clerk takes a
clean sheet and begins anew on the first page, with what is known now.

Only one thing is looked up less often than every day: which text is in force and
which contract terms count, because between two days that are named in the contracts
or the texts nothing about them can change.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from ..engine import values as v
from .naive_clerks import CLERKS
from .naive_papers import ONE_DAY, Papers, plus_months

#: How many days the clerk goes on to find out when an interval would be over.
FAR_AHEAD = 4000
#: Kinds that know no interval for somebody who is not employed on the day.
OF_THE_EMPLOYMENT = (v.EMPLOYMENT_YEARS, v.ONCE, v.ACCRUAL)


@dataclass
class NaiveAnswer:
    """What the clerk answers, in the words of the engine's answers."""

    rule_key: str
    status: str
    code: str
    left: Decimal = v.ZERO
    granted: Decimal = v.ZERO
    since: date | None = None
    until: date | None = None
    lapsing: Decimal = v.ZERO
    next_date: date | None = None
    #: What takes longest to wait for, whether or not waiting helps.
    waits_for: str = ""
    #: The last page that was turned: nothing is said about later days.
    last_page: date = date.max


class Walk:
    """The clerk on the way through the days, with what counts on the day ``asked``."""

    def __init__(self, papers, uses, asked):
        self.papers, self.uses = papers, uses
        self.text = papers.text(asked)
        book = defaultdict(list)
        for use in uses:
            if use.expires is not None and asked > use.expires:
                use = replace(use, quantity=use.redeemed)
                if not use.quantity:
                    continue
            book[use.on].append(use)
        self.clerk = CLERKS[self.text.interval.kind](papers, book, self.text)
        first = min([asked, *book])
        if self.text.interval.kind == v.ACCRUAL and papers.service(asked):
            first = papers.service(asked)
        elif not self.clerk.keeps_notes:
            first = asked
        self.today = first - ONE_DAY
        while self.today < asked:
            self.step()

    def step(self):
        """Turn one page."""
        self.today += ONE_DAY
        self.clerk.morning(self.today)

    def next_day(self):
        """Turn one page; begin anew when what counted so far is different now."""
        today = self.today + ONE_DAY
        expired = any(use.expires == self.today for use in self.uses)
        if expired or self.papers.text(today) is not self.text:
            return Walk(self.papers, self.uses, today)
        self.step()
        return self

    def note(self):
        return self.clerk.note(self.today)

    # What stands in the way on the page that lies open.

    def doubts(self, note):
        """What is not known, so that nobody may answer."""
        papers, day = self.papers, self.today
        terms, text = papers.terms(day), self.text
        if not text.text.verified:
            return [v.NOT_VERIFIED]
        if terms is None or terms.start is None:
            return [v.NO_START_DATE]
        found = {*papers.gaps_for_worth(text, day), *note.gaps}
        found.update(papers.gaps_for_admission(text, day))
        order = v.HOURS_UNKNOWN, v.WAGE_UNKNOWN, v.BIRTHDAY_UNKNOWN, v.CATEGORY_UNKNOWN
        return [code for code in order if code in found]

    def start(self):
        """First day of the employment of this page, or of the next one."""
        service = self.papers.service(self.today)
        return service or self.papers.facts.next_start(self.today)

    def exclusions(self):
        """Why this person does not have the right."""
        papers, day, text = self.papers, self.today, self.text
        if papers.law(day) is None and papers.coming_law(day) is None:
            return [v.RULE_ENDED]
        start, found = self.start(), []
        if start is None:
            return [v.EMPLOYMENT_ENDED]
        found += papers.exclusions(text, day)
        longest = text.eligibility.max_service_months
        if longest is not None and day >= plus_months(start, longest):
            found.append(v.SERVICE_TOO_LONG)
        leaving = text.exit == v.LAPSES and papers.terms(day).leaves_on is not None
        if leaving and papers.service(day):
            found.append(v.LEAVING)
        return found

    def waits(self):
        """What has to pass first, apart from the interval, with the day it is over."""
        papers, day, who = self.papers, self.today, self.text.eligibility
        if papers.law(day) is None:
            yield papers.coming_law(day), v.RULE_STARTS_LATER
        start = self.start()
        if papers.service(day) is None:
            yield start, v.NOT_EMPLOYED_YET
        for passed, code in (
            (plus_months(start, who.min_service_months), v.SERVICE_TOO_SHORT),
            (self.birthday(), v.TOO_YOUNG),
        ):
            if passed is not None and day < passed:
                yield passed, code

    def birthday(self):
        """The birthday on which somebody is old enough."""
        age, born = self.text.eligibility.min_age, self.papers.facts.birthday
        return None if age is None else plus_months(born, 12 * age)

    def is_open(self):
        """Whether something can be used today."""
        papers, day = self.papers, self.today
        if papers.law(day) is None or papers.service(day) is None:
            return False
        note = self.note()
        if not note.left:
            return False
        return not (self.exclusions() or self.doubts(note) or any(self.waits()))


def answer_of_right(facts, rules, uses, on_date, pages=450) -> NaiveAnswer:
    """Answer for one right: its wordings, and the company rules that improve it.

    :param pages: how many days the clerk goes on after the day that is asked about
    """
    papers = Papers(facts, rules)
    # What is not known yet on the day that is asked about cannot count.
    uses = [
        replace(use, completed=None)
        if use.completed is not None and use.completed > on_date
        else use
        for use in uses
        if use.rule_key == papers.key and use.on <= on_date and not use.returned
    ]
    last_page = on_date + timedelta(days=pages)
    if papers.terms(on_date) is None:
        doubt = v.NO_START_DATE
        if not papers.text(on_date).text.verified:
            doubt = v.NOT_VERIFIED
        return NaiveAnswer(papers.key, v.UNKNOWN, doubt)
    walk = Walk(papers, uses, on_date)
    note = walk.note()
    doubts = walk.doubts(note)
    if doubts:
        return NaiveAnswer(papers.key, v.UNKNOWN, doubts[0])
    exclusions = walk.exclusions()
    if exclusions:
        back = first_open(walk, last_page)
        answer = NaiveAnswer(papers.key, v.NOT_ELIGIBLE, exclusions[0], next_date=back)
    else:
        waits = sorted_waits(walk, note, facts, rules, uses)
        if waits:
            answer = refusal(walk, note, waits, last_page)
        else:
            answer = available(walk, note, uses, last_page)
    answer.last_page = last_page
    return answer


def first_open(walk, last_page):
    """Go on until the right is open; ``None`` when it is not, up to the last page."""
    occupations = walk.papers.facts.occupations()
    while walk.today < last_page:
        walk = walk.next_day()
        if walk.is_open():
            return walk.today
        day = walk.today
        if all(end < day for _start, end in occupations):
            return None
        if walk.papers.law(day) is None and walk.papers.coming_law(day) is None:
            return None
    return None


def sorted_waits(walk, note, facts, rules, uses):
    """Everything that has to pass first; what takes longest comes first."""
    waits = list(walk.waits())
    employed = walk.papers.service(walk.today) is not None
    counts = employed or walk.text.interval.kind not in OF_THE_EMPLOYMENT
    if counts and not note.left:
        waits.append((first_gift(walk, note, facts, rules, uses), note.code))
    return sorted(waits, key=lambda wait: wait[0] or date.max, reverse=True)


def first_gift(walk, note, facts, rules, uses):
    """When the interval gives something, if employment and text just went on."""
    last_page = walk.today + timedelta(days=FAR_AHEAD)
    if note.code in (v.USED_ONCE, v.COMPLETION_PENDING):
        # Nothing comes back but by a voucher that expires, or by another text.
        days = [*walk.papers.text_days, *(use.expires or date.min for use in uses)]
        last_page = min(last_page, max(days, default=walk.today) + timedelta(days=400))
    papers = Papers(facts, rules, forever=walk.today)
    ahead = Walk(papers, uses, walk.today)
    while ahead.today < last_page:
        ahead = ahead.next_day()
        if ahead.note().left:
            return ahead.today
    return None


def refusal(walk, note, waits, last_page):
    """Somebody has to wait: for how long, and does it help?"""
    papers, day = walk.papers, walk.today
    passed, code = waits[0]
    used = code != v.NOTHING_SAVED or (walk.clerk.used and day >= walk.clerk.entry)
    of_interval = code in (
        v.INTERVAL_RUNNING,
        v.BLOCK_USED,
        v.USED_ONCE,
        v.COMPLETION_PENDING,
        v.NOTHING_SAVED,
    )
    back = first_open(walk, last_page)
    answer = NaiveAnswer(papers.key, v.NOT_YET, code, v.ZERO, note.granted)
    answer.next_date, answer.waits_for = back, code
    if of_interval and used:
        answer.status, answer.since = v.USED_UP, note.since
    if back is None and passed is not None:
        no_law = no_job = passed
        while no_law > day and papers.law(no_law) is None:
            no_law -= ONE_DAY
        while no_job > day and papers.service(no_job) is None:
            no_job -= ONE_DAY
        if no_law < passed and no_law <= no_job:
            answer.code = v.RULE_ENDS_FIRST
        elif no_job < passed:
            answer.code = v.EMPLOYMENT_ENDS_FIRST
    return answer


def available(walk, note, uses, last_page):
    """Something is left: until when, and when does a fresh quantity come?"""
    papers, day = walk.papers, walk.today
    answer = NaiveAnswer(papers.key, v.AVAILABLE, note.code, note.left, note.granted)
    answer.since = note.since if note.fixed or note.end else opened_on(walk, note)
    if walk.text.interval.kind == v.ONCE:
        answer.since = papers.service(day)
    fresh = fresh_day(walk, note, uses, last_page)
    if fresh is not None:
        on_that_day = walk
        while on_that_day.today < fresh:
            on_that_day = on_that_day.next_day()
        answer.next_date = fresh if on_that_day.is_open() else None
        # That turned the pages of these notes: begin anew.
        walk = Walk(papers, uses, day)
    loss = first_loss(walk, note, fresh, last_page)
    if loss is not None:
        answer.until, answer.lapsing = loss[0] - ONE_DAY, loss[1]
    return answer


def opened_on(walk, note):
    """Since when a right that was not used since is open."""
    papers, day = walk.papers, walk.today
    months = walk.text.eligibility.min_service_months
    days = [plus_months(papers.service(day), months), walk.birthday(), note.since]
    for change in reversed([d for d in papers.text_days if d <= day]):
        if papers.law(change - ONE_DAY) is None:
            days.append(change)
            break
    return max(passed for passed in days if passed is not None)


def fresh_day(walk, note, uses, last_page):
    """When the next quantity comes, whatever may be in the way then."""
    papers, kind = walk.papers, walk.text.interval.kind
    if note.end is not None or not note.fixed or kind == v.ONCE:
        return note.end
    service = papers.service(walk.today)
    notes = Walk(papers, uses, walk.today)
    while notes.today < last_page:
        notes.step()
        if kind != v.ACCRUAL and notes.clerk.opened != note.since:
            return notes.today
        if kind == v.ACCRUAL and papers.service(notes.today) != service:
            return None
        if kind == v.ACCRUAL and notes.clerk.added > 0:
            return notes.today
    return None


def first_loss(walk, note, fresh, last_page):
    """The first day on which part of what is left now is gone, and how much."""
    papers, texts = walk.papers, set(walk.papers.both(walk.today))
    quiet = max([walk.today, *papers.days])
    longest = walk.text.eligibility.max_service_months
    if longest is not None:
        quiet = max(quiet, plus_months(papers.service(walk.today), longest))
    end = None if walk.text.interval.kind == v.ACCRUAL else fresh
    while walk.today < last_page:
        walk = walk.next_day()
        losses = []
        if walk.today == end or not walk.is_open():
            losses.append(note.left)
        elif note.lapse is not None and walk.today == note.lapse[0]:
            losses.append(note.lapse[1])
        elif not note.fixed and set(papers.both(walk.today)) != texts:
            losses.append(note.left - walk.note().left)
        if any(loss > 0 for loss in losses):
            return walk.today, max(losses)
        if walk.today > quiet and end is None and note.lapse is None:
            return None
    return None


def answers(facts, rules, uses, on_date, pages=450) -> list[NaiveAnswer]:
    """Answer for every right of the agreement on the contract, and of the company."""
    rules = list(rules)
    terms = facts.terms_on(on_date)
    if terms is None:
        return [NaiveAnswer("", v.UNKNOWN, v.NO_START_DATE)]
    rights = {}
    for rule in rules:
        own = rule.agreement.employer is not None
        ours = rule.agreement.employer == facts.employer
        applies = ours if own else rule.agreement.key == terms.agreement_key
        if rule.improves is None and applies:
            rights.setdefault(rule.key, []).append(rule)
    found = []
    for key, wordings in rights.items():
        better = [rule for rule in rules if rule.improves == key]
        found.append(answer_of_right(facts, [*wordings, *better], uses, on_date, pages))
    if terms.agreement_key is None:
        return [NaiveAnswer("", v.UNKNOWN, v.NO_AGREEMENT), *found]
    return found or [NaiveAnswer("", v.NOT_ELIGIBLE, v.NO_RULE)]
