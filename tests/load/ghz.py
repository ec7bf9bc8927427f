#!/usr/bin/env python3
"""ghz as people use it: fifty connections and mixed articles for a minute, then batches and streams. No error, and memory that stays.
"""
import json
import os
import subprocess

from kit import FULL, ROOT, Server, check, figure, tool


def run(name, server, seconds):
    command = [tool("ghz"), "--config", f"bench/ghz/{name}.toml", "--duration", f"{seconds}s", "--format", "json", server.address]
    # ghz takes more CPU than the server does: what is left to it is a core.
    ran = subprocess.run(["taskset", "-c", str(max(os.sched_getaffinity(0))), *command], cwd=ROOT, capture_output=True, text=True)
    check(f"{name}: ghz runs", ran.returncode == 0, ran.stderr[-500:])
    report = json.loads(ran.stdout)
    errors = report.get("errorDistribution") or {}
    tails = {each["percentage"]: each["latency"] / 1e6 for each in report["latencyDistribution"] or []}
    figure(
        f"{name}: {report['count']} calls, {report['rps']:.0f} a second, p50 {tails.get(50, 0):.1f} ms, p99 {tails.get(99, 0):.1f} ms,"
        f" errors {errors}"
    )
    check(f"{name}: no error", not errors and set(report["statusCodeDistribution"]) == {"OK"}, errors)
    check(f"{name}: calls are answered", report["count"] > 2)
    return report["count"]


def main():
    with Server("--log", "warn") as server:
        run("unary", server, 2)
        settled = server.resident()
        before = server.cpu()
        count = run("unary", server, 60 if FULL else 6)
        figure(f"unary: {1e6 * (server.cpu() - before) / count:.0f} µs of CPU a call, memory {server.resident() >> 20} MiB")
        check("memory is flat", server.resident() < 1.05 * settled + (2 << 20), f"{settled >> 10}, then {server.resident() >> 10} KiB")
        for name in ["batch", "stream"]:
            run(name, server, 20 if FULL else 3)
        check("it answers", server.answers())


main()
