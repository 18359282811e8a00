"""Names of the roles, assets and ways of the matrix."""


def role_name(env, code):
    return {
        "employee": env._("The employee who asked"),
        "colleague": env._("A colleague"),
        "coach": env._("The coach of the case"),
        "other_coach": env._("Another coach"),
        "desk": env._("The career desk"),
        "other_desk": env._("A desk holder without mandate"),
        "manager": env._("The manager"),
        "hr_officer": env._("HR officer"),
        "hr_manager": env._("HR manager"),
        "finance": env._("Finance"),
        "budget_holder": env._("Budget holder"),
        "contact_manager": env._("Manager of contacts"),
        "works_council": env._("Works council"),
        "privacy_officer": env._("Privacy officer"),
        "access_admin": env._("Administrator of access rights"),
        "settings_admin": env._("Administrator"),
        "all_rights": env._(
            "All rights together, except coach, desk and privacy officer"
        ),
        "code_holder": env._("Somebody without a login, with the code"),
        "control": env._("Control: where nothing stops the tries"),
        "database": env._("Whoever reads the database"),
        "closed_login": env._("The coach's login after a reset of its password"),
    }.get(code, code)


def way_name(env, code):
    return {
        "pages": env._("Pages"),
        "remote": env._("Remote calls"),
        "change": env._("Changing"),
        "superuser": env._("As the system"),
        "code": env._("Own code"),
        "tables": env._("Tables"),
    }.get(code, code)


def asset_name(env, code):
    named = {
        "person": env._("Who asks"),
        "shared": env._("What is shared with the coach"),
        "own": env._("What is kept to oneself"),
        "odd": env._("Remark about an odd opening"),
        "asked": env._("Question to a second person"),
        "held": env._("Reason of a legal hold"),
        "door_coach": env._("Pages of a coach"),
        "door_desk": env._("Pages of the career desk"),
        "door_second": env._("Page of a second person"),
        "door_privacy": env._("Page about odd openings"),
        "door_retention": env._("Page about retention"),
        "door_logins": env._("Page about logins"),
        "door_later": env._("Page for after leaving"),
        "open_record": env._("A record that is not confidential"),
        "hr.career.entry: shared": env._("Texts that are shared"),
        "hr.career.entry: own": env._("Texts that are not shared"),
    }
    if code in named:
        return named[code]
    model = env["ir.model"].sudo()._get(code)
    return model.name or code
