#!/usr/bin/env python3
"""A server that is killed has nothing to lose: it starts again on the same addresses and is SERVING in under 200 ms."""
import time

from kit import FULL, Server, best_of, check, figure


def main():
    with Server() as first:
        address, admin = first.address, first.admin
        check("the first one answers", first.answers())
        first.kill()

    def restart():
        begun = time.monotonic()
        with Server(address=address, admin=admin) as server:
            took = time.monotonic() - begun
            check("it answers", server.answers())
            # Nothing of it is left to be tidied up: it is killed in its tracks.
        return took

    took = [best_of(3, restart, lambda took: took < 0.2) for _ in range(20 if FULL else 3)]
    figure(f"from exec to SERVING: {', '.join(f'{1e3 * each:.0f}' for each in took[:6])} ms")
    check("it is SERVING in under 200 ms", max(took) < 0.2, f"{1e3 * max(took):.0f} ms")


main()
