#!/usr/bin/env python3
"""What a call costs beyond its floor, and that memory stays where it is over a million calls.

The floor is `examples/echo.rs`: the same messages and answers, made before. Both servers have one core and one worker, the load
another core, in turns within one run: the ratio of their CPU time a call is a figure that neighbours of the machine hardly move.

FLOOR_LIMIT is the most that the ratio may be, a ratchet: what is asked for, 2.3, is asked for under ghz (`ghz.py`). Here eight
connections are always full, which is the least that a connection can cost, and makes the ratio larger.
"""
import os
import statistics

from kit import FULL, Echo, Server, bench, check, errors_of, figure

# The most that a call of dictum may cost, in calls of the echo server.
LIMIT = float(os.environ.get("FLOOR_LIMIT", "2.8"))


def measured(server, address, cores, *flags):
    """A run's report, with the CPU time of a call, in microseconds."""
    before = server.cpu()
    report = bench(address, "--warm-up", "0", *flags, cores=cores)
    used = server.cpu() - before
    check_quietly(report)
    report["cpu"] = 1e6 * used / report["answered"]
    return report


def check_quietly(report):
    if errors_of(report):
        check("no call fails", False, errors_of(report))


def main():
    cores = sorted(os.sched_getaffinity(0))
    own, others = cores[0], cores[-1]
    calls = 20_000 if FULL else 6_000
    rounds = 8 if FULL else 4
    flags = ["--connections", "8", "--concurrency", "32"]
    with Server("--worker-threads", "1", "--log", "warn", cores=own) as dictum:
        echo = Echo(own)
        try:
            found = {"echo": [], "dictum": []}
            sides = {"echo": (echo, echo.address), "dictum": (dictum, dictum.address)}
            for name, (server, address) in sides.items():
                measured(server, address, others, "--count", calls // 4, *flags)
            bytes_received = {}
            for _ in range(rounds):
                for name, (server, address) in sides.items():
                    report = measured(server, address, others, "--count", calls, *flags)
                    found[name].append(report["cpu"])
                    bytes_received[name] = report["bytes_received"] / report["answered"]
        finally:
            echo.kill()
        # The same answers: else the floor would be another's.
        same = abs(bytes_received["echo"] / bytes_received["dictum"] - 1) < 0.02
        check("both give the same answers", same, bytes_received)
        floor, cost = statistics.median(found["echo"]), statistics.median(found["dictum"])
        ratio = statistics.median(cost / floor for cost, floor in zip(found["dictum"], found["echo"]))
        figure(f"CPU a call: echo {floor:.1f} µs, dictum {cost:.1f} µs, ratio {ratio:.2f} (limit {LIMIT})")

        total = 1_000_000 if FULL else 20_000
        steps = 10
        settled, samples = None, []
        for step in range(steps + 1):
            measured(dictum, dictum.address, others, "--count", total // steps, *flags)
            if step == 0:
                settled = dictum.resident()
            samples.append(dictum.resident())
        figure(f"memory: {settled / (1 << 20):.1f} MiB, {samples[-1] / (1 << 20):.1f} MiB after {total} calls more")
        check("memory is flat within 5 %", samples[-1] <= 1.05 * settled, samples)
        check(f"a call costs at most {LIMIT} times the floor", ratio <= LIMIT, f"{ratio:.2f}")


main()
