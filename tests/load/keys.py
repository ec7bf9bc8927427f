#!/usr/bin/env python3
"""Keys: the right one is let in; a wrong one and none are UNAUTHENTICATED, and take as long as each other whatever of them is right;
a new file is read without a restart, a broken one is not; and no key is ever written.
"""
import hashlib
import os
import pathlib
import secrets
import statistics
import tempfile
import time

import grpc
from kit import FULL, Server, check, details, eventually, figure, message, method, request

KEYS = {name: secrets.token_hex(24) for name in ["desk", "archive"]}


def write(path, keys):
    """As a mounted secret is swapped: whole."""
    new = path.with_suffix(".new")
    new.write_text("".join(f"{name}:{hashlib.sha256(key.encode()).hexdigest()}\n" for name, key in keys.items()))
    os.replace(new, path)


def code_of(channel, key=None, name="ExtractFacts"):
    asked = request("Sales rose by 5 percent in 2021.") if name == "ExtractFacts" else message("GetCapabilitiesRequest")()
    metadata = [] if key is None else [("authorization", key)]
    try:
        method(channel, name)(asked, timeout=5, metadata=metadata)
        return grpc.StatusCode.OK, None
    except grpc.RpcError as error:
        return error.code(), error


def main():
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "keys"
        write(file, KEYS)
        with Server("--api-keys", str(file), "--reload-interval", "0.2") as server, server.channel() as channel:
            right = f"Bearer {KEYS['desk']}"
            near = right[:-1] + ("0" if right[-1] != "0" else "1")
            for key in KEYS.values():
                check("a right key is let in", code_of(channel, f"Bearer {key}")[0] == grpc.StatusCode.OK)
            wrong = {"none": None, "empty": "", "no scheme": KEYS["desk"], "another scheme": f"Basic {KEYS['desk']}", "far": "Bearer x"}
            wrong |= {"near": near, "long": "Bearer " + "a" * 4000, "a hash": f"Bearer {hashlib.sha256(KEYS['desk'].encode()).hexdigest()}"}
            for what, key in wrong.items():
                code, error = code_of(channel, key)
                check(f"{what}: UNAUTHENTICATED", code == grpc.StatusCode.UNAUTHENTICATED, code)
                info, _ = details(error)
                check(f"{what}: with ErrorInfo", info and info.domain == "dictum.v1", error.details())
                check(f"{what}: says nothing of the key", KEYS["desk"][:8] not in str(error.details()) + str(error.trailing_metadata()))
            check("health needs no key", server.is_healthy() and server.is_healthy(server.address))

            # In turns, so that whatever else the machine does falls on each.
            times = {"near": [], "far": [], "none": []}
            for _ in range(3000 if FULL else 300):
                for what, taken in times.items():
                    begun = time.perf_counter()
                    code_of(channel, wrong[what])
                    taken.append(time.perf_counter() - begun)
            near_time, far_time = statistics.median(times["near"]), statistics.median(times["far"])
            spread = statistics.quantiles(times["far"], n=4)
            noise = spread[2] - spread[0]
            figure(f"a key that is nearly right {1e6 * near_time:.0f} µs, one that is far off {1e6 * far_time:.0f} µs, quartiles {1e6 * noise:.0f} µs apart")
            check("timing tells nothing beyond noise", abs(near_time - far_time) < max(noise, 20e-6))

            # A new key comes, an old one goes, and nobody restarts.
            new = secrets.token_hex(24)
            write(file, {"desk": KEYS["desk"], "new": new})
            eventually("a new key is let in", lambda: code_of(channel, f"Bearer {new}")[0] == grpc.StatusCode.OK)
            check("one taken away is not", code_of(channel, f"Bearer {KEYS['archive']}")[0] == grpc.StatusCode.UNAUTHENTICATED)
            broken = server.metric("dictum_reloads_total", result="error")
            file.write_text(f"desk {KEYS['desk']}\n")
            eventually("a broken file is counted", lambda: server.metric("dictum_reloads_total", result="error") > broken)
            check("and the old keys stay", code_of(channel, f"Bearer {new}")[0] == grpc.StatusCode.OK)
            check("no key is in the log", not any(key in server.log() for key in [*KEYS.values(), new]))
            counted = server.metric("grpc_server_call_duration_seconds_count", grpc_status="UNAUTHENTICATED")
            check("refused calls are counted", counted >= len(wrong), counted)


main()
