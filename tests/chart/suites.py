"""Runs suites in the format of helm-unittest (helm/dictum/tests/*_test.yaml) over any helm: the part of the format that they use,
and an error for the rest of it."""
import re
import tempfile
from pathlib import Path

import yaml

from render import NEWEST, objects

SUITE_KEYS = {"suite", "templates", "values", "set", "release", "capabilities", "tests"}
TEST_KEYS = {"it", "template", "values", "set", "release", "capabilities", "documentSelector", "asserts"}


def run(helm, folder):
    """Every assertion that does not hold."""
    files = sorted(folder.glob("*_test.yaml"))
    if not files:
        yield f"no suites in {folder}"
    for file in files:
        for suite in objects(file.read_text()):
            if odd := set(suite) - SUITE_KEYS:
                yield f"{file.name}: {odd}"
            for test in suite["tests"]:
                name = f"{helm.name}, {file.name}: {test['it']}"
                if odd := set(test) - TEST_KEYS:
                    yield f"{name}: {odd}"
                yield from (f"{name}: {wrong}" for wrong in one_test(helm, file, suite, test))


def one_test(helm, file, suite, test):
    given = {}
    for path, value in (suite.get("set", {}) | test.get("set", {})).items():
        put(given, path, value)
    values = [(file.parent / name).resolve() for name in suite.get("values", []) + test.get("values", [])]
    release = suite.get("release", {}) | test.get("release", {})
    kube = (suite.get("capabilities", {}) | test.get("capabilities", {})).get("kubeVersion", NEWEST)
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as own:
        yaml.safe_dump(given, own)
        own.flush()
        try:
            text = helm.template(
                values=[*values, own.name],
                release=release.get("name", "RELEASE-NAME".lower()),
                namespace=release.get("namespace", "NAMESPACE".lower()),
                kube=kube,
            )
        except RuntimeError as error:
            text, failure = "", str(error)
        else:
            failure = None
    by_template = {}
    for part in re.split(r"^---$", text, flags=re.M):
        if source := re.match(r"\s*# Source: [^/]+/(.*)", part):
            by_template.setdefault(source[1], []).extend(objects(part))
    templates = [test["template"]] if "template" in test else suite.get("templates", [])
    documents = [document for name in templates for document in by_template.get(f"templates/{name}", [])]
    if chosen := test.get("documentSelector"):
        documents = [document for document in documents if get(document, chosen["path"]) == [chosen["value"]]]
    for assertion in test["asserts"]:
        ((kind, wanted),) = assertion.items()
        if failure is not None and kind != "failedTemplate":
            yield f"it does not render: {failure}"
            return
        yield from ASSERTS[kind](documents, wanted, failure)


def put(into, path, value):
    """Sets a value by its path: "a.b.c"."""
    *parents, last = re.split(r"(?<!\\)\.", path)
    for name in parents:
        into = into.setdefault(name.replace("\\.", "."), {})
    into[last.replace("\\.", ".")] = value


def get(document, path):
    """What stands at a path of the suites' kind, a["b.c"].d[0]; a list with it, or none."""
    found = document
    for name, quoted, index in re.findall(r"([^.\[\]]+)|\[\"?([^\"\]]*?[^\d\"\]][^\"\]]*)\"?\]|\[(\d+)\]", path):
        try:
            found = found[int(index)] if index else found[name or quoted]
        except (KeyError, IndexError, TypeError):
            return []
    return [found]


def each(holds):
    """An assertion over every document; there must be one."""

    def asserts(documents, wanted, _failure):
        if not documents:
            yield "there is no document"
        for document in documents:
            found = get(document, wanted["path"])
            if not holds(found, wanted):
                yield f"{document['kind']}: {wanted['path']} is {found}, wanted {wanted}"

    return asserts


def has_documents(documents, wanted, _failure):
    if len(documents) != wanted["count"]:
        yield f"{len(documents)} documents, not {wanted['count']}"


def is_kind(documents, wanted, _failure):
    if {document["kind"] for document in documents} != {wanted["of"]}:
        yield f"kinds {[document['kind'] for document in documents]}, not {wanted['of']}"


def failed(_documents, wanted, failure):
    if failure is None or not re.search(wanted.get("errorPattern", re.escape(wanted.get("errorMessage", ""))), failure):
        yield f"it fails with {failure!r}, not with {wanted}"


def contains(found, wanted):
    return bool(found) and isinstance(found[0], list) and wanted["content"] in found[0]


def subset(found, wanted):
    return bool(found) and isinstance(found[0], dict) and wanted["content"].items() <= found[0].items()


ASSERTS = {
    "hasDocuments": has_documents,
    "isKind": is_kind,
    "failedTemplate": failed,
    "equal": each(lambda found, wanted: found == [wanted["value"]]),
    "notEqual": each(lambda found, wanted: found != [wanted["value"]]),
    "exists": each(lambda found, _wanted: bool(found)),
    "notExists": each(lambda found, _wanted: not found),
    "contains": each(contains),
    "notContains": each(lambda found, wanted: not contains(found, wanted)),
    "isSubset": each(subset),
    "lengthEqual": each(lambda found, wanted: bool(found) and len(found[0]) == wanted["count"]),
    "matchRegex": each(lambda found, wanted: bool(found) and re.search(wanted["pattern"], found[0]) is not None),
    "notMatchRegex": each(lambda found, wanted: bool(found) and re.search(wanted["pattern"], found[0]) is None),
}
