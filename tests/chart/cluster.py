#!/usr/bin/env python3
"""A real API server, with its etcd, is asked what it says of the chart: every value set by both helms, each as an upgrade of the one
before, in a namespace that enforces the PodSecurity profile "restricted".

cluster.py [--only VALUE_SET,…]

Builds what it needs of tools/ into ~/.cache/dictum-ci/cluster: some seven minutes of two cores the first time, seconds after that.
Nothing runs the pods. Custom kinds have the schemas of crds/, closed and as strict as the API server makes them, in place of their
projects' own. Everything listens on 127.0.0.1 and ends with the check.
"""
import argparse
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent))
import notes  # noqa: E402
from render import CHART, ROOT, Helm, objects, pods, value_sets  # noqa: E402

CRDS = Path(__file__).with_name("crds")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dictum-ci" / "cluster"
NAMESPACE = "facts"
# Value sets that nobody can get to from another one: they rename what cannot be renamed, or ask for another family of addresses first.
APART = ("long-names", "single", "ipv6")


def build():
    """The two helms, etcd, kube-apiserver and kubectl, as tools/ pins them."""
    CACHE.mkdir(parents=True, exist_ok=True)
    for module, flags, name, package in (
        ("tools", "-s -w", "helm", "helm.sh/helm/v4/cmd/helm"),
        ("tools", "-s -w", "helm3", "helm.sh/helm/v3/cmd/helm"),
        ("tools/control-plane", f"-s -w {versions()}", "", "tool"),
    ):
        command = ["go", "build", "-p=2", "-trimpath", f"-ldflags={flags}", "-o", f"{CACHE}/{name}", package]
        subprocess.run(command, cwd=ROOT / module, check=True)


def versions():
    """What tells Kubernetes' programs which version they are: their own build does the same."""
    command = ["go", "list", "-m", "-f={{.Version}}", "k8s.io/kubernetes"]
    version = subprocess.check_output(command, cwd=ROOT / "tools/control-plane", text=True).strip()
    major, minor, _patch = version.removeprefix("v").split(".")
    package = "k8s.io/component-base/version"
    return f"-X {package}.gitVersion={version} -X {package}.gitMajor={major} -X {package}.gitMinor={minor}"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def structural(schema):
    """A closed JSON Schema as the API server takes it: strict field validation refuses what is not named, so nothing says so, and
    alternatives only tell which keys they want."""
    if "oneOf" in schema:
        either = [structural(one) for one in schema["oneOf"]]
        properties = {name: value for one in either for name, value in one["properties"].items()}
        # An alternative is closed: it has no key of another one's.
        choices = [
            {
                "required": one["required"],
                "not": {"anyOf": [{"required": [name]} for name in sorted(properties.keys() - one["properties"].keys())]},
            }
            for one in either
        ]
        return {"type": "object", "properties": properties, "oneOf": choices}
    done = {}
    for key, value in schema.items():
        if key == "properties":
            done[key] = {name: structural(inner) for name, inner in value.items()}
        elif key == "items" or (key == "additionalProperties" and value):
            done[key] = structural(value)
        elif key == "const":
            done |= {"type": "string", "enum": [value]}
        elif key == "enum":
            # Their values are all strings, which a structural schema has to say.
            done |= {"type": "string", "enum": value}
        elif key not in ("$schema", "additionalProperties"):
            done[key] = value
    return done


def definition(schema):
    """A CustomResourceDefinition with one of our schemas."""
    properties = schema["properties"]
    group, version = properties["apiVersion"]["const"].split("/")
    kind = properties["kind"]["const"]
    plural = f"{kind.lower()}s"
    # Metadata is the API server's own.
    whole = structural({**schema, "properties": {**properties, "metadata": {"type": "object"}}})
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.{group}", "annotations": {"api-approved.kubernetes.io": "unapproved, for a check"}},
        "spec": {
            "group": group,
            "scope": "Namespaced",
            "names": {"kind": kind, "plural": plural, "singular": kind.lower(), "listKind": f"{kind}List"},
            "versions": [{"name": version, "served": True, "storage": True, "schema": {"openAPIV3Schema": whole}}],
        },
    }


