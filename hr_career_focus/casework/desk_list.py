"""The desk's list: what waits, without a name; and the names, with a second person."""

from . import access_log, approvals, measures, purposes
from . import approval_words as w
from . import constants as c
from .belonging import at_desk
from .case import label
from .errors import NotYours
from .opening import TRAJECT, Dossier, standing, vault
from .views_second import DeskLine, NamesView

ROLE = "desk"


class DeskList:
    """The lists of a desk. Uses ``env``, ``companies``, ``now`` of a door."""

    def inbox(self):
        """Return the open cases without a name, those that wait for this desk first."""
        with vault(self.env) as inside:
            dossiers = _dossiers(inside, self.domain())
            access_log.log_all_once(
                dossiers, ROLE, self.env.user, purposes.LIST, self.now
            )
            lines = self._lines(dossiers)
        return sorted(
            lines,
            key=lambda one: (
                bool(one.colleague),
                not one.needs_action,
                one.month_requested,
                one.number,
            ),
        )

    def names(self):
        """Return the open cases with their names, in the companies that allow it now.

        :raise NotYours: while no second person has confirmed it
        """
        companies = self.companies.filtered(self._names_confirmed)
        if not companies:
            raise NotYours
        domain = [*self.domain(), ("company_id", "in", companies.ids)]
        with vault(self.env) as inside:
            dossiers = _dossiers(inside, domain)
            user, now = self.env.user, self.now
            drafts = [one.opening(ROLE, user, purposes.BULK, now) for one in dossiers]
            access_log.write(self.env, drafts)
            lines = self._lines(dossiers, with_names=True)
        return sorted(lines, key=lambda one: (one.who, one.number))

    def names_views(self):
        """Return how far the question to see the names is, for each company."""
        asked = approvals.asked(self.env, self.now)
        views = []
        for company in self.companies.sudo():
            until = approvals.good_until(self.env, company, w.BULK, "", self.now)
            mine = [
                one
                for one in asked
                if one.kind == w.BULK and one.company == company.name
            ]
            waits = any(one.state == w.ASKED for one in mine)
            refused = mine[0] if mine and mine[0].state == w.REFUSED else None
            views.append(
                NamesView(
                    company_id=company.id,
                    company=company.name,
                    until=until,
                    waits=waits,
                    refused_by=refused.answered_by if refused else "",
                    note=refused.note if refused else "",
                )
            )
        return views

    def ask_names(self, company_id, reason):
        """Ask a second person whether all names of a company may be shown."""
        company = self.companies.filtered(lambda one: one.id == company_id)
        if not company:
            raise NotYours
        approvals.ask(self.env, company, w.BULK, "", reason, self.now)

    def _names_confirmed(self, company):
        return approvals.granted(self.env, company, w.BULK, "", self.now)

    def _lines(self, dossiers, with_names=False):
        holders = {one.traject.id: one.holder_id for one in dossiers}
        users = self.env["res.users"].sudo().browse(set(holders.values()) - {None})
        keeping = at_desk(self.env, users.ids, self.today)
        names = {user.id: user.name for user in users.exists()}
        asked = measures.waiting(self.env(su=True), dossiers)
        lines = []
        for dossier in dossiers:
            traject = dossier.traject
            holder = holders[traject.id]
            is_other = holder != self.env.uid and (
                (holder, traject.company_id.id) in keeping
            )
            waiting, needs_action = waiting_for(self.env, traject)
            if traject.id in asked and not needs_action:
                waiting = self.env._("Answer what is asked from the budget.")
                needs_action = True
            lines.append(
                DeskLine(
                    ref=traject.ref,
                    number=approvals.number(traject.ref),
                    who=dossier.identity["name"] if with_names else "",
                    state=traject.state,
                    state_label=label(self.env, "state", traject.state),
                    month_requested=traject.month_requested,
                    coach_name=traject.coach_id.name or "",
                    waiting_for=waiting,
                    needs_action=needs_action,
                    colleague=names[holder] if is_other else "",
                )
            )
        return lines


def waiting_for(env, traject):
    """Return what a case waits for, and whether it is for the desk to act."""
    if traject.is_unsettled:
        return env._("Record what was used of the right; the rest goes back."), True
    if traject.state == c.REQUESTED:
        if traject.is_undecided:
            return env._(
                "Decide about the right: the facts on record are incomplete."
            ), True
        if traject.awaits_consultation:
            return env._("Consult on behalf of the employer, and record it."), True
        if not traject.coach_id:
            return env._("Propose a coach."), True
        return env._("The coach accepts or refuses."), False
    return (
        {
            c.INTAKE: env._("Employee and coach get acquainted and make an agreement."),
            c.AGREED: env._("The first session."),
            c.ACTIVE: env._("Employee and coach work together."),
            c.AFTERCARE: env._("Aftercare."),
        }[traject.state],
        False,
    )


def _dossiers(inside, domain):
    return [Dossier(one) for one in standing(inside[TRAJECT].search(domain))]
