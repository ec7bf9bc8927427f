#!/usr/bin/env python3
"""Holds the chart to what a cluster, a platform team and the program itself would say of it.

check.py --tools FOLDER --dictum STATIC_BINARY [--only NAME,…]

FOLDER has helm (4), helm3, helm-unittest, kubeconform, kube-score, promrules and grpc-health-probe of tools/. Needs root, for the empty root directory that
the image's binary is started in.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent))
import binary  # noqa: E402
import manifests  # noqa: E402
import notes  # noqa: E402
from render import CHART, NEWEST, OLDEST, ROOT, Helm, objects, one, value_sets  # noqa: E402

CHECKS = {}
EXCEPTIONS = yaml.safe_load(Path(__file__).with_name("exceptions.yaml").read_text())


def check(function):
    """One more check; its name is what --only takes, and what it yields is wrong."""
    CHECKS[function.__name__] = function
    return function


class Run:
    """What the checks share: tools, and every value set rendered once by each helm for each Kubernetes."""

    def __init__(self, tools, dictum, work):
        self.tools, self.dictum, self.work = tools, dictum, work
        self.helms = [Helm("helm 4", tools / "helm"), Helm("helm 3", tools / "helm3")]
        self.rendered = {}

    def text(self, values, helm=0, kube=NEWEST):
        key = (values, helm, kube)
        if key not in self.rendered:
            self.rendered[key] = self.helms[helm].template(values=[values], kube=kube)
        return self.rendered[key]

    def found(self, values):
        return objects(self.text(values))


@check
def lint(run):
    """helm lint --strict, by both."""
    for helm in run.helms:
        for values in value_sets():
            done = helm.run("lint", "--strict", CHART, "--values", values, "--kube-version", NEWEST)
            if done.returncode:
                yield f"{helm.name}, {values.name}: {done.stdout}{done.stderr}"


@check
def renders(run):
    """Both helms render every value set, and the same."""
    for values in value_sets():
        for kube in (OLDEST, NEWEST):
            by = [sorted(map(json.dumps, objects(run.text(values, helm, kube)))) for helm in range(len(run.helms))]
            if by[0] != by[1]:
                yield f"{values.name}: helm 3 and helm 4 differ"
    old = run.helms[0].run("template", "release", CHART, "--kube-version", "1.26.0")
    if old.returncode == 0 or "kubeVersion" not in old.stderr:
        yield "Kubernetes 1.26 is not refused"


@check
def schemas(run):
    """kubeconform, strict, for the oldest and the newest Kubernetes."""
    kinds = {item["kind"] for values in value_sets() for item in run.found(values)}
    for version in (OLDEST, NEWEST):
        files = [run.work / f"{values.stem} on {version}.yaml" for values in value_sets()]
        for values, file in zip(value_sets(), files, strict=True):
            file.write_text(run.text(values, kube=version))
        folder = manifests.schema_folder(version, kinds, run.work)
        yield from manifests.conform(run.tools / "kubeconform", folder, version, files)
    # The check itself: a wrong key of a CRD is seen.
    files[0].write_text(run.text(CHART / "ci" / "monitoring-values.yaml").replace("scrapeTimeout", "scrapeTime"))
    if not manifests.conform(run.tools / "kubeconform", folder, version, files[:1]):
        yield "a wrong key of a ServiceMonitor is not seen"


@check
def restricted(run):
    """PodSecurity "restricted", and resources, for every pod of every value set."""
    for values in value_sets():
        yield from (f"{values.name}: {wrong}" for wrong in manifests.restricted(run.found(values)))


@check
def wired(run):
    """Names, selectors, ports and mounts meet each other."""
    for values in value_sets():
        yield from (f"{values.name}: {wrong}" for wrong in manifests.wired(run.found(values)))


@check
def selectors(run):
    """No value set but one that renames things changes what is immutable in a release that stands."""
    before = json.loads(Path(__file__).with_name("selectors.json").read_text())
    for values in value_sets():
        if values.name.startswith(("long-names", "single")):
            continue
        now = manifests.selectors(run.found(values))
        for where, fixed in before.items():
            if where in now and now[where] != fixed:
                yield f"{values.name}: {where} has {now[where]}, a release that stands has {fixed}"


@check
def refused(_run):
    """Bad values are refused by name, by the schema or by a template that says why."""
    cases = yaml.safe_load(Path(__file__).with_name("bad-values.yaml").read_text())
    for number, case in enumerate(cases):
        file = _run.work / f"bad-{number}.yaml"
        file.write_text(yaml.safe_dump(case["values"]))
        for helm in _run.helms:
            try:
                helm.template(values=[file])
                yield f"{helm.name} takes {case['values']}"
            except RuntimeError as error:
                if case["says"] not in str(error):
                    yield f"{helm.name} refuses {case['values']} with {error}, not with {case['says']!r}"


@check
def generated(_run):
    """values.schema.json and the chart's README follow from what they are generated from."""
    done = subprocess.run([sys.executable, ROOT / "helm" / "generate.py", "--check"], capture_output=True, text=True)
    if done.returncode:
        yield done.stdout + done.stderr


