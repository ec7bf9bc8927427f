"""Helm as the checks call it, and rendered objects as Python sees them."""
import subprocess
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
CHART = ROOT / "helm" / "dictum"
# The oldest and the newest Kubernetes that the chart is for.
OLDEST, NEWEST = "1.27.0", "1.37.0"


class Strict(yaml.SafeLoader):
    """YAML that refuses a key that is given twice."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _value in node.value:
            name = self.construct_object(key, deep=True)
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {name!r} is given twice", key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


def objects(text):
    """The objects of a YAML text, without empty documents."""
    return [found for found in yaml.load_all(text, Loader=Strict) if found is not None]


@dataclass(frozen=True)
class Helm:
    """One helm."""

    name: str
    path: Path

    def run(self, *arguments):
        return subprocess.run([str(self.path), *map(str, arguments)], capture_output=True, text=True, cwd=ROOT)

    def template(self, *arguments, values=(), release="release", namespace="facts", kube=NEWEST, chart=CHART):
        """What `helm template` gives, or a RuntimeError with what it says."""
        files = [argument for file in values for argument in ("--values", file)]
        done = self.run("template", release, chart, "--namespace", namespace, "--kube-version", kube, *files, *arguments)
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        return done.stdout


def value_sets():
    """The value sets that every check goes over."""
    return sorted(CHART.glob("ci/*-values.yaml"))


def pods(found):
    """The pod specs in objects, each with the name of what makes them."""
    for item in found:
        kind = item["kind"]
        if kind == "Pod":
            yield f"Pod/{item['metadata']['name']}", item["metadata"], item["spec"]
        elif kind in ("Deployment", "Job"):
            template = item["spec"]["template"]
            yield f"{kind}/{item['metadata']['name']}", template["metadata"], template["spec"]


def one(found, kind, suffix=""):
    """The only object of a kind, with a name that ends so."""
    fit = [item for item in found if item["kind"] == kind and item["metadata"]["name"].endswith(suffix)]
    if len(fit) != 1:
        raise AssertionError(f"{len(fit)} objects of kind {kind} and name …{suffix}")
    return fit[0]
