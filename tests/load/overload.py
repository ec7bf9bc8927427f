#!/usr/bin/env python3
"""Four times as many calls as can be served: those that are too many are told so at once and when to come again, those that are
taken are as quick as ever, health answers, and every call that was turned away is counted.
"""
import os
import statistics
import tempfile
import threading
import time

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from kit import FULL, SERVICE, Server, bench, best_of, check, documents_file, errors_of, figure, percentile, report_of, start_bench, text_of

SECONDS = 20 if FULL else 4
# Large enough that the server, on its core, is the narrow place, and not the load on the other.
SIZE = 24_000


def most_of(easy):
    """Microseconds that the p99 of the taken may be."""
    return 3 * easy["latency_us"]["p99"]


def shed_share(report):
    shed = sum(errors_of(report).values())
    return shed / (shed + report["answered"])


def health_times(server, stop, times):
    with grpc.insecure_channel(server.admin) as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        while not stop.wait(0.02):
            begun = time.monotonic()
            stub.Check(health_pb2.HealthCheckRequest(service=SERVICE), timeout=5)
            times.append(time.monotonic() - begun)


def main():
    cores = sorted(os.sched_getaffinity(0))
    own, others = cores[0], cores[-1]
    # The defaults, which other tests do not have.
    flags = ["--worker-threads", "1", "--log", "error", "--max-queue-wait", "0.05", "--max-queue", "64"]
    with tempfile.TemporaryDirectory() as folder, Server(*flags, cores=own) as server:
        file = documents_file(folder, *(text_of(SIZE - 100 * number) for number in range(8)))
        options = {"files": [file], "cores": others}

        def at(rate, seconds=SECONDS, callers=2000):
            flags = ["--rate", round(rate, 1), "--concurrency", callers, "--connections", 16, "--warm-up", 1]
            return ["--duration", seconds, *flags]

        def probed(rate):
            """A run's report, and how long health took meanwhile."""
            stop, times = threading.Event(), []
            prober = threading.Thread(target=health_times, args=(server, stop, times), daemon=True)
            load = start_bench(server.address, *at(rate), **options)
            prober.start()
            report = report_of(load)
            stop.set()
            prober.join()
            return report, times

        def measured():
            closed = bench(server.address, "--duration", SECONDS, "--concurrency", 4, **options)
            capacity = closed["answered_per_second"]
            # Four callers at once may be told to wait where the machine is busy with others too.
            found = f"{capacity:.0f} a second, {errors_of(closed)}"
            check("capacity is found", set(errors_of(closed)) <= {"RESOURCE_EXHAUSTED"} and capacity > 20, found)
            easy, times_then = probed(0.8 * capacity)
            shed_before = server.metric("dictum_shed_total")
            hard, times = probed(4 * capacity)
            # Where others keep the machine busy, health is slow at any load: it must not be slower by the overload.
            limit = max(0.020, 2 * percentile(times_then, 0.99))
            return capacity, easy, hard, (times, limit), server.metric("dictum_shed_total") - shed_before

        def is_good(found):
            _, easy, hard, (times, limit), _ = found
            shed = hard["errors"].get("RESOURCE_EXHAUSTED")
            quick = shed_share(easy) < 0.01 and shed and shed["latency_us"]["p99"] < 50_000
            return quick and hard["latency_us"]["p99"] < most_of(easy) and percentile(times, 0.99) < limit

        capacity, easy, hard, (times, limit), counted = best_of(3, measured, is_good)
        shed = hard["errors"].get("RESOURCE_EXHAUSTED", {"count": 0, "with_retry_info": 0, "latency_us": {"p50": 0, "p99": 0}})
        figure(f"capacity {capacity:.0f} a second; at 80 %: p50 {easy['latency_us']['p50'] / 1e3:.1f}, p99 {easy['latency_us']['p99'] / 1e3:.1f} ms")
        figure(
            f"at 4 times: {hard['answered']} answered ({hard['answered_per_second']:.0f} a second), p50 {hard['latency_us']['p50'] / 1e3:.1f},"
            f" p99 {hard['latency_us']['p99'] / 1e3:.1f} ms; {shed['count']} shed, p50 {shed['latency_us']['p50'] / 1e3:.1f},"
            f" p99 {shed['latency_us']['p99'] / 1e3:.1f} ms"
        )
        figure(f"health at 4 times: p50 {1e3 * statistics.median(times):.1f}, p99 {1e3 * percentile(times, 0.99):.1f} ms of {len(times)}")
        check("hardly a call is shed at 80 %", shed_share(easy) < 0.01, errors_of(easy))
        check("calls are shed, and nothing else fails", set(errors_of(hard)) == {"RESOURCE_EXHAUSTED"}, errors_of(hard))
        check("each with RetryInfo", shed["with_retry_info"] == shed["count"], shed)
        check("within 50 ms", shed["latency_us"]["p99"] < 50_000, shed["latency_us"])
        most = most_of(easy)
        check("those taken do not wait long", hard["latency_us"]["p99"] < most, f"limit {most / 1e3:.0f} ms")
        check("most of the capacity is kept", hard["answered_per_second"] > 0.6 * capacity, hard["answered_per_second"])
        check("health answers within 20 ms", percentile(times, 0.99) < limit, f"limit {1e3 * limit:.0f} ms")
        # Those of the warm-up are counted too, and only by the server.
        check("every call that was shed is counted", counted >= shed["count"], f"{counted:.0f} counted, {shed['count']} seen")
        exact(server, file, others, capacity)
        check("it answers", server.answers())


def exact(server, file, cores, capacity):
    """Without a warm-up, the server's count is the client's."""
    before = server.metric("dictum_shed_total")
    flags = ["--rate", round(4 * capacity, 1), "--concurrency", 2000, "--connections", 16, "--warm-up", 0, "--duration", 2]
    seen = errors_of(bench(server.address, *flags, files=[file], cores=cores)).get("RESOURCE_EXHAUSTED", 0)
    counted = server.metric("dictum_shed_total") - before
    check("the metric is the number of calls shed", seen > 0 and counted == seen, f"{counted:.0f} counted, {seen} seen")


main()