@check
def unit(run):
    """The suites of helm/dictum/tests, by helm-unittest: in a copy, since it makes a folder for snapshots beside them."""
    copy = shutil.copytree(CHART, run.work / "chart")
    done = subprocess.run([run.tools / "helm-unittest", "--strict", copy], capture_output=True, text=True)
    passed = re.search(r"^Tests: +(\d+) passed, \1 total$", done.stdout, re.M)
    if done.returncode or not passed or passed[1] == "0":
        yield done.stdout + done.stderr
    else:
        print(f"# helm-unittest: {passed[1]} tests pass")


def without(complaints, exceptions):
    """Complaints, (value set, test, text), that no written exception allows; and exceptions that nothing needs."""
    allowed = {exception["test"]: exception.get("only") for exception in exceptions}
    needed = set()
    for values, test, text in complaints:
        if test in allowed and (allowed[test] is None or values in allowed[test]):
            needed.add(test)
        else:
            yield f"{values}: {test}: {text}"
    for test in allowed.keys() - needed:
        yield f"nothing needs the exception of {test}: take it out"


@check
def score(run):
    """kube-score, but for the exceptions in writing."""
    complaints = []
    for values in value_sets():
        done = subprocess.run(
            [run.tools / "kube-score", "score", "--ignore-container-cpu-limit", "--output-format", "json", "-"],
            input=run.text(values), capture_output=True, text=True,
        )  # fmt: skip
        for item in json.loads(done.stdout):
            for found in item["checks"]:
                # Grades: 10 is good, 7 nearly so.
                if not found["skipped"] and found["grade"] < 10:
                    said = "; ".join(comment["summary"] for comment in found["comments"] or [])
                    where = f"{item['type_meta']['kind']}/{item['object_meta']['name']}"
                    complaints.append((values.stem.removesuffix("-values"), found["check"]["id"], f"{where}: {said}"))
    yield from without(complaints, EXCEPTIONS["kube-score"])


@check
def policies(run):
    """checkov's policies for Kubernetes, but for the exceptions in writing."""
    folder = run.work / "checkov"
    folder.mkdir()
    for values in value_sets():
        (folder / f"{values.stem.removesuffix('-values')}.yaml").write_text(run.text(values))
    checkov = Path(sys.executable).with_name("checkov")
    done = subprocess.run(
        [checkov, "-d", folder, "--framework", "kubernetes", "--output", "json", "--skip-download"], capture_output=True, text=True
    )
    results = json.loads(done.stdout)["results"]
    complaints = [
        (Path(found["file_path"]).stem, found["check_id"], f"{found['resource'][:60]}: {found['check_name']}")
        for found in results["failed_checks"]
    ]
    print(f"# checkov: {len(results['passed_checks'])} policies hold")
    yield from without(complaints, EXCEPTIONS["checkov"])
    yield from results["parsing_errors"]


