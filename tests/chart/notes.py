"""NOTES.txt: what it tells people to type names what the chart made, in the way that the programs take."""
import re
import shutil
import subprocess

from render import CHART, objects, one


def text(helm, values, work, release="release"):
    """The notes of a value set: rendered as a ConfigMap of a copy of the chart, for `helm template` does not print them."""
    chart = work / "notes-chart"
    if not chart.exists():
        shutil.copytree(CHART, chart)
        (chart / "templates" / "NOTES.txt").rename(chart / "notes.txt")
        (chart / "templates" / "notes.yaml").write_text(
            'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: notes\ndata:\n  notes: |2\n{{ tpl (.Files.Get "notes.txt") . | indent 4 }}\n'
        )
    (found,) = objects(helm.template("--show-only=templates/notes.yaml", values=[values], chart=chart, release=release))
    return found["data"]["notes"]


def flags(dictum, command):
    """The flags that a subcommand takes."""
    done = subprocess.run([dictum, command, "--help"], capture_output=True, text=True, check=True)
    return set(re.findall(r"(--[a-z][a-z0-9-]*)", done.stdout))


def wrong(notes, found, dictum):
    """Commands that would not do what they say."""
    names = {f"{item['kind'].lower()}/{item['metadata']['name']}" for item in found}
    (secrets,) = [re.findall(r"secretName': '([^']*)'", str(found))]
    secrets += [item["spec"]["secretName"] for item in found if item["kind"] == "Certificate"]
    commands = [line.strip() for line in notes.splitlines() if line.startswith("  ")]
    if not any(command.startswith("dictum extract") for command in commands):
        yield "no call is shown"
    for command in commands:
        words = command.rstrip(" &").split()
        if words[0] == "kubectl":
            if words[1:3] != ["--namespace", "facts"]:
                yield f"another namespace: {command}"
            for word in words:
                if re.match(r"(deployment|service)/", word) and word not in names:
                    yield f"{word} is not there: {command}"
            if "secret" in words and words[words.index("secret") + 1] not in secrets:
                yield f"no such Secret: {command}"
        elif words[0] == "helm":
            if words[1:] != ["test", "release", "--namespace", "facts"]:
                yield f"not this release: {command}"
        elif words[0] == "dictum":
            odd = {word for word in words if word.startswith("--")} - flags(dictum, words[1])
            if odd:
                yield f"dictum {words[1]} has no {odd}: {command}"
        elif words[0].startswith("dns:///"):
            service = one(found, "Service", "-headless")
            wanted = f"dns:///{service['metadata']['name']}.facts.svc:{service['spec']['ports'][0]['port']}"
            if words != [wanted]:
                yield f"{words[0]}, not {wanted}"
        else:
            yield f"what is {command}?"
