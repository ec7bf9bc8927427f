#!/usr/bin/env python3
"""Three of ten clients go away before their answer is there: nothing leaks, and the others see no error."""
import random
import threading
import time

import grpc
from kit import FULL, Server, articles, check, eventually, figure, method, request, text_of


def main():
    calls_of_each = 4000 if FULL else 250
    dice = random.Random(7)
    small = [request(text) for text in articles()]
    large = [request(text_of(60_000)), request(text_of(200_000))]
    with Server() as server:
        with server.channel() as channel:
            extract = method(channel, "ExtractFacts")
            for message in small + large:
                extract(message, timeout=30)
        errors, counts, lock = [], {"answered": 0, "cancelled": 0}, threading.Lock()

        def client(seed):
            dice = random.Random(seed)
            with server.channel() as channel:
                extract = method(channel, "ExtractFacts")
                for number in range(calls_of_each):
                    message = dice.choice(large) if number % 25 == 0 else dice.choice(small)
                    call = extract.future(message, timeout=30)
                    if dice.random() < 0.3:
                        # At once, or when it is on its way.
                        time.sleep(dice.choice([0, 0, 0, 0.0005]))
                        call.cancel()
                        with lock:
                            counts["cancelled"] += call.cancelled()
                        continue
                    try:
                        call.result()
                        with lock:
                            counts["answered"] += 1
                    except grpc.RpcError as error:
                        errors.append(f"{error.code()}: {error.details()}")

        def together():
            threads = [threading.Thread(target=client, args=(dice.random(),)) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

        # What eight clients take at once is kept for the next ones, give or take 30 MiB: a leak is what a second time adds.
        together()
        before = {"memory": server.resident(), "descriptors": server.descriptors()}
        together()
        figure(f"{counts['answered']} answered, {counts['cancelled']} cancelled, {len(errors)} errors")
        check("there were cancelled calls", counts["cancelled"] > calls_of_each)
        check("the others saw no error", not errors, errors[:3])
        eventually("nothing is in flight", lambda: server.metric("dictum_in_flight_requests") == 0)
        eventually("no descriptor leaks", lambda: server.descriptors() <= before["descriptors"] + 2)
        idle = server.cpu()
        time.sleep(0.3)
        check("nobody works on", server.cpu() - idle < 0.05)
        grown = server.resident() - before["memory"]
        figure(f"memory {before['memory'] >> 20} MiB before, {server.resident() >> 20} MiB behind")
        check("memory is not kept", grown < 64 << 20, f"{grown / (1 << 20):.1f} MiB more")
        check("it answers", server.answers())


main()