class Cluster:
    """etcd and kube-apiserver, with a kubeconfig for them."""

    def __init__(self, work):
        self.work, self.processes = work, []

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self):
        client, peer, port = free_port(), free_port(), free_port()
        self.run(
            "server", f"--data-dir={self.work}/etcd", f"--listen-client-urls=http://127.0.0.1:{client}", "--unsafe-no-fsync",
            f"--advertise-client-urls=http://127.0.0.1:{client}", f"--listen-peer-urls=http://127.0.0.1:{peer}",
            f"--initial-advertise-peer-urls=http://127.0.0.1:{peer}", f"--initial-cluster=default=http://127.0.0.1:{peer}",
        )  # fmt: skip
        key, token = self.work / "service-account.key", secrets.token_hex(16)
        subprocess.run(["openssl", "genrsa", "-out", key, "2048"], capture_output=True, check=True)
        (self.work / "tokens.csv").write_text(f'{token},admin,admin,"system:masters"\n')
        self.run(
            "kube-apiserver", f"--etcd-servers=http://127.0.0.1:{client}", f"--secure-port={port}", "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1", f"--cert-dir={self.work}/certificates", f"--service-account-key-file={key}",
            f"--service-account-signing-key-file={key}", "--service-account-issuer=https://kubernetes.default.svc",
            f"--token-auth-file={self.work}/tokens.csv", "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.96.0.0/16,fd00:10:96::/112", "--endpoint-reconciler-type=none",
        )  # fmt: skip
        at = {"server": f"https://127.0.0.1:{port}", "certificate-authority": f"{self.work}/certificates/apiserver.crt"}
        config = {
            "apiVersion": "v1", "kind": "Config", "current-context": "here",
            "clusters": [{"name": "here", "cluster": at}],
            "users": [{"name": "admin", "user": {"token": token}}],
            "contexts": [{"name": "here", "context": {"cluster": "here", "user": "admin", "namespace": NAMESPACE}}],
        }  # fmt: skip
        (self.work / "kubeconfig").write_text(json.dumps(config))
        os.environ |= {"KUBECONFIG": f"{self.work}/kubeconfig", "KUBECACHEDIR": f"{self.work}/cache", "HELM_CACHE_HOME": f"{self.work}/helm"}
        begun = time.monotonic()
        while self.kubectl("get", "--raw=/readyz").returncode:
            if time.monotonic() - begun > 120 or any(process.poll() is not None for process in self.processes):
                sys.exit(f"no API server: {(self.work / 'kube-apiserver.log').read_text()[-3000:]}")
            time.sleep(0.5)
        print(f"# API server: ready after {time.monotonic() - begun:.0f} s", flush=True)

    def run(self, name, *arguments):
        with (self.work / f"{name}.log").open("w") as log:
            self.processes.append(subprocess.Popen([CACHE / name, *arguments], stdout=log, stderr=log))

    def __exit__(self, *_error):
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def kubectl(self, *arguments, text=None):
        return subprocess.run([CACHE / "kubectl", *arguments], input=text, capture_output=True, text=True)

    def apply(self, text, *more):
        """What is applied, as the API server has it, and what it says against it: a warning is what PodSecurity says of a Deployment, and
        the API server of a field that it is about to drop or to give up."""
        done = self.kubectl("apply", "--server-side", "--validate=strict", "--output=json", "--filename=-", *more, text=text)
        if done.returncode or "Warning" in done.stderr:
            return [], [done.stderr.strip()]
        found = json.loads(done.stdout)
        return found.get("items", [found]), []


