"""Proving a release again, for the works council and HR policy."""

from odoo import models
from odoo.exceptions import AccessError

from odoo.addons.hr_career_focus.casework import purging

from ..engine import release as engine
from .frozen_mixin import publishing

READERS = ("hr_career_focus.group_works_council", "hr_career_focus.group_policy")


class HrCareerRelease(models.Model):
    """A release can be proven again until cases of its year are deleted by rule.

    Whoever may read the release may ask. The answer is yes or no, the number of people
    on the list and the number of rows: all of it public. Nothing is stored or logged.
    """

    _inherit = "hr.career.release"

    def _prove(self):
        """Search the proof again, and let the independent checker recount it.

        Reads the vault and HR history as they are now. A row that no longer holds
        because somebody deleted an own case since then is taken wider by the engine.

        :return: ``{"holds": bool, "people": int, "insiders": int, "rows": int}``, or
            the sentence that says why it cannot be done any more.
        :raises AccessError: for others than the works council and HR policy.
        """
        self.ensure_one()
        self._check_reader()
        if not self._can_prove():
            return self._proof_over()
        job = self.env["hr.career.release.job"].sudo()
        release = self.sudo()
        company, year = release.company_id, release.year
        releases = job._of_year(company, year, before=release) | release
        registers = job._registers(company, year, set(releases.mapped("period")))
        register = registers[release.period]
        lists = [registers[one.period] for one in releases]
        if not (release.certificate or {}).get("lists"):
            return self.env._(
                "These figures were made before a proof was made, so there is none to "
                "repeat."
            )
        if not release._is_about(lists):
            return self.env._(
                "The list of employees of that year was changed in HR after these "
                "figures were published, so the proof cannot be repeated on it."
            )
        parameters = release._engine_parameters()
        with publishing():
            starts = job._starts(company, year) if release.cell_ids else {}
        proof = engine.prove(
            [one._published(registers[one.period]) for one in releases],
            starts,
            parameters,
        )
        return {
            "holds": proof["holds"],
            "people": len(register),
            "insiders": parameters.insiders,
            "rows": proof["rows"],
        }

    def _check_reader(self):
        """Refuse whoever may not ask, also where the release was found as superuser.

        :raises AccessError: for others than the works council and HR policy.
        """
        user = self.env.user
        if user._is_superuser():
            return
        if not any(user.has_group(group) for group in READERS):
            raise AccessError(
                self.env._(
                    "Only the works council and HR policy can have a release proven "
                    "again."
                )
            )
        self.sudo(False).check_access("read")

    def _can_prove(self):
        """Tell whether no case of the year can have been deleted by rule yet.

        That follows from the calendar and the rule, and tells nothing about cases.
        """
        self.ensure_one()
        env = self.sudo().env
        return not purging.reached(env, self.sudo().company_id, self.year)

    def _proof_over(self):
        """Return the sentence that says that the proof cannot be repeated."""
        return self.env._(
            "The proof can no longer be repeated: the cases of that year have been "
            "deleted by rule."
        )

    def _is_about(self, registers):
        """Tell whether the lists of people are those of the publication.

        A proof about other lists, made up in HR, is not given: each answer would tell
        something.

        :param registers: of the releases of the year up to this one, in order.
        """
        with publishing():
            secret = self.env["hr.career.release.job"]._rounding_secret()
        return self.certificate["lists"] == engine.of_lists(registers, secret)

    def action_prove(self):
        """Prove the release again and say the outcome."""
        outcome = self._prove()
        kind, message = "warning", outcome
        if not isinstance(outcome, str):
            kind = "success" if outcome["holds"] else "danger"
            message = self._proof_sentence(outcome)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": kind, "sticky": True, "message": message},
        }

    def _proof_sentence(self, outcome):
        """Return the outcome of a proof as a sentence."""
        if outcome["holds"]:
            return self.env._(
                "Proven again for each of the %(people)s people on the list: the same "
                "figures could have appeared if that person had done the opposite, "
                "also for somebody who knows the answers of %(insiders)s others.",
                people=outcome["people"],
                insiders=outcome["insiders"],
            )
        return self.env._(
            "The proof was not found again. Nothing was changed. Tell the privacy "
            "officer."
        )
