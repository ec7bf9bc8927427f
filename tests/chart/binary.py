"""What the chart tells the program, held to the program: the configuration is read, the command line starts a server in an empty
root as the image's user, and the probes' ports and names answer.

    binary.py inside ROOT PROBE CASE      (called by itself, in a network namespace of its own)
"""
import fcntl
import hashlib
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from render import one, pods


def files_of(found):
    """What is mounted under /etc/dictum, from the rendered ConfigMap and Secrets; certificates and keys of somebody else's Secrets
    are made here."""
    config = one(found, "ConfigMap", one(found, "Deployment")["metadata"]["name"])
    files = {f"etc/dictum/{name}": text for name, text in config["data"].items()}
    (spec,) = [spec for where, _metadata, spec in pods(found) if where.startswith("Deployment/")]
    mounts = {mount["name"]: mount["mountPath"].lstrip("/") for mount in spec["containers"][0]["volumeMounts"]}
    for volume in spec["volumes"]:
        if "secret" not in volume:
            continue
        name, folder = volume["secret"]["secretName"], mounts[volume["name"]]
        rendered = [item for item in found if item["kind"] == "Secret" and item["metadata"]["name"] == name]
        if rendered:
            data = rendered[0]["stringData"]
        elif volume["name"] == "keys":
            key = next(line for line in config["data"]["dictum.toml"].splitlines() if "/etc/dictum/keys/" in line)
            data = {key.rsplit("/", 1)[1].strip('"'): f"desk:{hashlib.sha256(b'secret').hexdigest()}\n"}
        else:
            data = certificate()
        files |= {f"{folder}/{key}": text for key, text in data.items()}
    return files


def certificate():
    """A certificate that signs itself, as a Secret has it."""
    done = subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=dictum", "-addext", "subjectAltName=DNS:dictum", "-keyout", "/dev/stdout", "-out", "/dev/stdout",
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    begin = done.stdout.index("-----BEGIN CERTIFICATE")
    return {"tls.key": done.stdout[:begin], "tls.crt": done.stdout[begin:], "ca.crt": done.stdout[begin:]}


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
    """Starts the rendered command line in an empty root, and asks as the kubelet would; what went wrong."""
    root = work / "root"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    image = unpack(layout, root)["config"]
    lay(root, files_of(found))
    (spec,) = [spec for where, _metadata, spec in pods(found) if where.startswith("Deployment/")]
    container = spec["containers"][0]
    case = {
        "command": image["Entrypoint"] + container.get("args", image.get("Cmd", [])),
        "user": [int(part) for part in image["User"].split(":")],
        "probes": [container[name]["grpc"] for name in ("startupProbe", "livenessProbe", "readinessProbe")],
        "grace": spec["terminationGracePeriodSeconds"],
    }
    inside = [sys.executable, __file__, "inside", root, probe, json.dumps(case)]
    done = subprocess.run(["unshare", "--net", "--pid", "--fork", *inside], capture_output=True, text=True, timeout=120)
    return [] if done.returncode == 0 else [line for line in (done.stdout + done.stderr).splitlines() if line]


def loopback_up():
    """Raises `lo`, which is down in a new network namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        up_running = 0x1 | 0x40
        fcntl.ioctl(sock, 0x8914, struct.pack("16sh14x", b"lo", up_running))


def inside(root, probe, case):
    """One server, its probes, and its end by SIGTERM within the grace period."""
    loopback_up()
    user, group = case["user"]

    def confine():
        os.chroot(root)
        os.chdir("/")
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)

    server = subprocess.Popen(case["command"], preexec_fn=confine, env={}, stderr=subprocess.PIPE, text=True)
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
        server.terminate()
        begun = time.monotonic()
        status = server.wait(case["grace"])
        if status:
            sys.exit(f"exit status {status} after SIGTERM")
        print(f"ended {time.monotonic() - begun:.1f} s after SIGTERM, {case['grace']} s were given")
    finally:
        if server.poll() is None:
            server.kill()
        log = server.stderr.read()
        if status := server.wait():
            print(f"exit status {status}:\n{log}", file=sys.stderr)


if __name__ == "__main__" and sys.argv[1:2] == ["inside"]:
    inside(Path(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4]))
