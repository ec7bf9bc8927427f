#!/usr/bin/env python3
"""Assembles the image of the Dockerfile's last stage without Docker: an OCI image layout that `skopeo`, `podman load` and
`crane push` take.

oci_image.py BINARY FOLDER [--arch amd64|arm64] [--version VERSION]

What the image says of itself (labels, user, ports, entry point, health check) is read from the Dockerfile, so both are one image.
"""
import argparse
import gzip
import hashlib
import io
import json
import re
import shlex
import tarfile
from pathlib import Path

DOCKERFILE = Path(__file__).resolve().parents[1] / "Dockerfile"
# A machine of ELF, at offset 18.
MACHINES = {62: "amd64", 183: "arm64"}


def last_stage(text, arguments):
    """The instructions of the last stage, variables put in: (name, value) in order."""
    text = re.sub(r"\\\n\s*", " ", text)
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    begin = max(index for index, line in enumerate(lines) if line.startswith("FROM "))
    if lines[begin].split()[1] != "scratch":
        raise SystemExit("the Dockerfile's last stage is not FROM scratch")
    values, found = dict(arguments), []
    for line in lines[begin + 1 :]:
        name, value = line.split(maxsplit=1)
        if name == "ARG":
            key, _, default = value.partition("=")
            values.setdefault(key, default)
            continue
        value = re.sub(r"\$\{?(\w+)\}?", lambda match: values[match[1]], value)
        found.append((name, value))
    return found


def configuration(stage, arch):
    """The image's configuration, and where the binary goes."""
    config = {"Labels": {}, "ExposedPorts": {}, "WorkingDir": "/"}
    place = None
    for name, value in stage:
        if name == "COPY":
            place = value.split()[-1].lstrip("/")
        elif name == "LABEL":
            config["Labels"] |= dict(item.split("=", 1) for item in shlex.split(value))
        elif name == "USER":
            config["User"] = value
        elif name == "EXPOSE":
            config["ExposedPorts"] |= {f"{port}/tcp": {} for port in value.split()}
        elif name == "ENTRYPOINT":
            config["Entrypoint"] = json.loads(value)
        elif name == "CMD":
            config["Cmd"] = json.loads(value)
        elif name == "HEALTHCHECK":
            config["Healthcheck"] = {"Test": ["CMD", *json.loads(value.removeprefix("CMD "))]}
        else:
            raise SystemExit(f"what does {name} mean for the image?")
    return {"architecture": arch, "os": "linux", "config": config}, place


def layer(binary, place):
    """A layer with the binary alone, the same bytes for the same binary."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        entry = tarfile.TarInfo(place)
        entry.size, entry.mode = len(binary), 0o755
        tar.addfile(entry, io.BytesIO(binary))
    return out.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--arch", choices=sorted(MACHINES.values()), default="amd64")
    parser.add_argument("--version", default="0.0.0")
    parser.add_argument("--revision", default="unknown")
    arguments = parser.parse_args()
    binary = arguments.binary.read_bytes()
    if MACHINES.get(int.from_bytes(binary[18:20], "little")) != arguments.arch:
        raise SystemExit(f"{arguments.binary} is not for {arguments.arch}")
    stage = last_stage(DOCKERFILE.read_text(), {"VERSION": arguments.version, "REVISION": arguments.revision})
    config, place = configuration(stage, arguments.arch)
    blobs = arguments.folder / "blobs" / "sha256"
    blobs.mkdir(parents=True, exist_ok=True)

    def blob(content, kind):
        digest = hashlib.sha256(content).hexdigest()
        (blobs / digest).write_bytes(content)
        return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": f"sha256:{digest}", "size": len(content)}

    tar = layer(binary, place)
    config["rootfs"] = {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(tar).hexdigest()}"]}
    config["history"] = [{"created_by": "tools/oci_image.py"}]
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": blob(json.dumps(config).encode(), "config.v1+json"),
        "layers": [blob(gzip.compress(tar, mtime=0), "layer.v1.tar+gzip")],
    }
    described = blob(json.dumps(manifest).encode(), "manifest.v1+json")
    described["platform"] = {"architecture": arguments.arch, "os": "linux"}
    described["annotations"] = {"org.opencontainers.image.ref.name": arguments.version}
    index = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [described]}
    (arguments.folder / "index.json").write_text(json.dumps(index))
    (arguments.folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
    print(f"# image: {len(binary) / 1e6:.1f} MB, {manifest['layers'][0]['size'] / 1e6:.1f} MB compressed, {described['digest']}")


if __name__ == "__main__":
    main()
