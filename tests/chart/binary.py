"""What the chart tells the program, held to the program: the configuration is read, the command line starts a server in an empty
root as the image's user, and the probes' ports and names answer.

    binary.py inside ROOT PROBE CASE      (called by itself, in a network namespace of its own)
"""
import fcntl
import hashlib
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from render import one, pods


# What Secrets of somebody else's have in them.
TOKEN = "test"


def mounted(found, kind, work):
    """What is mounted in the pods of a kind, by its place: from the rendered ConfigMaps and Secrets, and, for Secrets of somebody
    else's, from certificates and keys that are made here."""
    files = {}
    for where, _metadata, spec in pods(found):
        if not where.startswith(f"{kind}/"):
            continue
        volumes = {volume["name"]: volume for volume in spec.get("volumes", [])}
        for container in spec.get("initContainers", []) + spec["containers"]:
            for mount in container.get("volumeMounts", []):
                volume = volumes[mount["name"]]
                data = {}
                if "configMap" in volume:
                    data = one(found, "ConfigMap", volume["configMap"]["name"])["data"]
                elif "secret" in volume:
                    data = secret(found, volume, work)
                    if items := volume["secret"].get("items"):
                        data = {item["path"]: data[item["key"]] for item in items}
                files |= {f"{mount['mountPath'].lstrip('/')}/{key}": text for key, text in data.items()}
    return files


def files_of(found, work):
    """What the server's pods have mounted."""
    return mounted(found, "Deployment", work)


def secret(found, volume, work):
    name = volume["secret"]["secretName"]
    for item in found:
        if item["kind"] == "Secret" and item["metadata"]["name"] == name:
            return item["stringData"]
    if volume["name"] == "keys":
        line = f"desk:{hashlib.sha256(TOKEN.encode()).hexdigest()}\n"
        return {"keys": line, "keys.txt": line}
    return {"token": f"{TOKEN}\n"} if volume["name"] == "token" else certificate(work)


def certificate(work):
    """A certificate that is good for the service's names, for servers and for clients, as a Secret has it."""
    folder = work / "certificate"
    if not folder.exists():
        folder.mkdir()
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        (folder / "extensions").write_text(
            "basicConstraints = CA:FALSE\nextendedKeyUsage = serverAuth, clientAuth\n"
            "subjectAltName = DNS:release-dictum, DNS:release-dictum.facts.svc\n"
        )
        for command in (
            ["req", "-x509", *key, "-days", "2", "-subj", "/CN=a root", "-keyout", "ca.key", "-out", "ca.crt"],
            ["req", *key, "-subj", "/CN=dictum", "-keyout", "tls.key", "-out", "tls.csr"],
            ["x509", "-req", "-in", "tls.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-days", "2", "-extfile", "extensions", "-out", "tls.crt"],
        ):
            subprocess.run(["openssl", *command], cwd=folder, capture_output=True, check=True)
    return {name: (folder / name).read_text() for name in ("ca.crt", "tls.crt", "tls.key")}


