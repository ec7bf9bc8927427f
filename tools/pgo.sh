#!/bin/sh
# Builds the binary of the image with a profile of what it does: `tools/pgo.sh TARGET`, as in x86_64-unknown-linux-gnu. The
# binary is built once with counters, reads the samples and the texts of the corpus, answers some seconds of calls, and is
# built again by what was counted: which branch is taken, what is worth inlining, which code is to stand together.
#
# LLVM_PROFDATA names the program that adds the counts up; else the toolchain's own, `rustup component add llvm-tools`.
set -eu
cd "$(dirname "$0")/.."
target=$1
port=${PORT:-50961}
profdata=${LLVM_PROFDATA:-$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/llvm-profdata}
"$profdata" --version >/dev/null || { echo "pgo: no $profdata; set LLVM_PROFDATA" >&2; exit 1; }

work=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
counts=${CARGO_TARGET_DIR:-$PWD/target}/pgo.profdata

# build FLAG: the flags of tools/static.toml hold, too.
build() {
    cargo build --config tools/static.toml --config "target.$target.rustflags=['$1']" --target "$target" --release --locked --bin dictum
}

# One text a string of the corpus: what should be read and what should not, twenty to an article.
grep -ohE '"[^"\\]{24,}"' tests/corpus/*/*.toml | tr -d '"' | split -l 20 --additional-suffix=.txt - "$work/corpus-"

build "-Cprofile-generate"
dictum=${CARGO_TARGET_DIR:-$PWD/target}/$target/release/dictum
export LLVM_PROFILE_FILE="$work/%p.profraw"
for format in text jsonl; do
    "$dictum" extract --format "$format" --publish-time 2024-05-17 examples/articles "$work"/corpus-*.txt >"$work/read"
    [ -s "$work/read" ]
done
"$dictum" serve --listen "127.0.0.1:$port" --admin-listen "127.0.0.1:$((port + 1))" --drain-delay 0 --drain-timeout 2 2>"$work/log" &
server=$!
for try in 1 2 3 4 5 6 7 8 9 10; do
    "$dictum" health --endpoint "http://127.0.0.1:$((port + 1))" --timeout 0.5 2>/dev/null && break
    sleep 0.5
done
for call in unary batch stream; do
    "$dictum" bench --endpoint "http://127.0.0.1:$port" --call "$call" --concurrency 4 --duration 2
done
kill -TERM "$server"
wait "$server"
server=""

"$profdata" merge --output "$counts" "$work"/*.profraw
build "-Cprofile-use=$counts"
