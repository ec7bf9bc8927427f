#!/usr/bin/env python3
"""A stream of 100,000 documents whose reader is slow: the server reads no further than it may, and its memory stays flat."""
import threading
import time

from kit import FULL, Server, articles, check, figure, message, method, request

# In a short run the reader stops early to be slow; the stream is as long.
DOCUMENTS = 100_000 if FULL else 20_000


def main():
    item = message("StreamExtractFactsRequest")
    texts = [text.split("\n\n")[1][:400] for text in articles()]
    sent = 0

    def documents():
        nonlocal sent
        for number in range(DOCUMENTS):
            sent = number + 1
            yield item(correlation_id=str(number), request=request(texts[number % len(texts)]))

    with Server() as server:
        check("it answers", server.answers())
        with server.channel() as channel:
            stream = method(channel, "StreamExtractFacts")(documents())
            seen, samples, ahead, stop = set(), [], 0, threading.Event()

            def sample():
                while not stop.wait(0.05):
                    samples.append(server.resident())

            sampler = threading.Thread(target=sample, daemon=True)
            sampler.start()
            # The first ones, then nothing at all for a while, then some a second, then the rest.
            for number, answer in enumerate(stream):
                seen.add(int(answer.correlation_id))
                if number == 2000:
                    standing = -1
                    while standing != sent:
                        standing = sent
                        time.sleep(0.7)
                    idle = server.cpu()
                    time.sleep(1.0)
                    check("while nothing is read, nothing more is taken", sent == standing, f"{sent} sent, {number} read")
                    check("and nothing is worked on", server.cpu() - idle < 0.05)
                if 2000 < number < 4000:
                    ahead = max(ahead, sent - number)
                    time.sleep(0.0005)
            stop.set()
            sampler.join()
        settled = samples[len(samples) // 10]
        figure(f"{len(seen)} answers; at most {ahead} documents ahead of the reader; memory {settled >> 20} MiB early, {max(samples) >> 20} MiB at most")
        check("every document has its answer", seen == set(range(DOCUMENTS)), len(seen))
        # What the windows of HTTP/2 and the sockets hold, on both sides and both ways.
        held = ahead * sum(len(text.encode()) for text in texts) // len(texts)
        check("the sender is held back", held < 8 << 20, f"{ahead} documents, {held >> 10} KiB")
        check("memory is flat", max(samples) < settled + (24 << 20), f"{settled >> 20} MiB, then {max(samples) >> 20} MiB")


main()