def lay(root, files):
    """Writes the files under a folder that stands for the container's root."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    subprocess.run(["chmod", "-R", "a+rX,go-w", root], check=True)


def unpack(layout, root):
    """The files of an OCI layout's image under `root`, its digests checked; the image's configuration."""

    def blob(described):
        content = (layout / "blobs" / described["digest"].replace(":", "/")).read_bytes()
        assert hashlib.sha256(content).hexdigest() == described["digest"].split(":")[1], described
        assert len(content) == described["size"], described
        return content

    manifest = json.loads(blob(json.loads((layout / "index.json").read_text())["manifests"][0]))
    config = json.loads(blob(manifest["config"]))
    for described, diff in zip(manifest["layers"], config["rootfs"]["diff_ids"], strict=True):
        blob(described)
        path = layout / "blobs" / described["digest"].replace(":", "/")
        with tarfile.open(path, "r:gz") as tar:
            tar.extractall(root, filter="fully_trusted")
        tarred = subprocess.run(["gzip", "-dc", path], capture_output=True, check=True).stdout
        assert f"sha256:{hashlib.sha256(tarred).hexdigest()}" == diff, described
    return config


def check_config(dictum, files, work):
    """What `dictum serve --check-config` says against the rendered file; paths lead to where the files lie."""
    root = work / "config"
    shutil.rmtree(root, ignore_errors=True)
    lay(root, {name: text.replace('"/etc/dictum/', f'"{root}/etc/dictum/') for name, text in files.items()})
    done = subprocess.run(
        [dictum, "serve", "--check-config", f"--config={root}/etc/dictum/dictum.toml"], capture_output=True, text=True
    )
    return [] if done.returncode == 0 else [line for line in done.stderr.splitlines() if line]


def serves(layout, probe, found, work):
    """Starts the rendered command line in an empty root, and asks as the kubelet, `helm test` and the bulk Job would; what went
    wrong."""
    root = work / "root"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    image = unpack(layout, root)["config"]
    for kind in ("Deployment", "Pod", "Job"):
        lay(root, mounted(found, kind, work))
    deployment = one(found, "Deployment")
    metadata, spec = deployment["metadata"], deployment["spec"]["template"]["spec"]
    container = spec["containers"][0]
    user = [int(part) for part in image["User"].split(":")]
    case = {
        "command": image["Entrypoint"] + container["args"],
        "user": user,
        "probes": [container[name]["grpc"] for name in ("startupProbe", "livenessProbe", "readinessProbe")],
        "grace": spec["terminationGracePeriodSeconds"],
        "forward": [one(found, "Service", metadata["name"])["spec"]["ports"][0]["port"], container["ports"][0]["containerPort"]],
        "metrics": series(found),
        "clients": [],
    }
    # As the kubelet mounts it: a name server, which is started below.
    (root / "proc").mkdir()
    lay(root, {"etc/resolv.conf": "nameserver 127.0.0.1\noptions timeout:2\n"})
    for where, _metadata, spec in pods(found):
        if where.startswith("Pod/"):
            containers = spec.get("initContainers", []) + spec["containers"]
            case["clients"] += [{"command": image["Entrypoint"] + container["args"], "env": {}} for container in containers]
    for job in [item for item in found if item["kind"] == "Job"]:
        args = job["spec"]["template"]["spec"]["containers"][0]["args"]
        corpus(root, args[-1].lstrip("/"), job["spec"]["completions"], user)
        case["clients"] += [
            {"command": image["Entrypoint"] + args, "env": {"JOB_COMPLETION_INDEX": str(index)}}
            for index in range(job["spec"]["completions"])
        ]
    inside = [sys.executable, __file__, "inside", root, probe, json.dumps(case)]
    done = subprocess.run(["unshare", "--net", "--pid", "--mount", "--fork", *inside], capture_output=True, text=True, timeout=300)
    wrong = [] if done.returncode == 0 else [line for line in (done.stdout + done.stderr).splitlines() if line]
    answered = sorted(path.name for path in (root / "output").rglob("*.facts.jsonl"))
    wanted = sorted(f"{path.name}.facts.jsonl" for path in (root / "input").rglob("*.jsonl"))
    if not wrong and answered != wanted:
        wrong.append(f"the Job answered {answered} of {wanted}")
    return wrong


def series(found):
    """The program's series that alerts, the dashboard and the autoscalers look at."""
    text = "".join(str(item) for item in found if item["kind"] in ("PrometheusRule", "ScaledObject", "HorizontalPodAutoscaler"))
    text += "".join(data for item in found if item["kind"] == "ConfigMap" for name, data in item["data"].items() if name == "dictum.json")
    return sorted(set(re.findall(r"\b(?:grpc_server|dictum|process)_[a-z_]+(?=[{\['])", text)))


def corpus(root, folder, shares, user):
    """A few files for each share of a Job, and a place for their answers that the image's user may write to."""
    request = json.dumps({"document": {"content": "Sales rose by 5 percent in 2021."}})
    lay(root, {f"{folder}/{number:03}.jsonl": f"{request}\n" * 3 for number in range(2 * shares + 1)})
    (root / "output").mkdir()
    os.chown(root / "output", *user)


