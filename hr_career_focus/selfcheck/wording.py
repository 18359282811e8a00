"""What a finding says to the works council and the privacy officer, and what to do."""

from dataclasses import dataclass

from .findings import FINDING
from .snapshot import ADDED, CHANGED, GONE
from .wording_settings import setting_words


@dataclass(frozen=True)
class Said:
    """A finding in words.

    label: what kind of thing it is about
    where: which one, by its technical name, for whoever runs the system
    """

    is_finding: bool
    label: str
    where: str
    what: str
    do: str


def say(env, one) -> Said:
    """Return a finding in the language of ``env``."""
    kind, _colon, where = one.where.partition(": ")
    labels = kinds(env)
    if kind not in labels:
        kind, where = "", one.where
    how, _line, rest = one.code.partition("_")
    if one.code in MODULES:
        label, where = labels["module"], one.where
        what, do = MODULES[one.code](env, one)
    elif how in DIFFERENCES and rest in labels:
        label = labels[rest]
        what, do = DIFFERENCES[how](env, rest)
        if rest == "setting":
            what, do = setting_words(env, where)
    elif how == "setting":
        label = labels["setting"]
        what, do = setting_words(env, rest)
    else:
        what, do = WORDS[one.code](env, one)
        label = labels.get(kind) or labels[LABELS.get(one.code, "matrix")]
    return Said(one.level == FINDING, label, where, what, do)


def kinds(env):
    """Return {kind of thing: its name}."""
    return {
        "acl": env._("Access row"),
        "rule": env._("Record rule"),
        "group": env._("Group"),
        "member": env._("Who has a role"),
        "field": env._("Field"),
        "column": env._("Table"),
        "table": env._("Table"),
        "action": env._("Server action"),
        "automation": env._("Automation"),
        "job": env._("Nightly job"),
        "view": env._("Page"),
        "asset": env._("Script on pages"),
        "script": env._("Script on pages"),
        "login_way": env._("Way to log in"),
        "module": env._("Addon"),
        "file": env._("Program file"),
        "process": env._("Running program"),
        "trigger": env._("Database trigger"),
        "function": env._("Database function"),
        "setting": env._("Setting"),
        "office": env._("What an independent office gets"),
        "matrix": env._("Tried out"),
        "expectation": env._("Signed expectation"),
        "log": env._("Access log"),
        "artefact": env._("Use of confidential data"),
        "api_key": env._("Key for programs"),
    }


#: The kind of thing of findings whose place does not start with it.
LABELS = {
    "rule_missing": "rule",
    "artefact": "artefact",
    "api_key": "api_key",
    "log": "log",
    "expectation_missing": "expectation",
    "expectation_forged": "expectation",
    "history_forged": "expectation",
}


def _ask(env):
    return env._(
        "Ask who made this, and why. If it was agreed, accept it below with a note. If "
        "not, have it taken away and check again."
    )


def _added(env, kind):
    return env._("This is new since the expectation was signed."), _ask(env)


def _changed(env, kind):
    return env._("This is different from what was signed."), _ask(env)


def _gone(env, kind):
    return (
        env._("This was there when the expectation was signed, and is gone."),
        env._(
            "Ask who took it away, and why. If it was agreed, accept it below with a "
            "note. If not, have it put back and check again."
        ),
    )


DIFFERENCES = {ADDED: _added, CHANGED: _changed, GONE: _gone}

MODULES = {
    "module_added": lambda env, one: (
        env._(
            "This addon was installed since the expectation was signed. Parts it "
            "brought that the check looks at: %s.",
            one.get("count"),
        ),
        env._("Check that it was agreed, and accept it below with a note."),
    ),
    "module_changed": lambda env, one: (
        env._(
            "This addon has another version than when the expectation was signed. "
            "Parts that changed with it: %s.",
            one.get("count"),
        ),
        env._("Check that the update was agreed, and accept it below with a note."),
    ),
    "module_gone": lambda env, one: (
        env._("This addon was removed since the expectation was signed."),
        env._("Check that it was agreed, and accept it below with a note."),
    ),
}


def _undo(env):
    return env._("Have the administrator take it away, and ask who made it and why.")


def _repair(env):
    return env._(
        "Have the administrator update the addon, which puts it right, and ask who "
        "changed it and why."
    )


def _role(env):
    return env._("Take the role away from this login, or use a separate login for it.")


