"""The own data and the certificate of a deletion on paper, in the reader's language."""

from datetime import datetime

from ..casework import constants as c
from ..casework.case import label
from ..casework.certificate import digest_of, number_of
from .paper import Paper
from .wording import Say


def own_data_pdf(env, data) -> bytes:
    """Return the own data as a PDF.

    :param data: what :func:`~..casework.own_data.collect` gave
    """
    words = Words(env)
    paper = _paper(env, env._("My file"))
    paper.text(
        env._(
            "Everything that is kept about your traject and that you may see, on "
            "%(moment)s. No copy of it is kept here.",
            moment=words.moment(data["made_on"]),
        ),
        soft=True,
    )
    paper.facts(words.case_facts(data))
    for kind, texts in words.texts_by_kind(data["texts"]):
        paper.heading(words.heading(kind))
        for text in texts:
            paper.entry(*words.entry(text))
    if data["locked_texts"]:
        paper.text(
            env._(
                "%(number)s of your texts are locked with your personal key and are "
                "not in this file. Unlock them on your page and download again.",
                number=data["locked_texts"],
            )
        )
    if data["rights_used"]:
        paper.heading(env._("Rights you used"))
        for used in data["rights_used"]:
            paper.facts(words.right_facts(used))
    paper.heading(env._("Who opened your file"))
    if not data["openings"]:
        paper.text(env._("Nobody but you has opened it."))
    paper.facts(
        (words.moment(one["at"]), words.opening(one)) for one in data["openings"]
    )
    for odd in data["odd_openings"]:
        paper.entry(*words.odd(odd))
    if data["reminder"]:
        paper.heading(env._("Your reminder"))
        paper.facts(
            [
                (env._("E-mail address"), data["reminder"]["address"]),
                (env._("Months before"), data["reminder"]["months_before"]),
            ]
        )
    return paper.to_bytes()


def certificate_pdf(env, erased) -> bytes:
    """Return the certificate of a deletion as a PDF."""
    paper = _paper(env, env._("Deleted for good"))
    for line in certificate_lines(env, erased):
        paper.text(line)
    paper.facts(certificate_facts(env, erased))
    return paper.to_bytes()


def certificate_text(env, erased) -> str:
    """Return the certificate of a deletion as plain text."""
    lines = [env._("Deleted for good"), "", *certificate_lines(env, erased), ""]
    lines += [f"{name}: {value}" for name, value in certificate_facts(env, erased)]
    return "\n".join(lines) + "\n"


def certificate_lines(env, erased):
    """Return what a certificate says, as sentences."""
    lines = [
        env._(
            "On %(day)s the key of this file was destroyed and its rows were deleted. "
            "Its number is on the list of what may never be opened again: also when an "
            "older backup is put back, this system does not open the file.",
            day=Say(env).day(erased.day),
        )
    ]
    if erased.keeps_right:
        lines.append(
            env._(
                "One thing is kept, because a right counts once: which right was used, "
                "how much of it and in which month. It is kept under a code, without "
                "a name."
            )
        )
    return lines


def certificate_facts(env, erased):
    """Return the table of a certificate: (name, value)."""
    words = Words(env)
    return [
        (env._("Number"), number_of(erased.mark)),
        *((words.kind(kind), number) for kind, number in erased.kinds),
        (env._("Lines about who opened it"), erased.openings),
        (env._("Digest (SHA-256)"), number_of(digest_of(erased))),
    ]


def _paper(env, title):
    def page_of(page, pages):
        return env._("Page %(page)s of %(pages)s", page=page, pages=pages)

    return Paper(title, page_of, (env.lang or "en").replace("_", "-"))