def loopback_up():
    """Raises `lo`, which is down in a new network namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        up_running = 0x1 | 0x40
        fcntl.ioctl(sock, 0x8914, struct.pack("16sh14x", b"lo", up_running))


def name_server():
    """Answers every question for an IPv4 address with 127.0.0.1, and every other one with nothing."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))

    def answer():
        while True:
            asked, peer = server.recvfrom(512)
            end = asked.index(b"\0", 12) + 5
            is_ipv4 = asked[end - 4 : end - 2] == b"\0\1"
            record = b"\xc0\x0c\0\1\0\1\0\0\0\x05\0\4" + socket.inet_aton("127.0.0.1") if is_ipv4 else b""
            head = asked[:2] + b"\x85\x80\0\1" + struct.pack(">H", is_ipv4) + b"\0\0\0\0"
            server.sendto(head + asked[12:end] + record, peer)

    threading.Thread(target=answer, daemon=True).start()


def forward(port, to):
    """The Service: its port leads to the container's."""
    server = socket.create_server(("127.0.0.1", port))

    def copy(source, target):
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)

    def accept():
        while True:
            client = server.accept()[0]
            pod = socket.create_connection(("127.0.0.1", to))
            for pair in ((client, pod), (pod, client)):
                threading.Thread(target=copy, args=pair, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


def inside(root, probe, case):
    """One server, its probes, its clients, and its end by SIGTERM within the grace period."""
    loopback_up()
    name_server()
    if case["forward"][0] != case["forward"][1]:
        forward(*case["forward"])
    user, group = case["user"]

    def confine():
        os.chroot(root)
        os.chdir("/")
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)

    # As a container has it. A log that nobody reads would fill its pipe, and hold the server up.
    subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=True)
    log = tempfile.TemporaryFile("w+")
    server = subprocess.Popen(case["command"], preexec_fn=confine, env={}, stderr=log)
    try:
        begun = time.monotonic()
        for wanted in case["probes"]:
            asked = [probe, f"-addr=127.0.0.1:{wanted['port']}", f"-service={wanted.get('service', '')}", "-connect-timeout=1s"]
            while True:
                done = subprocess.run(asked, capture_output=True, text=True)
                if done.returncode == 0:
                    break
                if server.poll() is not None or time.monotonic() - begun > 30:
                    sys.exit(f"probe {wanted}: {done.stderr}{done.stdout}")
                time.sleep(0.1)
        admin = case["probes"][0]["port"]
        with urllib.request.urlopen(f"http://127.0.0.1:{admin}/metrics", timeout=5) as answer:
            there = {re.split(r"[ {]", line)[0] for line in answer.read().decode().splitlines()}
        if missing := [name for name in case["metrics"] if name not in there]:
            sys.exit(f"/metrics has no {missing}")
        for client in case["clients"]:
            done = subprocess.run(
                client["command"], preexec_fn=confine, env=client["env"], capture_output=True, text=True, timeout=60
            )
            if done.returncode:
                sys.exit(f"{client['command']}: {done.stderr}")
            if client["command"][1] == "extract" and not client["env"] and '"numericClaim"' not in done.stdout:
                sys.exit(f"{client['command']}: {done.stdout}")
        server.terminate()
        begun = time.monotonic()
        status = server.wait(case["grace"])
        if status:
            sys.exit(f"exit status {status} after SIGTERM")
        print(f"ended {time.monotonic() - begun:.1f} s after SIGTERM, {case['grace']} s were given")
    finally:
        if server.poll() is None:
            server.kill()
        if status := server.wait():
            log.seek(0)
            print(f"exit status {status}:\n{''.join(log.readlines()[-20:])}", file=sys.stderr)


if __name__ == "__main__" and sys.argv[1:2] == ["inside"]:
    inside(Path(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4]))
