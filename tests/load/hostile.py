#!/usr/bin/env python3
"""Peers that mean harm or nothing at all: slow ones, garbage, HTTP/1, ten thousand connections, header bombs, reset floods, pings,
zip bombs. The server lives, its memory stays bounded, and others are served meanwhile.
"""
import contextlib
import gzip
import os
import resource
import socket
import threading
import time

from kit import FULL, Server, articles, check, connect, figure, method, percentile, request
from wire import (
    CONTINUATION,
    DATA,
    END_HEADERS,
    END_STREAM,
    HEADERS,
    PING,
    PREFACE,
    RST_STREAM,
    SETTINGS,
    Client,
    Raw,
    envelope,
    frame,
)

# What the server may hold beyond what it held before, whatever is done to it.
MEMORY = 256 << 20
CONNECTIONS = 10_000


class Others:
    """Honest callers, all the while."""

    def __init__(self, server):
        self.server, self.times, self.errors = server, [], []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.call, daemon=True)

    def call(self):
        texts = [request(text) for text in articles()]
        number = 0
        while not self.stop.is_set():
            # A new connection now and then: the open door counts too.
            with self.server.channel() as channel:
                extract = method(channel, "ExtractFacts")
                for _ in range(10):
                    begun = time.monotonic()
                    try:
                        extract(texts[number % len(texts)], timeout=10)
                        self.times.append(time.monotonic() - begun)
                    except Exception as error:
                        self.errors.append(str(error))
                    number += 1
                    if self.stop.wait(0.005):
                        return

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join(15)


def attack(server, name, harm):
    """Does harm, and sees that the server and the others come through."""
    before, peak, done = server.resident(), [0], threading.Event()

    def watch():
        while not done.wait(0.02):
            with contextlib.suppress(OSError):
                peak[0] = max(peak[0], server.resident())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    with Others(server) as others:
        begun = time.monotonic()
        harm(server)
        took = time.monotonic() - begun
        time.sleep(0.2)
    done.set()
    watcher.join()
    check(f"{name}: the server lives", server.is_running())
    check(f"{name}: others see no error", not others.errors, others.errors[:2])
    check(f"{name}: others are served", len(others.times) >= 5 and percentile(others.times, 0.5) < 0.5, len(others.times))
    grown = max(peak[0] - before, 0)
    figure(
        f"{name}: {took:.1f} s, {grown / (1 << 20):.1f} MiB more at most,"
        f" others {1e3 * percentile(others.times, 0.5):.1f} ms (median), {1e3 * max(others.times):.0f} ms at most"
    )
    check(f"{name}: memory is bounded", grown < MEMORY, f"{grown >> 20} MiB")


def slowloris(server):
    """Many connections whose hello, and whose headers, come a byte at a time."""
    sockets = [connect(server.address) for _ in range(200)]
    raws = [Raw(server.address) for _ in range(100)]
    blocks = [frame(HEADERS, END_HEADERS, 1, raw.block()) for raw in raws]
    for step in range(40 if FULL else 12):
        for each in sockets:
            with contextlib.suppress(OSError):
                each.send(PREFACE[step % len(PREFACE) : step % len(PREFACE) + 1])
        for raw, block in zip(raws, blocks):
            with contextlib.suppress(OSError):
                raw.socket.send(block[step : step + 1])
        time.sleep(0.05)
    for each in sockets + [raw.socket for raw in raws]:
        each.close()


def garbage(server):
    """Bytes that are nothing."""
    for size in [1, 9, 24, 100, 10_000, 1_000_000]:
        for _ in range(5):
            with contextlib.suppress(OSError), connect(server.address) as peer:
                peer.sendall(os.urandom(size))
                peer.settimeout(0.2)
                peer.recv(100)
    # Behind an honest hello: frames of no kind, of too much length, in no order.
    for bad in [
        os.urandom(1000),
        frame(200, 255, 1, os.urandom(100)),
        b"\xff\xff\xff" + frame(DATA, 0, 1)[3:],
        frame(DATA, END_STREAM, 1, b"x"),
        frame(CONTINUATION, END_HEADERS, 1, b"x"),
        frame(HEADERS, END_HEADERS, 2, os.urandom(64)),
        frame(SETTINGS, 0, 0, b"\x00\x04\xff\xff\xff\xff"),
    ]:
        with contextlib.suppress(OSError):
            raw = Raw(server.address)
            raw.send(bad)
            raw.ended(0.3)
            raw.socket.close()


def old_http(server):
    """HTTP/1 where HTTP/2 is spoken: an end, not a wait."""
    for text in [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"POST /dictum.v1.ExtractionService/ExtractFacts HTTP/1.0\r\n\r\n"]:
        with connect(server.address) as peer:
            peer.sendall(text)
            peer.settimeout(3)
            begun = time.monotonic()
            with contextlib.suppress(ConnectionError):
                while peer.recv(4096):
                    pass
            check("HTTP/1 is shown the door", time.monotonic() - begun < 2.5)
    with connect(server.address) as peer:
        # A TLS hello on the plaintext port.
        peer.sendall(bytes.fromhex("16030100f5010000f10303") + bytes(200))
        peer.settimeout(3)
        with contextlib.suppress(ConnectionError):
            peer.recv(100)