WORDS = {
    "acl_extra": lambda env, one: (
        env._(
            "Somebody gave the group %s a right to confidential records.",
            one.get("group"),
        ),
        _undo(env),
    ),
    "acl_wide": lambda env, one: (
        env._(
            "This access row gives %(group)s more than it may have: %(may)s.",
            group=one.get("group"),
            may=one.get("may"),
        ),
        _repair(env),
    ),
    "rule_extra": lambda env, one: (
        env._("Somebody added a rule to confidential records: %s", one.get("domain")),
        _undo(env),
    ),
    "rule_off": lambda env, one: (
        env._("A rule of the wall is switched off."),
        _repair(env),
    ),
    "rule_grouped": lambda env, one: (
        env._(
            "A rule of the wall holds only for some groups now: %s. It must hold for "
            "everybody.",
            one.get("groups"),
        ),
        _repair(env),
    ),
    "rule_partial": lambda env, one: (
        env._("A rule of the wall no longer holds for reading and writing alike."),
        _repair(env),
    ),
    "rule_missing": lambda env, one: (
        env._("No rule that holds for everybody protects these records."),
        _repair(env),
    ),
    "group_implies": lambda env, one: (
        env._("This group brings a confidential role with it: %s.", one.get("role")),
        _undo(env),
    ),
    "group_brings": lambda env, one: (
        env._(
            "This confidential role brings other groups with it: %s.", one.get("brings")
        ),
        _undo(env),
    ),
    "member_mixed": lambda env, one: (
        env._(
            "This login has the role %(role)s together with power over people or "
            "logins: %(groups)s.",
            role=one.get("role"),
            groups=one.get("groups"),
        ),
        _role(env),
    ),
    "member_coach": lambda env, one: (
        env._("This login has the role Coach, and is no coach in the directory."),
        env._("Take the role away, or record the coach with this login."),
    ),
    "member_desk": lambda env, one: (
        env._("This login has the role Career desk, and holds no mandate."),
        env._("Take the role away, or record the mandate."),
    ),
    "member_ended": lambda env, one: (
        env._("The mandate of this login has ended. The desk is closed to it."),
        env._("Take the role away, or record a new mandate."),
    ),
    "api_key": lambda env, one: (
        env._(
            "This confidential login has keys with which a program can act in its name."
        ),
        env._("Ask the holder. Delete the keys that the holder did not make."),
    ),
    "relation": lambda env, one: (
        env._("This field leads to confidential records: %s.", one.get("to")),
        env._("Have the addon or the setting that made it taken away."),
    ),
    "field_manual": lambda env, one: (
        env._("A field made by hand reaches confidential records."),
        _undo(env),
    ),
    "column": lambda env, one: (
        env._("A confidential table holds something the product did not put there."),
        _undo(env),
    ),
    "foreign_key": lambda env, one: (
        env._("Another table points at a confidential one: %s.", one.get("to")),
        _undo(env),
    ),
    "artefact": lambda env, one: (
        env._(
            "Something of Odoo was set up on confidential records (%(what)s, "
            "%(model)s).",
            what=one.get("what"),
            model=one.get("model"),
        ),
        _undo(env),
    ),
    "view_language": lambda env, one: (
        env._(
            "In the language %s this page holds more than other words.",
            one.get("language"),
        ),
        _repair(env),
    ),
    "bundle": lambda env, one: (
        env._("The script that browsers get is not the one the program files make."),
        env._(
            "Nobody should open a confidential page now. Have the stored scripts "
            "deleted, ask who changed them, and treat what was opened since as read."
        ),
    ),
    "process": lambda env, one: (
        env._("The running program differs from its file."),
        env._("Have Odoo started again, and check again. Ask who changed it and why."),
    ),
    "guard": lambda env, one: (
        env._("Another addon stands in the place of the guard: %s.", one.get("by")),
        env._("Have that addon removed, or have its change examined."),
    ),
    "extended": lambda env, one: (
        env._("Another addon changes confidential records: %s.", one.get("by")),
        env._("Have that addon removed, or have its change examined."),
    ),
    "grant": lambda env, one: (
        env._("Another user of the database may read this table: %s.", one.get("to")),
        env._("Have the administrator of the database take this right away."),
    ),
    "database_view": lambda env, one: (
        env._(
            "A view of the database reads a confidential table: %s.", one.get("table")
        ),
        _undo(env),
    ),
    "log": lambda env, one: (
        env._("The access log does not add up: %s", one.get("text")),
        env._("Compare it with the values that were sent to the log's mailbox."),
    ),
    "leak": lambda env, one: (
        env._(
            "This role reached what it must not reach (%s).", one.get("calls") or "-"
        ),
        env._("Close the service until this is repaired. Nobody is safe behind it."),
    ),
    "control": lambda env, one: (
        env._(
            "This role could not reach its own case. So the check proves nothing about "
            "the others."
        ),
        env._("Have the error found and repaired, and check again."),
    ),
    "blunt": lambda env, one: (
        env._(
            "These tries got nothing even where nothing stops them (%s). So they prove "
            "nothing about the others.",
            one.get("calls"),
        ),
        env._("Have the error found and repaired, and check again."),
    ),
    "rehearsal": lambda env, one: (
        env._("The check could not try out a case: %s", one.get("text")),
        env._("Have the error found and repaired, and check again."),
    ),
    "expectation_missing": lambda env, one: (
        env._("There is no signed expectation to compare with."),
        env._("Look at the matrix, then accept the present state below with a note."),
    ),
    "expectation_forged": lambda env, one: (
        env._("The signature under the expectation is not ours."),
        env._("Somebody changed it in the database. Ask who, and compare with paper."),
    ),
    "history_forged": lambda env, one: (
        env._("A line of the history of checks was changed or taken away."),
        env._("Compare the digests with those on the printed reports."),
    ),
}
