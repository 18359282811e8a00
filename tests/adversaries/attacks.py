"""The attacks on confidential models, as data: each gives findings, none asserts.

A finding is ``(who, where, what came out)``. Tests want the list to be empty; the tests
of the switches want it to be full once both layers are off.
"""

import inspect
import json
import re
import threading

from odoo.service.model import get_public_method

#: Method -> arguments as the web client sends them, from a list of ids.
MATRIX = {
    "search": lambda ids: ([[("id", "in", ids)]], {}),
    "search_read": lambda ids: ([[], ["ref"]], {}),
    "search_count": lambda ids: ([[]], {}),
    "read": lambda ids: ([ids, ["ref"]], {}),
    "web_read": lambda ids: ([ids, {"ref": {}, "display_name": {}}], {}),
    "web_search_read": lambda ids: ([[], {"ref": {}}], {}),
    "name_search": lambda ids: ([""], {}),
    "formatted_read_group": lambda ids: ([[], ["ref"], ["__count"]], {}),
    "read_group": lambda ids: ([[], ["ref"], ["ref"]], {}),
    "web_read_group": lambda ids: ([[], ["ref"]], {}),
    "export_data": lambda ids: ([ids, ["id", "ref", "display_name"]], {}),
    "get_metadata": lambda ids: ([ids], {}),
    "fields_get": lambda ids: ([], {}),
    "default_get": lambda ids: ([["ref"]], {}),
    "onchange": lambda ids: ([ids, {}, [], {"ref": {}, "display_name": {}}], {}),
    "copy": lambda ids: ([ids], {}),
    "write": lambda ids: ([ids, {"ref": "x"}], {}),
    "create": lambda ids: ([[{"ref": "x"}]], {}),
    "web_save": lambda ids: ([ids, {"ref": "x"}, {"ref": {}}], {}),
    "unlink": lambda ids: ([ids], {}),
    "load": lambda ids: ([[".id", "ref"], [[str(ids[0]), "x"]]], {}),
    "has_access": lambda ids: ([ids, "read"], {}),
    "name_create": lambda ids: (["x"], {}),
    "search_panel_select_range": lambda ids: (["company_id"], {}),
}
#: Calls about the company of records, for models that know one.
BY_COMPANY = ("search_panel_select_range",)
#: Logins that tell a missing number from a forbidden one if anybody can.
ASKING = ("other_coach", "desk_elsewhere", "manager")
#: Answers to these tell of no record: an empty model gives the same ones.
HARMLESS = {
    # Which roles a coach or a desk holder has, said to the holder.
    "fields_get": {"other_coach", "coach_elsewhere", "desk_elsewhere"},
}
#: Methods of every model that look at no row: they repeat what was asked with, or say
#: what stands in the code.
WITHOUT_ROWS = {
    "check_field_access_rights",
    "get_base_url",
    "get_empty_list_help",
    "get_formview_action",
    "mail_allowed_qweb_expressions",
}
#: What a parameter of a public method is called, and a value for it.
GUESSES = {
    "domain": [],
    "fields": ["ref"],
    "fnames": ["ref"],
    "field_names": ["ref"],
    "fields_list": ["ref"],
    "fields_to_export": ["ref"],
    "allfields": ["ref"],
    "specification": {"ref": {}},
    "fields_spec": {"ref": {}},
    "groupby": ["ref"],
    "aggregates": ["__count"],
    "values": {"ref": "x"},
    "vals": {"ref": "x"},
    "vals_list": [{"ref": "x"}],
    "field_name": "ref",
    "operation": "read",
    "name": "",
    "views": [[False, "list"], [False, "form"]],
    "data": [["x"]],
    "limit": 5,
    "offset": 0,
    "order": "ref",
}


def public_methods(model):
    """Return ``{name: is it called without ids}`` of what remote calls may run."""
    found = {}
    for name in sorted(dir(type(model))):
        if name.startswith("_") or not callable(getattr(type(model), name, None)):
            continue
        try:
            method = get_public_method(model, name)
        except Exception:  # noqa: S112 - private, or no method at all
            continue
        found[name] = bool(getattr(method, "_api_model", False))
    return found


def guessed(model, name, without_ids, ids):
    """Return arguments for a public method nobody wrote a call for."""
    if name in MATRIX:
        return MATRIX[name](ids)
    given = [] if without_ids else [list(ids)]
    signature = inspect.signature(getattr(type(model), name))
    for parameter in list(signature.parameters.values())[1:]:
        if parameter.kind not in (
            parameter.POSITIONAL_ONLY,
            parameter.POSITIONAL_OR_KEYWORD,
        ):
            break
        if parameter.default is not parameter.empty and parameter.name not in GUESSES:
            break
        given.append(GUESSES.get(parameter.name, "ref"))
    return given, {}


def matrix(case, logins, calls=tuple(MATRIX)):
    """Recipe 1: each method of the list, on each confidential model, as each login."""
    found = []
    for login in logins:
        case.login(login)
        for model in case.models:
            for method in calls:
                if login in HARMLESS.get(method, ()):
                    continue
                if method in BY_COMPANY and "company_id" not in case.env[model]._fields:
                    continue
                args, kwargs = MATRIX[method](case.ids[model][:5])
                answer = case.call(model, method, args, kwargs)
                given = case.given(answer)
                if given:
                    found.append((login, f"{model}.{method}", str(given)[:200]))
                elif "error" in answer and not case.refused(answer):
                    # An attack that breaks on something else proves nothing.
                    found.append((login, f"{model}.{method}", essence(answer)))
    return found