def connections(server):
    """Ten thousand of them, from addresses enough."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    count = min(CONNECTIONS, limit - 500)
    if count < CONNECTIONS:
        figure(f"connections: only {count} of {CONNECTIONS}, for `ulimit -n` is {limit}")
    host, port = server.address.rsplit(":", 1)
    peers = []
    try:
        for number in range(count):
            peer = socket.socket()
            peer.settimeout(10)
            peer.bind((f"127.0.0.{2 + number % 50}", 0))
            peer.connect((host, int(port)))
            if number % 2:
                peer.sendall(PREFACE + frame(SETTINGS, 0, 0))
            peers.append(peer)
        time.sleep(0.5)
        figure(f"connections: {count} opened, {server.descriptors()} descriptors at the server")
    finally:
        for peer in peers:
            peer.close()


def header_bombs(server):
    """Header lists over any limit, whole and in pieces without end, and one that is small on the wire alone."""
    for count in [100, 2000]:
        with contextlib.suppress(OSError):
            raw = Raw(server.address)
            block = raw.block(**{f"x-{number}": "v" * 1000 for number in range(count)})
            pieces = [block[at : at + 16_000] for at in range(0, len(block), 16_000)]
            last = len(pieces) - 1
            raw.send(*(
                frame(CONTINUATION if at else HEADERS, END_HEADERS if at == last else 0, 1, piece) for at, piece in enumerate(pieces)
            ))
            raw.ended(0.5)
            raw.socket.close()
    # CONTINUATION without end (CVE-2024-27316 and its kin).
    with contextlib.suppress(OSError):
        raw = Raw(server.address)
        raw.send(frame(HEADERS, 0, 1, raw.block()))
        piece = raw.encoder.encode([("x-a", "v" * 8000)])
        for _ in range(20_000 if FULL else 4000):
            raw.send(frame(CONTINUATION, 0, 1, piece))
        check("headers without end are cut off", raw.ended(3))
    # An HPACK bomb: one large entry of the table, named again and again by one byte.
    with contextlib.suppress(OSError):
        raw = Raw(server.address)
        block = raw.block() + raw.encoder.encode([("x-bomb", "v" * 3900)]) + raw.encoder.encode([("x-bomb", "v" * 3900)]) * 15_000
        raw.send(frame(HEADERS, END_HEADERS | END_STREAM, 1, block[:16_000]))
        raw.ended(0.5)


def reset_flood(server):
    """Streams that are opened and reset at once (CVE-2023-44487), and ones that make the server reset them."""
    for body in [b"", frame(DATA, 0, 1, b"")]:
        raw = Raw(server.address)
        block = raw.block()
        with contextlib.suppress(OSError):
            for stream in range(1, 2 * (100_000 if FULL else 15_000), 2):
                raw.send(
                    frame(HEADERS, END_HEADERS, stream, block) + (body and frame(DATA, 0, stream)) + frame(RST_STREAM, 0, stream, bytes(4)),
                )
        raw.socket.close()
    # A window update of nothing is an error of the stream, so the server resets (CVE-2025-8671).
    raw = Raw(server.address)
    block = raw.block()
    with contextlib.suppress(OSError):
        for stream in range(1, 2 * (50_000 if FULL else 8000), 2):
            raw.send(frame(HEADERS, END_HEADERS, stream, block) + frame(8, 0, stream, bytes(4)))
    raw.socket.close()


def pings(server):
    """Pings and settings whose answers nobody reads."""
    for flood in [frame(PING, 0, 0, bytes(8)), frame(SETTINGS, 0, 0, b"\x00\x03\x00\x00\x00\x64")]:
        raw = Raw(server.address)
        raw.socket.settimeout(0.5)
        with contextlib.suppress(OSError):
            for _ in range(2000 if FULL else 400):
                raw.send(flood * 500)
        raw.socket.close()


def zip_bombs(server):
    """A message of some kilobytes that would be a gigabyte: refused with a code, at the price of its limit."""
    bomb = gzip.compress(bytes(1 << 30 if FULL else 1 << 28), 9)
    for message in [bomb, gzip.compress(envelope(bomb))[:-8], gzip.compress(b"")[:5]]:
        client = Client(server.address)
        with contextlib.suppress(ConnectionError):
            answer, took = call_compressed(client, message)
            check("a zip bomb is refused", answer.code not in (0, -1) and took < 5, f"code {answer.code} in {took:.2f} s")
        client.socket.close()


def call_compressed(client, message):
    # The flag of the envelope says that it is compressed.
    import wire

    plain = wire.envelope
    wire.envelope = lambda content: plain(content, is_compressed=True)
    try:
        return client.call(message, grpc_encoding="gzip")
    finally:
        wire.envelope = plain


def main():
    # Room for those who are served beside the ten thousand.
    with Server("--max-connections", str(CONNECTIONS + 1000)) as server:
        check("it answers", server.answers())
        for harm in [slowloris, garbage, old_http, header_bombs, reset_flood, pings, zip_bombs, connections]:
            attack(server, harm.__name__.replace("_", " "), harm)
        time.sleep(0.5)
        check("it answers still", server.answers() and server.is_healthy())
        idle = server.cpu()
        time.sleep(0.5)
        check("and rests", server.cpu() - idle < 0.1)


main()
