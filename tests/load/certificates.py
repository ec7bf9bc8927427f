#!/usr/bin/env python3
"""TLS: certificates are changed under load and no call fails; a broken new one is told, counted and not taken; a client without a
certificate, with an expired one or with one of strangers is refused in the handshake.
"""
import datetime
import os
import pathlib
import socket
import ssl
import tempfile
import threading
import time

import grpc
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from kit import FULL, Server, articles, check, connect, eventually, figure, method, request


def name(common):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


class Authority:
    def __init__(self, common):
        self.name, self.key = name(common), ec.generate_private_key(ec.SECP256R1())
        self.certificate = self.sign(self.name, self.key.public_key(), ca=True)

    def sign(self, subject, key, ca=False, days=(-1, 30)):
        now = datetime.datetime.now(datetime.timezone.utc)
        builder = x509.CertificateBuilder(self.name, subject, key, x509.random_serial_number())
        builder = builder.not_valid_before(now + datetime.timedelta(days[0])).not_valid_after(now + datetime.timedelta(days[1]))
        builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        if not ca:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def issue(self, common="localhost", **options):
        """A certificate and its key, as PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self.sign(name(common), key.public_key(), **options)
        pkcs8 = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        return certificate.public_bytes(serialization.Encoding.PEM), pkcs8

    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM)


class Files:
    """Certificate and key as a secret is mounted: a folder behind a link, swapped at once."""

    def __init__(self, folder):
        self.folder, self.number = pathlib.Path(folder), 0
        self.certificate, self.key, self.ca = (str(self.folder / "now" / part) for part in ["tls.crt", "tls.key", "ca.crt"])

    def put(self, certificate, key, ca):
        self.number += 1
        version = self.folder / str(self.number)
        version.mkdir()
        for part, content in {"tls.crt": certificate, "tls.key": key, "ca.crt": ca}.items():
            (version / part).write_bytes(content)
        link = self.folder / "link"
        link.symlink_to(version)
        os.replace(link, self.folder / "now")


def channel_to(server, ca, identity=(None, None)):
    certificate, key = identity
    credentials = grpc.ssl_channel_credentials(ca.pem(), key, certificate)
    options = [("grpc.ssl_target_name_override", "localhost"), ("grpc.use_local_subchannel_pool", 1)]
    return grpc.secure_channel(server.address, credentials, options)


def shown(server):
    """The serial number of the certificate that the server shows."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["h2"])
    with connect(server.address) as plain, context.wrap_socket(plain, server_hostname="localhost") as secured:
        return x509.load_der_x509_certificate(secured.getpeercert(True)).serial_number


def serial(identity):
    return x509.load_pem_x509_certificate(identity[0]).serial_number


def is_answered(channel):
    try:
        return len(method(channel, "ExtractFacts")(request("Sales rose by 5 percent in 2021."), timeout=5).facts) == 2
    except grpc.RpcError:
        return False


def main():
    ours, strangers = Authority("ours"), Authority("strangers")
    with tempfile.TemporaryDirectory() as folder:
        files, first = Files(folder), ours.issue()
        files.put(*first, ours.pem())
        flags = ["--tls-certificate", files.certificate, "--tls-key", files.key, "--reload-interval", "0.1"]
        with Server(*flags) as server:
            rotation(server, files, ours, first)
        with Server(*flags, "--tls-client-ca", files.ca, "--tls-client-auth", "required") as server:
            mutual(server, ours, strangers)


def rotation(server, files, ours, first):
    check("the certificate is shown", shown(server) == serial(first))
    with channel_to(server, ours) as channel:
        check("a client is answered over TLS", is_answered(channel))
    with server.channel() as channel:
        check("and not in plain text", not is_answered(channel))
    check("health on the admin listener needs no TLS", server.is_healthy())

    stop, errors, counts, lock = threading.Event(), [], [0], threading.Lock()
    texts = [request(text) for text in articles()]

    def caller(number, keeps):
        while not stop.is_set():
            # Some keep their connection, others make a new one for some calls.
            with channel_to(server, ours) as channel:
                extract = method(channel, "ExtractFacts")
                calls = 0
                while not stop.is_set() and (keeps or calls < 5):
                    try:
                        extract(texts[number % len(texts)], timeout=10)
                        with lock:
                            counts[0] += 1
                    except grpc.RpcError as error:
                        errors.append(f"{error.code()}: {error.details()}")
                    number, calls = number + 1, calls + 1

    callers = [threading.Thread(target=caller, args=(number, number % 2 == 0), daemon=True) for number in range(4)]
    for thread in callers:
        thread.start()
    rotations = 60 if FULL else 8
    current = first
    for number in range(rotations):
        current = ours.issue()
        files.put(*current, ours.pem())
        eventually(f"certificate {number + 1} is shown", lambda: shown(server) == serial(current))
    good = server.metric("dictum_reloads_total", result="ok")
    check("each was counted", good >= rotations, good)

    another = ours.issue()
    broken = {
        "a key of another": (current[0], another[1]),
        "half a certificate": (current[0][: len(current[0]) // 2], current[1]),
        "nothing": (b"", b""),
        "garbage": (os.urandom(500), os.urandom(500)),
    }
    for what, identity in broken.items():
        before = server.metric("dictum_reloads_total", result="error")
        files.put(*identity, ours.pem())
        eventually(f"{what} is counted", lambda: server.metric("dictum_reloads_total", result="error") > before)
        check(f"{what}: the old one stays", shown(server) == serial(current))
        check(f"{what}: and it is told", '"ERROR"' in server.log())
    current = ours.issue()
    files.put(*current, ours.pem())
    eventually("a good one behind is taken", lambda: shown(server) == serial(current))
    stop.set()
    for thread in callers:
        thread.join(15)
    figure(f"{counts[0]} calls over {rotations} rotations and {len(broken)} broken ones, {len(errors)} failed")
    check("no call failed", not errors and counts[0] > 100, errors[:3])
    check("no key is in the log", "PRIVATE KEY" not in server.log())

    # A peer that never ends its handshake does not hold up others.
    silent = [socket.create_connection(connect_address(server)) for _ in range(200)]
    with channel_to(server, ours) as channel:
        begun = time.monotonic()
        check("others get in beside 200 silent handshakes", is_answered(channel) and time.monotonic() - begun < 2)
    for each in silent:
        each.close()


def connect_address(server):
    host, port = server.address.rsplit(":", 1)
    return host, int(port)


def mutual(server, ours, strangers):
    for what, identity, is_good in [
        ("a certificate of ours", ours.issue("client"), True),
        ("no certificate", (None, None), False),
        ("an expired one", ours.issue("client", days=(-10, -1)), False),
        ("one that is not valid yet", ours.issue("client", days=(1, 10)), False),
        ("one of strangers", strangers.issue("client"), False),
    ]:
        before = server.metric("dictum_tls_handshake_errors_total")
        with channel_to(server, ours, identity) as channel:
            check(f"{what}: {'let in' if is_good else 'refused'}", is_answered(channel) == is_good)
        if not is_good:
            eventually(f"{what}: counted", lambda: server.metric("dictum_tls_handshake_errors_total") > before)
    check("health on the admin listener needs no certificate", server.is_healthy())


main()
