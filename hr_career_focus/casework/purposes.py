"""Who opens a dossier, and what for: the codes the access log keeps, and their words.

A new act that opens somebody's dossier gets a code here and a sentence in
:func:`sentence`; the employee reads it under "Who opened my file".
"""

#: As what somebody opened a dossier.
EMPLOYEE = "employee"
COACH = "coach"
DESK = "desk"
PRIVACY = "privacy"
SYSTEM = "system"
#: The roles that are counted for the works council.
COUNTED = (DESK, COACH, PRIVACY)

LIST = "list"
CASE = "case"
BULK = "bulk"
SECOND_LOOK = "second_look"
PASSED_ON = "passed_on"
RESTORED = "restored"
RESTORED_BY_VIDEO = "restored_video"
RESTORED_KNOWN = "restored_known"
EXPORT = "export"
HOLD = "hold"
HOLD_ENDED = "hold_ended"
RELEASE = "release"
PURGE = "purge"
ODD = "odd"
LATER = "later"


def sentence(env, code):
    """Return what an opening was for, as the employee reads it."""
    sentences = {
        LIST: env._("Saw that there is a request"),
        CASE: env._("Opened the case"),
        BULK: env._("Saw the names in the list. A second person agreed to it first."),
        SECOND_LOOK: env._(
            "Opened the case of a colleague at the desk. A second person agreed to it "
            "first."
        ),
        PASSED_ON: env._("Took the case over from a colleague who left the desk"),
        RESTORED: env._(
            "Opened your login again, after seeing you and proof of who you are"
        ),
        RESTORED_BY_VIDEO: env._(
            "Opened your login again, after seeing you by video and proof of who you "
            "are"
        ),
        RESTORED_KNOWN: env._(
            "Opened your login again, after seeing you: you know each other"
        ),
        EXPORT: env._("Made a copy of what is in the case"),
        HOLD: env._("Stopped the deletion of the case. A second person agreed to it."),
        HOLD_ENDED: env._("Let the case be deleted again when its time comes"),
        RELEASE: env._(
            "Read who opened your file, after you called it odd. A second person "
            "agreed to it first."
        ),
        PURGE: env._("Deleted what was kept too long"),
        ODD: env._("Read what you called odd"),
        LATER: env._("Opened your file with the code for after you leave"),
    }
    return sentences.get(code, code)


def role_name(env, code):
    """Return as what somebody opened a dossier, as the employee reads it."""
    names = {
        EMPLOYEE: env._("You"),
        COACH: env._("Your coach"),
        DESK: env._("Career desk"),
        PRIVACY: env._("Privacy officer"),
        SYSTEM: env._("The system, by itself"),
    }
    return names.get(code, code)
