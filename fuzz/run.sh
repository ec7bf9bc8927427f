#!/usr/bin/env bash
# Fuzzes each target for some seconds, on the stable compiler: `fuzz/run.sh [SECONDS [TARGET…]]`, 10 seconds and all targets.
#
# libFuzzer is guided by coverage, which a stable rustc can put in; only the address sanitizer needs a nightly one, and a crate
# that forbids unsafe code gives it little to find. With a nightly, `cargo fuzz run TARGET` does the same with it.
# A finding is left in fuzz/artifacts/TARGET; `fuzz/run.sh 0 TARGET FILE` runs it again.
set -eu
cd "$(dirname "$0")"
seconds=${1:-10}
[ $# -gt 0 ] && shift
target=$(rustc -vV | sed -n 's/^host: //p')
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
 -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares"
# With --target the flags are not those of build scripts, which have no libFuzzer to link with.
# The versions that the project is locked to; only the fuzzer comes on top.
cp ../Cargo.lock Cargo.lock
RUSTFLAGS="$coverage" cargo build --release --quiet --target "$target"
built=${CARGO_TARGET_DIR:-target}/$target/release

if [ "$seconds" = 0 ]; then
    exec "$built/$1" "$2"
fi
[ $# -gt 0 ] || set -- tokens engine request
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
for name in "$@"; do
    mkdir -p "corpus/$name" "artifacts/$name"
    case $name in
    request) seeds="seeds/request" ;;
    *) seeds="seeds/text ../examples/articles" ;;
    esac
    # One input may take two seconds at most: four kilobytes take less than a millisecond.
    # shellcheck disable=SC2086
    "$built/$name" "corpus/$name" $seeds -dict=words.dict -max_total_time="$seconds" -max_len=4096 -timeout=2 -rss_limit_mb=1024 \
        -artifact_prefix="artifacts/$name/" -print_final_stats=1 >"$work/log" 2>&1 || {
        status=1
        tail -n 60 "$work/log"
    }
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log")
    covered=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$work/log" | tail -1)
    echo "# fuzz $name: ${runs:-?} inputs in $seconds s, ${covered:-?} edges reached"
done
exit $status