def every_method(case, logins):
    """Each public method the registry knows, with real ids and with missing ones.

    What comes out must be nothing, and be the same for both. Missing ones are asked
    by those whom the guard lets ask at all, and by one whom it does not.
    """
    found = []
    for login in logins:
        case.login(login)
        for name in case.models:
            model = case.env[name]
            for method, without_ids in public_methods(model).items():
                answers = []
                asked = [case.ids[name][:1]]
                if login in ASKING:
                    asked.append([99999])
                for ids in asked:
                    args, kwargs = guessed(model, method, without_ids, ids)
                    answer = without_numbers(case.call(name, method, args, kwargs), ids)
                    answers.append(essence(answer))
                    if given := tells(case, login, method, answer):
                        found.append((login, f"{name}.{method}", given))
                if answers[0] != answers[-1]:
                    found.append(
                        (login, f"{name}.{method}", "missing differs from forbidden")
                    )
    return found


def tells(case, login, method, answer):
    """Return what an answer of a confidential model tells, "" when that is nothing."""
    if leak := case.leak(answer, named=True):
        return leak
    if method in WITHOUT_ROWS or login in HARMLESS.get(method, ()):
        return ""
    given = case.given(answer)
    return str(given)[:200] if given else ""


def without_numbers(answer, numbers):
    """Return an answer without the numbers that were asked for: an echo tells nothing.

    >>> without_numbers({"result": [[77, "x"], 8]}, [77, 99])
    {'result': [['N', 'x'], 8]}
    """
    pattern = rf"(?<!\d)({'|'.join(map(str, numbers))})(?!\d)"
    return json.loads(re.sub(pattern, '"N"', _outside_texts(answer, pattern)))


def _outside_texts(answer, pattern):
    """Write an answer down with the numbers inside its texts taken out already."""

    def clean(value):
        if isinstance(value, str):
            return re.sub(pattern, "N", value)
        if isinstance(value, list):
            return [clean(one) for one in value]
        if isinstance(value, dict):
            return {clean(key): clean(one) for key, one in value.items()}
        return value

    return json.dumps(clean(answer))


def essence(answer):
    """Return what an answer tells: its error without the ids asked for."""
    if "error" not in answer:
        return ("result", str(answer.get("result")))
    error = answer["error"]
    return (error["code"], error["data"]["name"], error["data"]["message"])


def addresses(case, logins):
    """Addresses of Odoo that serve any model: content, export, records, messages."""
    found = []
    for login in logins:
        case.login(login)
        for model in case.models:
            number = case.ids[model][0]
            for path, params in general_addresses(model, number):
                if params is None:
                    answer = case.visit(path)
                    text = answer.text if answer.status_code == 200 else ""
                else:
                    text = case.visit(path, json={"params": params}).text
                if leak := case.leak(text.replace(path, ""), number):
                    found.append((login, path, leak))
    return found


def general_addresses(model, number):
    """Return ``(path, parameters of a remote call or None)``."""
    thread = {"thread_model": model, "thread_id": number}
    return [
        (f"/web/content/{model}/{number}/ref", None),
        (f"/web/content/{model}/{number}/sealed?unique=1&download=true", None),
        (f"/web/content?model={model}&id={number}&field=ref", None),
        (f"/web/image/{model}/{number}/ref", None),
        (f"/json/1/{model}/{number}", None),
        (f"/mail/view?model={model}&res_id={number}", None),
        (f"/report/html/web.preview_layout_report/{number}", None),
        (f"/doc/{model}.json", None),
        ("/mail/thread/messages", thread),
        ("/mail/data", {"fetch_params": [["mail.thread", thread]]}),
        (
            "/web/dataset/call_kw",
            {
                "model": model,
                "method": "search_read",
                "args": [[], ["ref"]],
                "kwargs": {},
            },
        ),
        (
            "/web/dataset/resequence",
            {"model": model, "ids": [number], "field": "ref", "offset": 0},
        ),
        ("/web/export/get_fields", {"model": model, "domain": []}),
        (
            "/html_editor/get_object",
            {"model": model, "res_id": number, "field": "ref"},
        ),
    ]


def pages(case, logins):
    """Every address of ours, with the reference of the case, as somebody else."""
    found = []
    for login in logins:
        case.login(login)
        for path in own_addresses(case.env, case.ref):
            answer = case.visit(path)
            if leak := case.page_leak(path, answer.text):
                found.append((login, path, leak))
    return found


def own_addresses(env, ref):
    """Return the addresses of our own that take a GET, with ``ref`` where one goes."""
    threading.current_thread().dbname = env.cr.dbname
    found = set()
    for rule in env["ir.http"].routing_map().iter_rules():
        if "/focus" in rule.rule and "GET" in (rule.methods or ("GET",)):
            found.add(re.sub(r"<[^>]*>", ref, rule.rule))
    return sorted(found)