class Words:
    """Codes of the own data in words."""

    def __init__(self, env):
        self.env = env
        self.say = Say(env)
        fields = env["ir.model.fields"]
        self._kinds = dict(fields.get_field_selection("hr.career.entry", "kind"))
        self._readers = dict(fields.get_field_selection("hr.career.entry", "audience"))

    def kind(self, code):
        return self._kinds.get(code, code)

    def heading(self, code):
        """Return the heading over all texts of a kind."""
        return {
            c.NOTE: self.env._("Notes"),
            c.MESSAGE: self.env._("Messages"),
            c.PLAN: self.env._("Versions of your plan"),
            c.EXPLORATION: self.env._("What you discovered"),
            c.SESSION: self.env._("Sessions"),
            c.AGREEMENT: self.env._("Agreements"),
            c.PHASE: self.env._("When you were in which phase"),
            c.OUTCOME: self.env._("What it brought you"),
            c.DECISION: self.env._("Decisions of the career desk"),
            c.WISHES: self.env._("What you asked for"),
            c.VOUCHER: self.env._("Vouchers you made"),
            c.MEASURE: self.env._("What you asked from the budget"),
        }.get(code, self.kind(code))

    def moment(self, text):
        return self.say.moment(datetime.fromisoformat(text))

    def month(self, text):
        return self.say.month(datetime.strptime(text, "%Y-%m").date()) if text else ""

    def texts_by_kind(self, texts):
        """Return the texts of each kind, in the order of the page."""
        for kind in c.ENTRY_KINDS:
            found = [text for text in texts if text["kind"] == kind]
            if found:
                yield kind, found

    def case_facts(self, data):
        you, case = data["you"], data["case"]
        return [
            (self.env._("Name"), you["name"]),
            (self.env._("How your coach calls you"), you["alias"]),
            (self.env._("E-mail address"), you["address"]),
            (self.env._("Employer"), case["employer"]),
            (self.env._("Kind"), label(self.env, "kind", case["kind"])),
            (self.env._("State"), label(self.env, "state", case["state"])),
            (self.env._("Asked in"), self.month(case["month_requested"])),
            (self.env._("Begun in"), self.month(case["month_started"])),
            (self.env._("Ended in"), self.month(case["month_closed"])),
            (self.env._("Aftercare until"), self.month(case["aftercare_until"])),
            (self.env._("Your coach"), case["coach"]),
            (
                self.env._("Phases you are in"),
                ", ".join(label(self.env, f"phase_{one}") for one in case["phases"]),
            ),
            (self.env._("Reference"), case["reference"]),
        ]

    def entry(self, text):
        """Return heading, small line and named fields of one text."""
        values = text["fields"]
        below = [self._by(text["written_by"]), self._readers.get(text["readers"], "")]
        if text["removed_on"]:
            below.append(self.env._("Removed on %s", self.say.day(text["removed_on"])))
        named = [
            (name, self._value(text["kind"], code, values[code]))
            for code, name in self._field_names(text["kind"]).items()
            if values.get(code) not in (None, "", [])
        ]
        return self.moment(text["at"]), " · ".join(filter(None, below)), named

    def _by(self, role):
        labels = {
            "employee": self.env._("Written by you"),
            "coach": self.env._("Written by your coach"),
            "desk": self.env._("Written by the career desk"),
        }
        return labels.get(role, role)

    def _value(self, kind, code, value):
        if code == "outcomes":
            known = dict(self.say.outcomes())
            return ", ".join(known.get(one, one) for one in value)
        if code == "hours":
            return self.say.number(value)
        if code == "code":
            return label(self.env, f"phase_{value}")
        if code == "modality":
            return self.say.modality(value)
        if code == "on" and kind == c.SESSION:
            return self.say.appointment(value)
        if code in ("on", "next_date"):
            return self.say.day(value)
        if code == "status":
            return self._status(value)
        if code == "entered":
            return self.env._("Entered") if value else self.env._("Left")
        if isinstance(value, bool):
            return self.env._("Yes") if value else self.env._("No")
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return str(value)

    def _status(self, code):
        labels = {
            "proposed": self.env._("Proposed"),
            "confirmed": self.env._("Confirmed"),
            "held": self.env._("Held"),
            "cancelled": self.env._("Cancelled"),
        }
        return labels.get(code, code)

    def _field_names(self, kind):
        """Return {field of an entry: its name}, in the order of reading."""
        return {
            "title": self.env._("Title"),
            "code": self.env._("Phase"),
            "entered": "",
            "ambitions": self.env._("What I want"),
            "strengths": self.env._("What I am good at"),
            "steps": self.env._("My next steps"),
            "text": self.env._("Anything else") if kind == c.PLAN else "",
            "on": self.env._("When"),
            "tried": self.env._("What I tried"),
            "learned": self.env._("What I learned"),
            "next_step": self.env._("My next step"),
            "goal": self.env._("Goal"),
            "approach": self.env._("How we work"),
            "sessions": self.env._("Sessions"),
            "hours": self.env._("Hours"),
            "both_sides": self.env._("What we ask of each other"),
            "reporting": self.env._("What is told to whom"),
            "where": self.env._("Where"),
            "modality": self.env._("How"),
            "note": self.env._("Note"),
            "status": self.env._("State"),
            "outcomes": self.env._("What it brought me"),
            "coach_name": self.env._("The coach you asked for"),
            "excluded": self.env._("Coaches you did not want"),
            "rule": self.env._("Right"),
            "asked": self.env._("What the desk read"),
            "what": self.env._("Help with"),
            "wanted": self.env._("Amount"),
            "about": self.env._("Name in the budget"),
            "reason": self.env._("Reason"),
            "next_date": self.env._("You can ask again from"),
            "consulted": self.env._("The desk has consulted for the employer"),
            "used": self.env._("Used"),
            "voucher": self.env._("Code"),
        }

    def right_facts(self, used):
        return [
            (
                self.env._("Right"),
                used["right"] or self.env._("No longer in an agreement"),
            ),
            (self.env._("Agreement"), used["agreement"]),
            (
                self.env._("How much"),
                used["amount"] or self.say.number(used["quantity"]),
            ),
            (self.env._("Asked in"), self.month(used["month"])),
            (self.env._("Ended in"), self.month(used["completed"])),
            (self.env._("Given back"), self.env._("Yes") if used["given_back"] else ""),
        ]

    def odd(self, one):
        """Return heading, small line and texts of an opening that was called odd."""
        answers = "\n\n".join(answer["text"] for answer in one["answers"])
        return (
            self.env._("You called this odd: %s", self.moment(one["at"])),
            self.say.role(one["role"]),
            [
                (self.env._("Your remark"), one["remark"]),
                (self.env._("The answer"), answers),
                (self.env._("Who it was"), one["name"]),
            ],
        )

    def opening(self, one):
        return " · ".join([self.say.role(one["role"]), one["what"]])
