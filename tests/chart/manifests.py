"""What holds of every rendered object: schemas of Kubernetes and of CRDs, PodSecurity, names, selectors, ports."""
import json
import re
import subprocess
from pathlib import Path

import kubernetes_validate

from render import pods

CRDS = Path(__file__).with_name("crds")
DNS_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?$")


def schema_folder(version, kinds, work):
    """The strict schemas of a Kubernetes version, as kubeconform takes them: with references that stay in the folder."""
    source = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema" / f"v{version}-local-strict"
    folder = work / version
    folder.mkdir()
    wanted = {kind.lower() for kind in kinds} | {"_definitions.json"}
    for file in source.iterdir():
        if file.name.split("-")[0] in wanted:
            schema = json.loads(file.read_text().replace('"/api/_definitions.json#', '"_definitions.json#'))
            schema.pop("$id", None)
            (folder / file.name).write_text(json.dumps(schema))
    return folder


def conform(tool, folder, version, files):
    """What kubeconform has to say against rendered files."""
    done = subprocess.run(
        [
            tool, "-strict", "-output", "json", "-kubernetes-version", version,
            "-schema-location", f"{folder}/{{{{.ResourceKind}}}}{{{{.KindSuffix}}}}.json",
            "-schema-location", f"{CRDS}/{{{{.Group}}}}_{{{{.ResourceKind}}}}_{{{{.ResourceAPIVersion}}}}.json", *files,
        ],
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode == 0:
        return []
    found = json.loads(done.stdout or "{}").get("resources", [])
    where = [f"{Path(item['filename']).stem}, {item['kind']}/{item['name']}: {item['msg']}" for item in found]
    return where or [done.stderr]


def restricted(found):
    """Where pods leave the PodSecurity profile "restricted", or go without what we promise beside it."""
    for where, _metadata, spec in pods(found):
        pod = spec.get("securityContext", {})
        for field in ("hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace"):
            if spec.get(field):
                yield f"{where}: {field}"
        if pod.get("sysctls"):
            yield f"{where}: sysctls"
        for volume in spec.get("volumes", []):
            kinds = set(volume) - {"name"}
            allowed = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}
            if not kinds <= allowed or len(kinds) != 1:
                yield f"{where}: volume {volume['name']} is {kinds}"
        if spec.get("automountServiceAccountToken") is not False:
            yield f"{where}: mounts the token of its service account"
        for container in spec.get("initContainers", []) + spec["containers"]:
            name = f"{where}/{container['name']}"
            own = container.get("securityContext", {})
            both = {**pod, **own}
            if both.get("runAsNonRoot") is not True or both.get("runAsUser") == 0:
                yield f"{name}: may run as root"
            if both.get("seccompProfile", {}).get("type") not in ("RuntimeDefault", "Localhost"):
                yield f"{name}: no seccomp profile"
            if own.get("allowPrivilegeEscalation") is not False or own.get("privileged"):
                yield f"{name}: may become privileged"
            capabilities = own.get("capabilities", {})
            if "ALL" not in capabilities.get("drop", []) or set(capabilities.get("add", [])) - {"NET_BIND_SERVICE"}:
                yield f"{name}: keeps capabilities"
            if own.get("procMount", "Default") != "Default":
                yield f"{name}: procMount"
            if own.get("readOnlyRootFilesystem") is not True:
                yield f"{name}: writes to its root"
            resources = container.get("resources", {})
            if not {"cpu", "memory"} <= set(resources.get("requests", {})) or "memory" not in resources.get("limits", {}):
                yield f"{name}: resources {resources}"
            if any(port.get("hostPort") for port in container.get("ports", [])):
                yield f"{name}: a port of the node"


def wired(found):
    """Names, selectors, ports and mounts that do not meet each other."""
    names = [(item["apiVersion"], item["kind"], item["metadata"]["name"]) for item in found]
    for twice in {name for name in names if names.count(name) > 1}:
        yield f"two objects are {twice}"
    for item in found:
        where, metadata = f"{item['kind']}/{item['metadata']['name']}", item["metadata"]
        longest = 63 if item["kind"] in ("Service", "Pod") else 253
        if item["kind"] == "Job":
            # Its pods are called after it and their index.
            longest = 63 - len(f"-{item['spec']['completions'] - 1}")
        if len(metadata["name"]) > longest or not all(DNS_LABEL.match(part) for part in metadata["name"].split(".")):
            yield f"{where} is no good name"
        for key, value in metadata.get("labels", {}).items():
            if len(value) > 63:
                yield f"{where}: the label {key} is {len(value)} characters long"
    selected = {}
    for item in found:
        selector = None
        if item["kind"] == "Service":
            selector = item["spec"]["selector"]
        elif item["kind"] in ("Deployment", "PodDisruptionBudget"):
            selector = item["spec"]["selector"]["matchLabels"]
        elif item["kind"] == "NetworkPolicy":
            selector = item["spec"]["podSelector"]["matchLabels"]
        if selector:
            fit = [where for where, metadata, _spec in pods(found) if selector.items() <= metadata["labels"].items()]
            selected[f"{item['kind']}/{item['metadata']['name']}"] = fit
    for where, fit in selected.items():
        if len(fit) != 1 or not fit[0].startswith("Deployment/"):
            yield f"{where} selects {fit}"
    for where, _metadata, spec in pods(found):
        volumes = {volume["name"] for volume in spec.get("volumes", [])}
        for container in spec.get("initContainers", []) + spec["containers"]:
            mounts = container.get("volumeMounts", [])
            for mount in mounts:
                if mount["name"] not in volumes:
                    yield f"{where}: the mount {mount['name']} has no volume"
                if "subPath" in mount:
                    yield f"{where}: {mount['name']} is mounted by subPath and would never be updated"
            paths = [mount["mountPath"] for mount in mounts]
            if len(set(paths)) != len(paths):
                yield f"{where}: two mounts at one path"
    ports = {}
    for where, _metadata, spec in pods(found):
        if where.startswith("Deployment/"):
            container = next(container for container in spec["containers"] if container["name"] == "dictum")
            ports = {port["name"]: port["containerPort"] for port in container["ports"]}
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                if container[probe]["grpc"]["port"] != ports["admin"]:
                    yield f"{probe} asks port {container[probe]['grpc']['port']}"
    for item in found:
        where = f"{item['kind']}/{item['metadata']['name']}"
        if item["kind"] == "Service":
            for port in item["spec"]["ports"]:
                if port["targetPort"] not in ports:
                    yield f"{where}: no container has the port {port['targetPort']}"
                if item["spec"].get("clusterIP") == "None" and port["port"] != ports[port["targetPort"]]:
                    yield f"{where}: DNS leads to port {port['port']}, where nothing listens"
        if item["kind"] == "NetworkPolicy":
            for rule in item["spec"]["ingress"]:
                for port in rule["ports"]:
                    if port["port"] not in ports:
                        yield f"{where}: no container has the port {port['port']}"


def selectors(found):
    """What Kubernetes lets nobody change in a release that stands: by object, the fields that are immutable."""
    fixed = {}
    for item in found:
        where = f"{item['kind']}/{item['metadata']['name']}"
        if item["kind"] == "Deployment":
            fixed[where] = item["spec"]["selector"]
        elif item["kind"] == "Service":
            fixed[where] = {"clusterIP": item["spec"].get("clusterIP"), "selector": item["spec"]["selector"]}
    return fixed
