#!/usr/bin/env python3
"""A deadline is kept by the server: 2 ms on the largest document are answered DEADLINE_EXCEEDED within 10 ms, and nothing works on.

The client has no clock of its own: grpcio would answer DEADLINE_EXCEEDED by itself whatever the server did.
"""
import time

import grpc
from kit import FULL, Server, best_of, check, figure, percentile, request, text_of
from wire import Client

LARGEST = 1 << 20


def main():
    message = request(text_of(LARGEST)).SerializeToString()
    with Server() as server:
        client = Client(server.address)
        answer, whole = client.call(message)
        check("without a deadline it is read", answer.code == 0, answer.headers)
        tries = 100 if FULL else 15

        def measured():
            times = []
            for _ in range(tries):
                before = server.cpu()
                answer, took = client.call(message, grpc_timeout="2m")
                check_quietly(answer)
                times.append(took)
                answered = server.cpu()
                time.sleep(0.1)
                worked_on.append(server.cpu() - answered)
                used.append(answered - before)
            return times

        worked_on, used = [], []
        times = best_of(3, measured, lambda times: percentile(times, 0.5) < 0.010)
        median, rest = percentile(times, 0.5), percentile(worked_on, 0.5)
        figure(f"2 ms on 1 MiB: {1e3 * median:.1f} ms (median of {tries}; whole in {1e3 * whole:.0f} ms), CPU after the answer {1e3 * rest:.2f} ms")
        check("it is answered within 10 ms", median < 0.010, f"{1e3 * median:.1f} ms")
        check("the CPU is idle right after", rest < 0.003, f"{1e3 * rest:.2f} ms of CPU in the 100 ms behind the answer")
        check("a call behind it is answered", server.answers())
        if server.metric("dictum_in_flight_requests"):
            time.sleep(0.2)
        check("nothing is in flight", server.metric("dictum_in_flight_requests") == 0)


def check_quietly(answer):
    if answer.code != grpc.StatusCode.DEADLINE_EXCEEDED.value[0]:
        check("the code is DEADLINE_EXCEEDED", False, f"{answer.code} {answer.headers} {answer.reset}")


main()