def prepare(cluster):
    """The namespace, the custom kinds, and what value sets take for granted."""
    labels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "warn")}
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE, "labels": labels}}
    # Made by a controller otherwise.
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": NAMESPACE}}
    priority = {"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": "high"}, "value": 1000}
    definitions = [definition(json.loads(file.read_text())) for file in sorted(CRDS.glob("*.json"))]
    _found, wrong = cluster.apply(yaml.safe_dump_all([namespace, account, priority, *definitions]))
    names = [f"crd/{kind['metadata']['name']}" for kind in definitions]
    waited = cluster.kubectl("wait", "--for=condition=Established", "--timeout=60s", *names)
    return wrong + ([waited.stderr] if waited.returncode else [])


def blind(cluster):
    """What the API server must refuse, or nothing that it takes says anything."""
    monitoring = Helm("helm 4", CACHE / "helm").template(values=[CHART / "ci/monitoring-values.yaml"])
    deployment = yaml.safe_dump(next(item for item in objects(monitoring) if item["kind"] == "Deployment"))
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "bad"}, "spec": {"containers": [{"name": "a", "image": "a"}]}}
    for what, text, says in (
        ("a pod that is not restricted", yaml.safe_dump(pod), "violates PodSecurity"),
        ("a Deployment of such pods", deployment.replace("runAsNonRoot: true", "runAsNonRoot: false"), "would violate PodSecurity"),
        ("a field that no Deployment has", deployment.replace("revisionHistoryLimit", "revisions"), "field not declared in schema"),
        ("a field that no ServiceMonitor has", monitoring.replace("scrapeTimeout", "scrapeTime"), "scrapeTime: field not declared"),
        ("an alert that records", monitoring.replace("alert: DictumSlow", "record: a\n          alert: DictumSlow"), "spec.groups[0].rules"),
    ):  # fmt: skip
        _found, wrong = cluster.apply(text, "--dry-run=server")
        if says not in "".join(wrong):
            yield f"{what} is taken: {wrong}"


def one_set(cluster, helm, values, release):
    """A value set over what stands: helm's upgrade, each pod by itself, and the notes' commands."""
    done = helm.run("upgrade", "--install", release, CHART, "--namespace", NAMESPACE, "--values", values)
    if done.returncode or "warn" in done.stderr.lower():
        yield done.stderr.strip()
        return
    text = helm.template(values=[values], release=release, namespace=NAMESPACE, kube=cluster.version)
    # Pods, which a controller would make: they are what is enforced. `helm test` has one of its own.
    for where, metadata, spec in pods(objects(text)):
        restart = {"restartPolicy": spec.get("restartPolicy", "Always")}
        metadata = {"name": "pod", "namespace": NAMESPACE, "labels": metadata["labels"]}
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {**spec, **restart}}
        _found, wrong = cluster.apply(yaml.safe_dump(pod), "--dry-run=server")
        yield from (f"{where}: {line}" for line in wrong)
    # The commands of the notes, those that need no pod.
    for line in notes.text(helm, values, cluster.work, release).splitlines():
        words = line.split()
        if line.startswith("  kubectl") and "secret" not in words and "port-forward" not in words:
            more = ["--watch=false"] if "rollout" in words else []
            asked = cluster.kubectl(*words[1:], *more)
            if asked.returncode or "No resources found" in asked.stderr:
                yield f"{line.strip()}: {asked.stdout}{asked.stderr}"


