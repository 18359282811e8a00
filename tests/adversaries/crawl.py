"""Everything a login can reach, taken from the registry and the routing map.

No list of models, fields, methods or addresses is kept here: what is added tomorrow is
crawled tomorrow. The few that are left out are named with the reason.
"""

import inspect
import threading

from attacks import public_methods

#: Models with tens of thousands of rows that come with the code and not from people.
OF_THE_CODE = {
    "ir.model.fields",
    "ir.model.fields.selection",
    "ir.model.data",
    "ir.model.constraint",
    "ir.model.relation",
    "ir.ui.view",
    "ir.model.inherit",
}
MOST_ROWS = 400
#: Methods that would change what the crawl still has to read.
CHANGING = {
    "action_archive",
    "action_unarchive",
    "copy",
    "create",
    "load",
    "name_create",
    "unlink",
    "web_resequence",
    "web_save",
    "web_save_multi",
    "write",
}
#: What a parameter is called that takes the name of any model.
ANY_MODEL = {"model", "model_name", "res_model", "resource_model", "thread_model"}
#: Addresses that end the session, wait for a socket, or build scripts for everyone.
LEFT_OUT = (
    "/web/session/logout",
    "/web/session/destroy",
    "/odoo/logout",
    "/web/become",
    "/websocket",
    "/web/assets/",
    "/web/bundle/",
    "/web/database/",
    "/web/tests",
    "/web/login",
    "/web/reset_password",
    "/web/signup",
    "/auth_oauth/",
    "/hoot",
)


def readable_rows(case, model):
    """Return what the present login reads of a model, all columns it may ask for.

    :return: ``{id: row}``, and {} when the model is closed
    """
    answer = case.call(model, "fields_get", [], {"attributes": ["type", "store"]})
    columns = answer.get("result")
    if not columns:
        return {}
    names = sorted(n for n, one in columns.items() if one["type"] != "binary")
    stored = [name for name in names if columns[name].get("store")]
    for fields in (names, stored):
        answer = case.call(
            model,
            "search_read",
            [[], fields],
            {
                "limit": MOST_ROWS,
                "order": "id desc" if "id" in stored else None,
                "context": {"active_test": False},
            },
        )
        if "result" in answer:
            return {row["id"]: row for row in answer["result"]}
    return {}


def open_models(case):
    """Return the models of the registry that hold rows and are not the code's own."""
    return sorted(
        name
        for name, model in case.env.registry.models.items()
        if not model._abstract and name not in OF_THE_CODE
    )


def takes_a_model(env):
    """Return ``(model, method, arguments)`` of every public method of any model that
    is given the name of a model, as functions of the confidential one and a number."""
    found, seen = [], set()
    for name in sorted(env.registry.models):
        model = env[name]
        for method, without_ids in public_methods(model).items():
            function = inspect.unwrap(getattr(type(model), method))
            if function in seen:
                continue
            seen.add(function)
            parameters = list(inspect.signature(function).parameters.values())[1:]
            if ANY_MODEL & {one.name for one in parameters}:
                found.append((name, method, without_ids, parameters))
    return found


def filled(parameters, without_ids, model, number):
    """Fill the parameters of a method that takes a model."""
    kwargs = {}
    for one in parameters:
        if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
            continue
        value = value_for(one.name, model, number)
        if value is not None or one.default is one.empty:
            kwargs[one.name] = value if value is not None else "ref"
    return [] if without_ids else [[]], kwargs


def value_for(name, model, number):
    """Guess a value from the name of a parameter of a method or an address."""
    if name in ANY_MODEL:
        return model
    if name in ("res_id", "id", "record_id", "thread_id", "oid", "document_id"):
        return number
    if name in ("res_ids", "ids", "record_ids", "docids", "active_ids"):
        return [number]
    if name in ("domain", "context", "kwargs", "args"):
        return [] if name in ("domain", "args") else {}
    if name in ("fields", "fnames", "field_names"):
        return ["ref"]
    if name in ("field", "field_name", "fname"):
        return "sealed"
    return None


def addresses(case, number, ref, model):
    """Return ``(path, kind, GET or POST)`` of every address there is, filled in."""
    found = set()
    threading.current_thread().dbname = case.env.cr.dbname
    for rule in case.env["ir.http"].routing_map().iter_rules():
        if any(rule.rule.startswith(one) for one in LEFT_OUT):
            continue
        values = {}
        for name, converter in rule._converters.items():
            kind = type(converter).__name__
            if "Int" in kind or "Model" in kind:
                values[name] = number
            else:
                values[name] = value_for(name, model, str(number)) or ref
            if kind == "ModelsConverter":
                values[name] = str(number)
        path = fill_rule(rule.rule, values)
        routing = rule.endpoint.routing
        # An address without methods takes any; jsonrpc is posted as such.
        methods = {"GET", "POST"} & set(rule.methods or ("GET", "POST"))
        if routing["type"] == "jsonrpc":
            methods = {"POST"}
        found.update((path, routing["type"], method) for method in methods)
    return sorted(found)


def fill_rule(rule, values):
    """Put values into an address.

    >>> fill_rule("/a/<int:n>/<path:p>", {"n": 3, "p": "x"})
    '/a/3/x'
    """
    parts = rule.replace(">", "<").split("<")
    filled_in = [
        str(values.get(part.rsplit(":", 1)[-1].strip(), part)) if odd % 2 else part
        for odd, part in enumerate(parts)
    ]
    return "".join(filled_in)