@check
def configured(run):
    """The rendered configuration file is one that the program takes."""
    for values in value_sets():
        for wrong in binary.check_config(run.dictum, binary.files_of(run.found(values), run.work), run.work):
            yield f"{values.name}: {wrong}"


@check
def rules(run):
    """Prometheus takes the alerts, with the templates in them, and the dashboard's queries."""
    found = run.found(CHART / "ci" / "monitoring-values.yaml")
    groups = one(found, "PrometheusRule")["spec"]["groups"]
    panels = json.loads(one(found, "ConfigMap", "-dashboard")["data"]["dictum.json"])["panels"]
    queries = [target["expr"].replace("$__rate_interval", "5m") for panel in panels for target in panel.get("targets", [])]
    groups.append({"name": "dashboard", "rules": [{"record": f"panel:{n}", "expr": query} for n, query in enumerate(queries)]})

    def said(text):
        return subprocess.run([run.tools / "promrules"], input=text, capture_output=True, text=True)

    text = yaml.safe_dump({"groups": groups})
    done = said(text)
    wanted = sum(len(group["rules"]) for group in groups)
    if done.returncode or int(done.stdout) != wanted:
        yield f"{done.stdout} of {wanted} rules: {done.stderr}"
    if said(text.replace("humanizePercentage", "humanisePercentage")).returncode == 0:
        yield "a template that calls what is not there is taken"


@check
def commands(run):
    """The commands of NOTES.txt name what is there; the flags of every container of ours are flags of the program."""
    for values in value_sets():
        found = run.found(values)
        for line in notes.wrong(notes.text(run.helms[0], values, run.work), found, run.dictum):
            yield f"{values.name}: {line}"
        for where, _metadata, spec in manifests.pods(found):
            for container in spec.get("initContainers", []) + spec["containers"]:
                args = container.get("args", [])
                if args and args[0] in ("serve", "extract", "health"):
                    odd = {arg.split("=")[0] for arg in args if arg.startswith("--")} - notes.flags(run.dictum, args[0])
                    if odd:
                        yield f"{values.name}: {where}: dictum {args[0]} has no {odd}"


@check
def dockerfile(run):
    """The Dockerfile's build stage with a cargo that only reads the manifest: every file that it needs is copied, and found."""
    root = run.work / "docker"
    (root / "bin").mkdir(parents=True)
    host = re.search("^host: (.*)$", subprocess.run(["rustc", "-vV"], capture_output=True, text=True).stdout, re.M)[1]
    # What is built serves until it is told to end, and says a word to whatever else it is asked.
    built = "#!/bin/sh\n[ $1 != serve ] && echo built && exit; trap exit\\ 0 TERM; while :; do sleep 0.1; done"
    stubs = {
        # Builds nothing, but fails as cargo would on a manifest whose targets are not there.
        "cargo": f'''set -e
while [ $# -gt 0 ]; do [ "$1" = --target ] && target=$2; shift; done
{shutil.which("cargo")} fetch --locked --offline --target {host} >/dev/null
mkdir -p "target/$target/release" && cd "target/$target/release" && printf '{built}' >dictum && chmod +x dictum''',
        "rustup": "exit 0",
        "llvm-profdata": "exit 0",
    }
    for name, stub in stubs.items():
        (root / "bin" / name).write_text(f"#!/bin/sh\n{stub}\n")
        (root / "bin" / name).chmod(0o755)
    tools = {"PATH": f"{root / 'bin'}:{os.environ['PATH']}", "LLVM_PROFDATA": "llvm-profdata", "TARGETARCH": "amd64"}
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    stage = lines[lines.index(next(line for line in lines if " AS build" in line)) + 1 : lines.index("FROM scratch")]
    ignored = (ROOT / ".dockerignore").read_text().split()
    for line in stage:
        name, rest = line.split(maxsplit=1)
        if name == "COPY":
            *sources, target = rest.split()
            for source in sources:
                if not any(source == kept[1:] or source.startswith(f"{kept[1:]}/") for kept in ignored if kept.startswith("!")):
                    yield f".dockerignore leaves {source} out"
                to = root / target / (source if target == "./" else "")
                if (ROOT / source).is_dir():
                    shutil.copytree(ROOT / source, to, dirs_exist_ok=True)
                else:
                    to.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(ROOT / source, to)
        elif name == "RUN":
            script = rest.replace(" /dictum", " dictum-built")
            done = subprocess.run(["sh", "-c", script], cwd=root, capture_output=True, text=True, env={**os.environ, **tools})
            if done.returncode:
                yield f"RUN {rest[:60]}…: {done.stderr}"
    if not (root / "dictum-built").exists():
        yield "no binary is built"
    for file in (ROOT / "src").rglob("*.rs"):
        for included in re.findall(r'include_(?:str|bytes)!\("([^"]*)"', file.read_text()):
            if not (root / file.relative_to(ROOT).parent / included).exists():
                yield f"{file.relative_to(ROOT)} includes {included}, which the image's build has not"


