#!/usr/bin/env python3
"""SIGTERM under load: a client that honours health and retries UNAVAILABLE sees no failed call, and the server ends within its
drain timeout whatever peers do: an idle connection, one that said only hello, an open Watch, an open stream, a caller of a long call.
"""
import json
import threading
import time

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from kit import FULL, SERVICE, Server, articles, check, connect, figure, message, method, request
from wire import Raw

DELAY, TIMEOUT = 1.0, 3.0
# Round robin over the servers that are ready, as health watches tell, and retries.
CLIENT = json.dumps({
    "loadBalancingConfig": [{"round_robin": {}}],
    "healthCheckConfig": {"serviceName": SERVICE},
    "methodConfig": [{
        "name": [{"service": SERVICE}],
        "retryPolicy": {
            "maxAttempts": 4,
            "initialBackoff": "0.05s",
            "maxBackoff": "0.5s",
            "backoffMultiplier": 2,
            "retryableStatusCodes": ["UNAVAILABLE"],
        },
    }],
})


def drained(first, second):
    """Ends `first` under load, and returns the seconds that took."""
    addresses = ",".join([first.address, second.address])
    options = {"grpc.service_config": CLIENT, "grpc.enable_retries": 1, "grpc.use_local_subchannel_pool": 1, "grpc.default_authority": "localhost"}
    stop, errors, counts, lock = threading.Event(), [], [0], threading.Lock()
    texts = [request(text) for text in articles()]

    def caller(number):
        with grpc.insecure_channel(f"ipv4:{addresses}", options=list(options.items())) as channel:
            extract = method(channel, "ExtractFacts")
            while not stop.is_set():
                try:
                    extract(texts[number % len(texts)], timeout=10, wait_for_ready=True)
                    with lock:
                        counts[0] += 1
                except grpc.RpcError as error:
                    errors.append(f"{error.code()}: {error.details()}")
                number += 1

    callers = [threading.Thread(target=caller, args=(number,), daemon=True) for number in range(6)]
    for thread in callers:
        thread.start()

    idle, hello = connect(first.address), Raw(first.address)
    with first.channel() as channel:
        watch = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest(service=SERVICE))
        check("a watch says SERVING", next(watch).status == health_pb2.HealthCheckResponse.SERVING)
        told = []

        def watched():
            try:
                told.extend((answer.status, time.monotonic()) for answer in watch)
            except grpc.RpcError:
                pass

        watcher = threading.Thread(target=watched, daemon=True)
        watcher.start()

        item = message("StreamExtractFactsRequest")
        sends, done = threading.Event(), threading.Event()

        def documents():
            yield item(correlation_id="0", request=texts[0])
            sends.wait()
            yield item(correlation_id="1", request=texts[1])
            # Never half-closed: the server has to end without that.
            done.wait()

        stream = method(channel, "StreamExtractFacts")(documents())
        check("a stream is open", next(stream).correlation_id == "0")
        time.sleep(1.0)
        before = counts[0]
        check("calls are answered", before > 0)
        begun = time.monotonic()
        first.child.terminate()
        sends.set()
        check("an open stream is still answered", next(stream).correlation_id == "1")
        status = first.child.wait(DELAY + TIMEOUT + 10)
        took = time.monotonic() - begun
        check("it ends well", status == 0, status)
        time.sleep(1.0)
        done.set()
        watcher.join(5)
        stop.set()
    for thread in callers:
        thread.join()
    idle.close()
    hello.socket.close()
    check("the watch said NOT_SERVING", any(status == health_pb2.HealthCheckResponse.NOT_SERVING for status, _ in told), told)
    said = next(at for status, at in told if status == health_pb2.HealthCheckResponse.NOT_SERVING) - begun
    check("at once", said < 0.3, f"{1e3 * said:.0f} ms")
    figure(f"{counts[0]} calls over the end of a server, {len(errors)} failed; it ended in {took:.2f} s")
    check("no call failed", not errors, errors[:3])
    check("calls went on", counts[0] > before)
    return took


def main():
    flags = ["--drain-delay", str(DELAY), "--drain-timeout", str(TIMEOUT)]
    for _ in range(5 if FULL else 1):
        with Server(*flags) as first, Server(*flags) as second:
            took = drained(first, second)
        # The delay is kept, so that clients can move; the timeout is not left by much.
        check("it ends within delay and timeout", DELAY <= took < DELAY + TIMEOUT + 1.5, f"{took:.2f} s")

    with Server(*flags) as server:
        idle, hello = connect(server.address), Raw(server.address)
        check("it answers", server.answers())
        begun = time.monotonic()
        check("without open calls", server.stop() == 0)
        took = time.monotonic() - begun
        figure(f"with an idle and a half-open connection alone it ended in {took:.2f} s")
        check("it ends within delay and timeout", took < DELAY + TIMEOUT + 1.5, f"{took:.2f} s")
        idle.close()
        hello.socket.close()

    with Server("--drain-delay", "30") as server:
        begun = time.monotonic()
        server.child.terminate()
        time.sleep(0.3)
        check("it drains", server.is_running())
        server.child.terminate()
        server.child.wait(5)
        check("a second signal ends it at once", time.monotonic() - begun < 2)


main()