def next_release(cluster, helm):
    """A new version of the chart, by itself and with whatever may be changed under what stands: nothing of it is immutable, and for the
    version alone no pod is made again."""
    later = cluster.work / f"later-{helm.name[-1]}"
    shutil.copytree(CHART, later)
    manifest = later / "Chart.yaml"
    manifest.write_text(re.sub(r"^version: .*", "version: 99.0.0", manifest.read_text(), flags=re.M))
    changes = [
        "commonLabels.team=desk", "commonAnnotations.owner=desk", "podLabels.tier=front", "image.tag=99.0.0", "config.log=debug",
        "podSecurityContext.fsGroup=null", "imagePullSecrets[0].name=registry", "nodeSelector.disk=fast", "bulk.resources.limits.memory=1Gi",
        "bulk.completions=3", "bulk.backoffLimit=1", "service.port=443", "serviceAccount.name=another",
    ]  # fmt: skip
    for name in ("bulk", "everything"):
        values, release = CHART / f"ci/{name}-values.yaml", f"{name}-{helm.name[-1]}"
        generations = []
        for chart, more in ((CHART, []), (later, []), (later, [f"--set={change}" for change in changes])):
            done = helm.run("upgrade", "--install", release, chart, "--namespace", NAMESPACE, "--values", values, *more)
            if done.returncode or "warn" in done.stderr.lower():
                yield f"{name}, {more}: {done.stderr.strip()}"
            asked = cluster.kubectl("get", "deployments,jobs", f"--selector=app.kubernetes.io/instance={release}", "--output=json")
            found = json.loads(asked.stdout)["items"]
            generations.append(sorted((item["metadata"]["uid"], item["metadata"].get("generation")) for item in found))
        if generations[0] != generations[1]:
            yield f"{name}: a new version of the chart alone makes new pods: {generations}"
        if generations[1] == generations[2] or len(generations[2]) != 2:
            yield f"{name}: what is changed does not come through: {generations}"
        helm.run("uninstall", release, "--namespace", NAMESPACE)


def settled(cluster, helm, values):
    """What `kubectl apply` makes without helm, strict as to fields; the same once more changes nothing, so nobody who compares what is
    wanted with what stands sees a difference for ever."""
    text = helm.template("--no-hooks", values=[values], release="plain", namespace=NAMESPACE, kube=cluster.version)
    seen = []
    for _time in range(2):
        found, wrong = cluster.apply(text)
        if wrong:
            yield from wrong
            return
        seen.append({f"{item['kind']}/{item['metadata']['name']}": item["metadata"]["resourceVersion"] for item in found})
    for where in seen[0].keys() & seen[1].keys():
        if seen[0][where] != seen[1][where]:
            yield f"{where} changes each time it is applied"
    for item in objects(text):
        cluster.kubectl("delete", "--now", "--ignore-not-found", f"{item['kind'].lower()}/{item['metadata']['name']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", type=lambda names: names.split(","))
    arguments = parser.parse_args()
    chosen = [values for values in value_sets() if not arguments.only or values.stem.removesuffix("-values") in arguments.only]
    build()
    begun, wrong, taken = time.monotonic(), [], 0
    with tempfile.TemporaryDirectory() as work, Cluster(Path(work)) as cluster:
        cluster.version = json.loads(cluster.kubectl("version", "--output=json").stdout)["serverVersion"]["gitVersion"]
        wrong += prepare(cluster)
        wrong += blind(cluster)
        helms = [Helm("helm 4", CACHE / "helm"), Helm("helm 3", CACHE / "helm3")]
        for helm in helms:
            standing = f"release-{helm.name[-1]}"
            for values in chosen:
                name = values.stem.removesuffix("-values")
                apart = name in APART
                release = f"{name}-{helm.name[-1]}" if apart else standing
                wrong += (f"{helm.name}, {name}: {line}" for line in one_set(cluster, helm, values, release))
                if apart:
                    helm.run("uninstall", release, "--namespace", NAMESPACE)
                taken += 1
            wrong += (f"{helm.name}, next version: {line}" for line in next_release(cluster, helm))
            left = helm.run("uninstall", standing, "--namespace", NAMESPACE)
            if left.returncode:
                wrong.append(f"{helm.name} uninstall: {left.stderr}")
        for values in chosen:
            wrong += (f"applied, {values.stem}: {line}" for line in settled(cluster, helms[0], values))
    for line in wrong:
        print(f"FAILED: {line}")
    took = time.monotonic() - begun
    print(f"# cluster {cluster.version}: {taken} installs and upgrades, {len(chosen)} applied twice; {len(wrong)} wrong, {took:.0f} s")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
