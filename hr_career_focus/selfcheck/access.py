"""Walk of access rows, record rules, groups and who is in them."""

from ..engine.roles import CONFIDENTIAL_GROUPS, GROUP_COACH, GROUP_DESK
from ..vault.inventory import vault_models
from .origin import ours
from .tables import has_table, rows

PRIVACY = "hr_career_focus.group_privacy_officer"
COUNCIL = "hr_career_focus.group_works_council"
#: Who may have a right to a confidential model at all: to read, nothing else.
MAY_READ = CONFIDENTIAL_GROUPS
#: The empty row of a model that nobody reads (an access row must name a group).
MAY_NOTHING = (PRIVACY,)
#: Rights over people, logins or the system: never together with these roles.
POWER = (
    "hr.group_hr_user",
    "hr_career_focus.group_policy",
    "base.group_erp_manager",
    "base.group_system",
)
OPERATIONS = ("perm_read", "perm_write", "perm_create", "perm_unlink")
OUR_MODELS = r"hr.career.%%"


def walk(env, walk, origins):
    """Read the tables of access rights."""
    _access_rows(env, walk, origins)
    _rules(env, walk, origins)
    groups = Groups(env, origins)
    _groups(walk, groups)
    _members(env, walk, groups)
    _keys(env, walk, groups)


def _access_rows(env, walk, origins):
    vault = set(vault_models(env))
    for row in rows(
        env,
        "SELECT a.*, m.model FROM ir_model_access a"
        " JOIN ir_model m ON m.id = a.model_id WHERE m.model LIKE %s ORDER BY a.id",
        OUR_MODELS.replace("%%", "%"),
    ):
        label = origins.label("ir.model.access", row["id"], row["name"])
        key = f"{row['model']}: {label}"
        group = row["group_id"] and origins.label("res.groups", row["group_id"])
        allowed = [name for name in OPERATIONS if row[name]]
        piece = origins.piece("ir.model.access", row)
        walk.piece("acl", key, [group, allowed, row["active"]], **piece)
        if row["model"] not in vault or not row["active"]:
            continue
        where = f"acl: {key}"
        if not ours(piece["module"]):
            walk.find("acl_extra", where, group=group or "-")
        elif allowed and (group not in MAY_READ or allowed != ["perm_read"]):
            walk.find("acl_wide", where, group=group or "-", may=", ".join(allowed))


def _rules(env, walk, origins):
    vault = vault_models(env)
    walls = set()
    for row in rows(
        env,
        "SELECT r.*, m.model, ARRAY(SELECT group_id FROM rule_group_rel"
        " WHERE rule_group_id = r.id ORDER BY group_id) AS groups FROM ir_rule r"
        " JOIN ir_model m ON m.id = r.model_id WHERE m.model LIKE %s ORDER BY r.id",
        OUR_MODELS.replace("%%", "%"),
    ):
        label = origins.label("ir.rule", row["id"], row["name"])
        key = f"{row['model']}: {label}"
        piece = origins.piece("ir.rule", row)
        groups = [origins.label("res.groups", group) for group in row["groups"]]
        domain = " ".join((row["domain_force"] or "").split())
        operations = [name for name in OPERATIONS if row[name]]
        value = [groups, domain, operations, row["active"]]
        walk.piece("rule", key, value, **piece)
        if row["model"] not in vault:
            continue
        if not ours(piece["module"]):
            if row["active"]:
                walk.find("rule_extra", f"rule: {key}", domain=domain)
        elif not row["active"]:
            walk.find("rule_off", f"rule: {key}")
        elif groups:
            walk.find("rule_grouped", f"rule: {key}", groups=", ".join(groups))
        elif operations != list(OPERATIONS):
            walk.find("rule_partial", f"rule: {key}")
        else:
            walls.add(row["model"])
    for model in vault:
        if model not in walls:
            walk.find("rule_missing", model)


class Groups:
    """All groups, what they bring with them, and who is in them: from the tables."""

    def __init__(self, env, origins):
        self.names = {
            row["id"]: origins.label("res.groups", row["id"])
            for row in rows(env, "SELECT id FROM res_groups")
        }
        self.implied = {}
        for row in rows(env, "SELECT gid, hid FROM res_groups_implied_rel"):
            self.implied.setdefault(row["gid"], set()).add(row["hid"])
        self.users = {
            row["id"]: row
            for row in rows(
                env,
                "SELECT u.id, u.login, u.active, ARRAY(SELECT gid FROM"
                " res_groups_users_rel WHERE uid = u.id) AS groups FROM res_users u",
            )
        }

    def closure(self, numbers):
        """Return the names of groups and of all they bring with them."""
        found, open_ = set(), list(numbers)
        while open_:
            number = open_.pop()
            if number not in found:
                found.add(number)
                open_ += self.implied.get(number, ())
        return {self.names[number] for number in found if number in self.names}

    def members(self, name):
        """Return the logins that hold a group, archived ones too."""
        return [
            user for user in self.users.values() if name in self.closure(user["groups"])
        ]


def _groups(walk, groups):
    for number, name in sorted(groups.names.items(), key=lambda one: one[1]):
        brings = sorted(groups.closure([number]) - {name})
        if name.startswith("hr_career_focus"):
            walk.piece("group", name, brings, module=name.split(".")[0])
        for role in CONFIDENTIAL_GROUPS:
            if role in brings:
                walk.find("group_implies", f"group: {name}", role=role)
        if name in CONFIDENTIAL_GROUPS and brings:
            walk.find("group_brings", f"group: {name}", brings=", ".join(brings))


def _members(env, walk, groups):
    coaches = {
        row["user_id"]
        for row in rows(
            env,
            "SELECT user_id FROM hr_career_coach WHERE active AND user_id IS NOT NULL",
        )
    }
    mandates = {
        row["user_id"]: row["last"]
        for row in rows(
            env,
            "SELECT user_id, max(date_to) >= current_date AS last"
            " FROM hr_career_mandate WHERE active GROUP BY user_id",
        )
    }
    for role in (*CONFIDENTIAL_GROUPS, PRIVACY, COUNCIL):
        for user in groups.members(role):
            login = user["login"]
            key = f"{role}: {login}"
            walk.piece("member", key, user["active"], minor=True)
            power = sorted(groups.closure(user["groups"]) & set(POWER))
            if power and (role in CONFIDENTIAL_GROUPS or user["active"]):
                walk.find(
                    "member_mixed", f"member: {key}", groups=", ".join(power), role=role
                )
            elif not user["active"]:
                continue
            elif role == GROUP_COACH and user["id"] not in coaches:
                walk.find("member_coach", f"member: {key}")
            elif role == GROUP_DESK and user["id"] not in mandates:
                walk.find("member_desk", f"member: {key}")
            elif role == GROUP_DESK and not mandates[user["id"]]:
                walk.advise("member_ended", f"member: {key}")


def _keys(env, walk, groups):
    """Programs have no business here: a key of a confidential login is a back door."""
    if not has_table(env, "res_users_apikeys"):
        return
    holders = {}
    for role in (*CONFIDENTIAL_GROUPS, PRIVACY):
        holders.update({user["id"]: user["login"] for user in groups.members(role)})
    for row in rows(
        env, "SELECT user_id, count(*) AS n FROM res_users_apikeys GROUP BY user_id"
    ):
        if row["user_id"] in holders:
            walk.find("api_key", holders[row["user_id"]], count=row["n"])
