"""What becomes of a traject when its employee leaves: the rule's exit policy decides.

The engine's ``may_finish`` answers; here is where it is asked. The employee and the
desk read the sentence; a coach reads only that the right has ended, because a last day
says who somebody is.
"""

from datetime import date

from ..engine.entitlement import may_finish
from ..engine.values import EMPLOYMENT_ENDED, LEAVING
from . import constants as c
from . import uses
from .errors import CaseworkError

RULE = "hr.career.entitlement.rule"


def wordings(env, key):
    """Return all wordings of a right, the newest first, as records that can be read."""
    rules = env[RULE].sudo().with_context(lang=env.lang)
    found = rules.search([("right_key", "=", key)])
    found = found or rules.with_context(active_test=False).search(
        [("right_key", "=", key)]
    )
    return found.sorted(lambda one: one.version_id.valid_from or date.min, reverse=True)


def wording(env, key, today):
    """Return the newest wording of a right that has begun by ``today``."""
    found = wordings(env, key)
    begun = found.filtered(
        lambda one: not one.version_id.valid_from or one.version_id.valid_from <= today
    )
    return (begun or found)[:1]


def stop_reason(env, dossier, day):
    """Return why the traject cannot go on on ``day``, as a sentence, or None."""
    for _dossier, sentence in stopped(env, [dossier], day):
        return sentence
    return None


def stopped(env, dossiers, day):
    """Return the dossiers that cannot go on on ``day``, each with the sentence why.

    The facts of all of them are read in a fixed number of queries.
    """
    found = []
    dossiers = [one for one in dossiers if _runs(one.traject)]
    if not dossiers:
        return []
    trajects = dossiers[0].traject.union(*[one.traject for one in dossiers])
    used = uses.uses_by_traject(trajects, day)
    cases = [(one, used.get(one.traject.id)) for one in dossiers]
    cases = [(one, use) for one, use in cases if use and not use.returned]
    people = {one: one.identity["employee"] for one, _use in cases}
    employees = env["hr.employee"].sudo().browse(set(people.values())).exists()
    answers = env["hr.career.entitlement"].sudo().with_context(lang=env.lang)
    facts = answers._facts(employees) if employees else {}
    rules = {key: wordings(env, key) for key in {use.rule_key for _one, use in cases}}
    for one, use in cases:
        if people[one] not in facts:
            found.append((one, env._("The employment this right rests on is over.")))
            continue
        texts = rules[use.rule_key]
        rights = _as_worded(texts)
        # A draft that HR has deleted says nothing about leaving.
        reason = rights and may_finish(facts[people[one]], rights, use, day)
        # An unknown start ends nothing: nobody guesses.
        if reason and reason.code in (EMPLOYMENT_ENDED, LEAVING):
            found.append((one, answers._reason_text(reason, texts[:1])))
    return found


def _as_worded(texts):
    """Return the wordings for the engine: those that count, else all there are.

    What began under a text goes on under it, also when HR has archived the text.
    """
    every = texts.with_context(active_test=False)
    return texts._engine_rules() or every._engine_rules(versions=every.version_id)


def _runs(traject):
    return traject.kind == c.OWN_RIGHT and traject.state in c.RUNNING


def refuse_when_over(env, dossier, day, to_coach=False):
    """Raise CaseworkError when the traject cannot go on on ``day``."""
    sentence = stop_reason(env, dossier, day)
    if sentence and to_coach:
        raise CaseworkError(over_for_coach(env))
    if sentence:
        raise CaseworkError(over(env, sentence))


def over(env, sentence):
    """Return the sentence for the employee and the desk."""
    return env._("This traject cannot go on under the agreement. %(why)s", why=sentence)


def over_for_coach(env):
    """Return the sentence for the coach: no date, and no reason."""
    return env._(
        "The right this traject rests on has ended, so it cannot go on. The employee "
        "can read why."
    )
