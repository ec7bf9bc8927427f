#!/bin/sh
# Counts the instructions that reading takes, per byte of many different articles: a figure without noise.
# Fails above LIMIT (150). `tests/callgrind.sh [STAGE…]`, stages: tokens, text, engine (all three when none is named; the
# limit is for engine). Builds in release unless DICTUM_INSTRUCTIONS names a built program.
set -eu
cd "$(dirname "$0")/.."
limit=${LIMIT:-150}
rounds=3
command -v valgrind >/dev/null || { echo "callgrind: valgrind is not installed" >&2; exit 1; }

stages=${*:-tokens text engine}
news=../shared/bench/dates/timebank_dev.jsonl
if [ -f "$news" ]; then
    set -- "$news"
else
    echo "callgrind: ../shared is not there; counting on the samples of examples/articles only" >&2
    set -- examples/articles/*.txt
fi

program=${DICTUM_INSTRUCTIONS:-}
if [ -z "$program" ]; then
    cargo build --quiet --release --no-default-features --example instructions
    program=${CARGO_TARGET_DIR:-target}/release/examples/instructions
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Instructions of a run: rounds, stage. Zero rounds are start, tables and reading the files.
count() {
    valgrind --tool=callgrind --callgrind-out-file="$work/out" "$program" "$@" 2>"$work/log" \
        || { cat "$work/log" >&2; exit 1; }
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$work/log"
}

bytes=$("$program" 0 tokens "$@" 2>&1 | sed -n 's/.* articles, \([0-9]*\) bytes.*/\1/p')
start=$(count 0 engine "$@")
status=0
for stage in $stages; do
    total=$(count "$rounds" "$stage" "$@")
    tenths=$(((total - start) * 10 / (rounds * bytes)))
    echo "# $stage $((tenths / 10)).$((tenths % 10)) instructions per byte of $bytes"
    if [ "$stage" = engine ] && [ "$tenths" -gt $((limit * 10)) ]; then
        echo "callgrind: more than $limit" >&2
        status=1
    fi
done
exit $status