@check
def serves(run):
    """The image's binary, in an empty root as the image's user, serves what the chart tells it; the probes find it, `helm test` passes, the
    bulk Job reads all of its corpus."""
    layout = run.work / "image"
    made = subprocess.run([sys.executable, ROOT / "tools" / "oci_image.py", run.dictum, layout], capture_output=True, text=True)
    if made.returncode:
        yield made.stderr
        return
    print(made.stdout, end="")
    for name in ("default", "bulk", "ipv4-only", "tls", "mtls-cert-manager", "keys", "monitoring", "everything"):
        values = CHART / "ci" / f"{name}-values.yaml"
        for wrong in binary.serves(layout, run.tools / "grpc-health-probe", run.found(values), run.work):
            yield f"{values.name}: {wrong}"


@check
def grace(run):
    """The grace period is the drain and ten seconds, whatever the drain is."""
    for values, wanted in ((CHART / "ci/default-values.yaml", 35), (CHART / "ci/config-values.yaml", 71)):
        spec = one(run.found(values), "Deployment")["spec"]["template"]["spec"]
        if spec["terminationGracePeriodSeconds"] != wanted:
            yield f"{values.name}: {spec['terminationGracePeriodSeconds']} s, not {wanted}"


@check
def restarted(run):
    """A changed configuration makes new pods, and nothing else of the values does."""
    values = CHART / "ci" / "default-values.yaml"
    for helm in run.helms:
        sums = []
        for change in ("config.log=info", "config.log=debug", "replicaCount=3"):
            text = helm.template("--set", change, "--show-only", "templates/deployment.yaml", values=[values])
            (deployment,) = objects(text)
            sums.append(deployment["spec"]["template"]["metadata"]["annotations"]["checksum/config"])
        if sums[0] == sums[1] or sums[0] != sums[2]:
            yield f"{helm.name}: checksums {sums}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tools", type=Path, required=True)
    parser.add_argument("--dictum", type=Path, required=True)
    parser.add_argument("--only", type=lambda names: names.split(","), default=list(CHECKS))
    arguments = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        run = Run(arguments.tools.resolve(), arguments.dictum.resolve(), Path(work))
        for name in arguments.only:
            begun = time.monotonic()
            wrong = list(CHECKS[name](run))
            failed += bool(wrong)
            for line in wrong:
                print(f"FAILED {name}: {line}")
            print(f"# chart {name}: {'failed' if wrong else 'ok'}, {time.monotonic() - begun:.1f} s")
    print(f"# chart: {len(arguments.only) - failed} of {len(arguments.only)} checks hold over {len(value_sets())} value sets")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
