#!/usr/bin/env python3
"""Writes the documents that load is made of, beside this file: the same bytes on every machine.

The sample articles of `examples/articles`, and articles put together from the sentences of `sentences.toml`, in lengths from a
news flash to a long read: many different ones, because a processor learns a text that it sees twice.

  data.json    ExtractFactsRequest, a JSON array: ghz takes them in turn
  data.bin     the same, protobuf, each behind its length as a varint ("count-delimited"): for `binary` of ghz, and `dictum bench`
  batch.bin    BatchExtractFactsRequest, eight documents each
  stream.bin   StreamExtractFactsRequest, the documents of data.json once
"""
import datetime
import json
import pathlib
import random
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "examples" / "articles"
# Paragraphs of the articles that are put together, from a flash to a long read.
LENGTHS = [2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 11, 14, 18, 26]
ARTICLES = 42
BATCH = 8


def samples():
    for path in sorted(SAMPLES.glob("*.txt")):
        yield path.stem, path.read_text(encoding="utf-8"), datetime.date.fromisoformat(path.stem[:10])


def composed():
    bank = tomllib.loads((HERE / "sentences.toml").read_text(encoding="utf-8"))
    words, desks = bank["words"], bank["desk"]
    # A generator of its own: that of `random` is promised to stay the same.
    dice = random.Random(20240517)

    def fill(pattern):
        # From the left, one place at a time, so that the order of the draws is the order of the text.
        while (begin := pattern.find("<")) >= 0:
            end = pattern.index(">", begin)
            pattern = pattern[:begin] + draw(pattern[begin + 1 : end]) + pattern[end + 1 :]
        return pattern

    def draw(name):
        if ".." in name:
            low, high = name.split("..")
            digits = len(low.partition(".")[2])
            number = dice.randint(int(low.replace(".", "")), int(high.replace(".", "")))
            return f"{number / 10**digits:,.{digits}f}" if number < 1900 or number > 2100 or digits else str(number)
        return dice.choice(words[name])

    for number in range(ARTICLES):
        desk = desks[number % len(desks)]
        paragraphs = [fill(desk["headline"])]
        pool = []
        for _ in range(LENGTHS[number % len(LENGTHS)]):
            sentences = []
            for _ in range(dice.randint(2, 5)):
                if not pool:
                    pool = desk["sentences"] + bank["any"]["sentences"]
                    dice.shuffle(pool)
                sentences.append(fill(pool.pop()))
            paragraphs.append(" ".join(sentences))
        day = datetime.date(2019, 1, 1) + datetime.timedelta(days=dice.randrange(2200))
        yield f"{day}-{desk['name']}-{number}", "\n\n".join(paragraphs) + "\n", day


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def field(number, content):
    """A length-delimited field of protobuf."""
    return varint(number << 3 | 2) + varint(len(content)) + content


def delimited(messages):
    return b"".join(varint(len(message)) + message for message in messages)


def encoded(name, content, day):
    """An ExtractFactsRequest."""
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.timezone.utc)
    publish_time = varint(1 << 3) + varint(int(noon.timestamp()))
    return field(1, field(1, content.encode()) + field(2, name.encode()) + field(3, publish_time))


def main():
    documents = [*samples(), *composed()]
    as_json = [
        {"document": {"documentId": name, "content": content, "publishTime": f"{day}T12:00:00Z"}}
        for name, content, day in documents
    ]
    (HERE / "data.json").write_text(json.dumps(as_json, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    requests = [encoded(*document) for document in documents]
    batches = [requests[at : at + BATCH] for at in range(0, len(requests), BATCH)]
    streamed = [field(1, str(at).encode()) + field(2, request) for at, request in enumerate(requests)]
    (HERE / "data.bin").write_bytes(delimited(requests))
    (HERE / "batch.bin").write_bytes(delimited(b"".join(field(1, request) for request in batch) for batch in batches))
    (HERE / "stream.bin").write_bytes(delimited(streamed))
    print(f"{len(documents)} documents, {sum(len(content.encode()) for _, content, _ in documents)} bytes")


main()
