#!/usr/bin/env python3
"""Runs the load and fault tests of this folder, one after the other: `run.py [--full] [NAME…]`.

Each is a program of its own with its own assertions. Without --full each takes some seconds and the whole some three minutes;
with it, some forty. What a test prints is shown when it fails, and its figures ("# …") always.
"""
import argparse
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
# In the order of their times, and the seconds after which a short run counts as hanging, on a machine that is busy with others too.
TESTS = {
    "restart": 30,
    "tools": 30,
    "deadline": 45,
    "keys": 45,
    "certificates": 90,
    "cancel": 45,
    "drain": 90,
    "slow_reader": 120,
    "hostile": 180,
    "overload": 200,
    "ghz": 90,
    "floor": 300,
}
# What they hold is a time or a ratio of times: another process of the machine may spoil one run, but not three.
TIMED = {"deadline", "overload", "ghz", "floor"}
TRIES = 3


def run(name, passed_on, is_full):
    """Runs one test and shows what it says; whether it holds."""
    begun = time.monotonic()
    limit = 1800 if is_full else TESTS[name]
    command = [sys.executable, str(HERE / f"{name}.py"), *passed_on]
    try:
        ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, timeout=limit)
        output, is_good = ran.stdout, ran.returncode == 0
    except subprocess.TimeoutExpired as late:
        output, is_good = (late.stdout or b"").decode(errors="replace") + f"\nno end after {limit} s", False
    print(f"# {'ok  ' if is_good else 'FAIL'} {name} in {time.monotonic() - begun:.0f} s", flush=True)
    shown = output.splitlines() if not is_good else [line for line in output.splitlines() if line.startswith("# ")]
    print(*(f"#   {line.removeprefix('# ')}" if is_good else line for line in shown), sep="\n", end="\n" if shown else "")
    return is_good


def main():
    parser = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(TESTS)}; all when none is named")
    parser.add_argument("--full", action="store_true")
    for flag in ["--dictum", "--echo", "--tools"]:
        parser.add_argument(flag)
    given = parser.parse_args()
    if unknown := set(given.names) - set(TESTS):
        parser.error(f"no test {', '.join(sorted(unknown))}")
    passed_on = ["--full"] if given.full else []
    for flag in ["dictum", "echo", "tools"]:
        if value := getattr(given, flag):
            passed_on += [f"--{flag}", value]
    failed = []
    for name in given.names or TESTS:
        if not any(run(name, passed_on, given.full) for _ in range(TRIES if name in TIMED else 1)):
            failed.append(name)
    if failed:
        print(f"# failed: {', '.join(failed)}")
    sys.exit(1 if failed else 0)


main()
