#!/usr/bin/env python3
"""The tools that people have: grpcurl with reflection, with the protos and with the protoset; grpc-health-probe on both ports, and
what it says of a server that drains."""
import json
import signal
import subprocess
import time

from kit import ARGUMENTS, ROOT, SERVICE, Server, check, tool


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20)


def main():
    grpcurl, probe = tool("grpcurl"), tool("grpc-health-probe")
    document = json.dumps({"document": {"content": "Sales rose by 5 percent in 2021.", "documentId": "a"}})
    with Server("--drain-delay", "3") as server:
        listed = run(grpcurl, "-plaintext", server.address, "list").stdout.split()
        check("reflection lists the services", {SERVICE, "grpc.health.v1.Health"} <= set(listed), listed)
        described = run(grpcurl, "-plaintext", server.address, "describe", f"{SERVICE}.ExtractFacts").stdout
        check("and describes a call", "ExtractFactsRequest" in described and "ExtractFactsResponse" in described, described)
        for name, flags in {
            "reflection": [],
            "the protoset": ["-protoset", "bench/ghz/dictum.protoset"],
            "the protos": ["-import-path", "proto", "-proto", "dictum/v1/extraction_service.proto"],
        }.items():
            ran = run(grpcurl, "-plaintext", *flags, "-d", document, server.address, f"{SERVICE}/ExtractFacts")
            answer = json.loads(ran.stdout or "{}")
            check(f"grpcurl is answered, by {name}", answer.get("documentId") == "a" and len(answer["facts"]) == 2, ran.stderr.strip())
        refused = run(grpcurl, "-plaintext", "-format-error", "-d", "{}", server.address, f"{SERVICE}/ExtractFacts")
        check("and refused with the field", refused.returncode != 0 and "document is empty" in refused.stderr, refused.stderr[:200])
        many = "\n".join(json.dumps({"correlationId": str(number), "request": json.loads(document)}) for number in range(20))
        streamed = subprocess.run(
            [grpcurl, "-plaintext", "-d", "@", server.address, f"{SERVICE}/StreamExtractFacts"], input=many, capture_output=True, text=True, timeout=20
        )
        check("a stream of 20 has 20 answers", streamed.stdout.count('"correlationId"') == 20, streamed.stderr.strip())

        for address in [server.address, server.admin]:
            for service in ["", SERVICE]:
                ran = run(probe, "-addr", address, "-service", service)
                check(f"grpc-health-probe finds {service or 'the server'} serving at {address}", ran.returncode == 0, ran.stderr.strip())
        check("and a service that is not there missing", run(probe, "-addr", server.admin, "-service", "nobody").returncode != 0)
        check("dictum health agrees", run(ARGUMENTS.dictum, "health", "--endpoint", f"http://{server.admin}").returncode == 0)

        server.child.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        ran = run(probe, "-addr", server.admin, "-service", SERVICE)
        check("a server that drains is not serving", ran.returncode != 0 and "NOT_SERVING" in ran.stderr, ran.stderr.strip())
        check("dictum health agrees", run(ARGUMENTS.dictum, "health", "--endpoint", f"http://{server.admin}").returncode != 0)
        check("it ends by itself", server.child.wait(15) == 0)


main()
