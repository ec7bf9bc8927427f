#!/usr/bin/env python3
"""Three servers and one client with examples/grpc-service-config.json, as a deployment and its callers: calls flow while one server
drains, one is killed, and both come back. No call may fail, and every server that is there must get its share.

balance.py DICTUM
"""
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import grpc
from google.protobuf import descriptor_pool, message_factory
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

ROOT = Path(__file__).resolve().parents[2]
CONFIG = (ROOT / "examples" / "grpc-service-config.json").read_text()
SERVICE = "dictum.v1.ExtractionService"
HOSTS = ["127.0.0.1", "127.0.0.2", "127.0.0.3"]
CALLERS = 4


def free_port():
    """A port that is free on each of the hosts."""
    while True:
        sockets = []
        try:
            first = socket.create_server((HOSTS[0], 0))
            sockets.append(first)
            port = first.getsockname()[1]
            sockets += [socket.create_server((host, port)) for host in HOSTS[1:]]
            return port
        except OSError:
            continue
        finally:
            for each in sockets:
                each.close()


class Server:
    """One pod."""

    def __init__(self, dictum, host, port, admin):
        self.command = [
            dictum, "serve", f"--listen={host}:{port}", f"--admin-listen={host}:{admin}", "--drain-delay=2", "--drain-timeout=5", "--log=warn",
        ]  # fmt: skip
        self.health = [dictum, "health", f"--endpoint=http://{host}:{admin}", "--timeout=1"]
        self.process = None

    def start(self):
        self.process = subprocess.Popen(self.command)
        begun = time.monotonic()
        while subprocess.run(self.health, capture_output=True).returncode:
            if time.monotonic() - begun > 20:
                sys.exit(f"FAILED: {self.command} does not serve")
            time.sleep(0.05)

    def end(self, how):
        self.process.send_signal(how)
        return self.process.wait(20)


class Callers:
    """Threads that call without a pause, and what became of their calls."""

    def __init__(self, channel, method, request):
        self.call = channel.unary_unary(
            f"/{SERVICE}/{method.name}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=message_factory.GetMessageClass(method.output_type).FromString,
        )
        self.request, self.going = request, True
        self.answered, self.failed = 0, []
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run) for _ in range(CALLERS)]
        for thread in self.threads:
            thread.start()

    def run(self):
        while self.going:
            try:
                response = self.call(self.request)
                assert len(response.facts) == 2, response
                with self.lock:
                    self.answered += 1
            except grpc.RpcError as error:
                with self.lock:
                    self.failed.append((error.code().name, error.details()))

    def stop(self):
        self.going = False
        for thread in self.threads:
            thread.join()


def check(what, holds):
    if not holds:
        sys.exit(f"FAILED: {what}")
    print(f"ok: {what}", flush=True)


def served(admin):
    """Calls that each server has taken, from its metrics; None where it is not there."""
    counts = []
    for host in HOSTS:
        try:
            with socket.create_connection((host, admin), timeout=2) as connection:
                connection.sendall(f"GET /metrics HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
                text = b"".join(iter(lambda: connection.recv(1 << 16), b"")).decode()
        except OSError:
            counts.append(None)
            continue
        name = f'grpc_server_call_started_total{{grpc_method="{SERVICE}/ExtractFacts"}}'
        counts.append(next(int(float(line.rsplit(" ", 1)[1])) for line in text.splitlines() if line.startswith(name)))
    return counts


def main():
    dictum = sys.argv[1]
    port, admin = free_port(), free_port()
    servers = [Server(dictum, host, port, admin) for host in HOSTS]
    callers = None
    try:
        for server in servers:
            server.start()
        # As DNS lists the pods of the headless Service.
        target = "ipv4:" + ",".join(f"{host}:{port}" for host in HOSTS)
        # A list of addresses is no name of a server, which DNS would give.
        options = [("grpc.service_config", CONFIG), ("grpc.default_authority", "dictum-headless")]
        channel = grpc.insecure_channel(target, options=options)
        with grpc.insecure_channel(f"{HOSTS[0]}:{port}") as first:
            pool = descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(first))
            method = pool.FindServiceByName(SERVICE).methods_by_name["ExtractFacts"]
            request = message_factory.GetMessageClass(method.input_type)()
        request.document.content = "Sales rose by 5 percent in 2021."
        callers = Callers(channel, method, request)
        time.sleep(1)

        def share(seconds):
            before = served(admin)
            time.sleep(seconds)
            after = served(admin)
            return [None if then is None or now is None else now - then for then, now in zip(before, after, strict=True)]

        all_three = share(2)
        check(f"each of three gets a third: {all_three}", min(all_three) > 0.8 * sum(all_three) / 3)

        # A roll-out: told to end, not ready, drained.
        check("a server that drains ends well", servers[1].end(signal.SIGTERM) == 0)
        two = share(2)
        check(f"the other two share the calls: {two}", two[1] is None and min(two[0], two[2]) > 0)
        servers[1].start()
        time.sleep(2)

        check(f"no call of {callers.answered} failed: {callers.failed[:3]}", not callers.failed)

        # A node that dies. A call whose answer had begun to come is not asked again (gRFC A6), so one may be lost, once in many kills:
        # it dies twice before that counts.
        for _ in range(2):
            callers.failed = []
            servers[2].end(signal.SIGKILL)
            servers[2].start()
            deadline = time.monotonic() + 30
            again = share(1)
            while not all(again) and time.monotonic() < deadline:
                again = share(1)
            check(f"those that came back have their share: {again}", all(again))
            if not callers.failed:
                break
        callers.stop()
        check(f"no call of {callers.answered} failed: {callers.failed[:3]}", not callers.failed and callers.answered > 1000)
    finally:
        if callers:
            callers.stop()
        for server in servers:
            if server.process and server.process.poll() is None:
                server.end(signal.SIGKILL)


main()
