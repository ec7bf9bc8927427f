#!/usr/bin/env python3
"""Writes data.json beside this file: one ExtractFactsRequest for each sample article, published on the day in its name."""
import json
import pathlib

here = pathlib.Path(__file__).resolve().parent
requests = []
for path in sorted((here.parent.parent / "examples" / "articles").glob("*.txt")):
    day = path.stem[:10]
    document = {"documentId": path.stem, "content": path.read_text(encoding="utf-8"), "publishTime": f"{day}T12:00:00Z"}
    requests.append({"document": document})
(here / "data.json").write_text(json.dumps(requests, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
