# What ./dev test consists of, suite by suite, and its long form ./dev nightly. Sourced by ./dev.

# e2e_tests [FILE...]: expects the release binary.
e2e_tests() {
  need_modules tests/e2e
  [ $# -gt 0 ] || set -- tests/e2e/*.test.ts
  TAROTFORGE_BINARY="$PWD/build/release/tarotforge" \
    node --test --test-force-exit --test-reporter=spec --test-concurrency="${at_once:-1}" "$@"
}

# Those that spend most of their time waiting do it together, three at once and the others two.
PATIENT='/(announced|clock|endings|network_clients|network_database|networks|outage|postgres_away|takeover|time)\.test\.ts'
e2e_patient_tests() {
  local at_once=3
  # shellcheck disable=SC2046
  e2e_tests $(printf '%s\n' tests/e2e/*.test.ts | grep -E "$PATIENT")
}
e2e_other_tests() {
  local at_once=2
  # shellcheck disable=SC2046
  e2e_tests $(printf '%s\n' tests/e2e/*.test.ts | grep -vE "$PATIENT")
}

# What people and clients do is the same on the other database.
e2e_tests_on_postgresql() {
  local names="lifecycle endings outage people phoenix kill numbers" at_once=2
  export TAROTFORGE_E2E_DATABASE=postgresql
  export TAROTFORGE_KILL_ROUNDS=$((${TAROTFORGE_KILL_ROUNDS:-20} / 2))
  # shellcheck disable=SC2046,SC2086
  e2e_tests $(printf 'tests/e2e/%s.test.ts ' $names)
}

# simulate BINARY SEEDS [FIRST]: the seeds that once failed, then SEEDS others from FIRST, or 1, on.
simulate() {
  local binary="$1" seeds="$2" first="${3:-1}" seed
  while read -r seed _; do
    "$binary" --seed "$seed" >build/sim.log || { cat build/sim.log; return 1; }
  done < <(grep -v '^#' tests/sim/seeds.txt)
  "$binary" --seed "$first" --seeds "$seeds"
}

# Each bug that can be planted has to be found within 2,000 seeds, and each marked branch reached.
simulate_all() {
  local binary=build/sim/tests/tf_sim bug
  simulate "$binary" "$1" "$(date +%s)" || return 1
  "$binary" --seed 1 --seeds 10000 --branches || return 1
  for bug in $("$binary" --bugs); do
    printf '%s: ' "$bug"
    "$binary" --plant "$bug" --seed 1 --seeds 2000 | tail -1
    [ "${PIPESTATUS[0]}" = 0 ] || return 1
  done
}

web_tests() {
  need_modules web
  npm run --silent --prefix web test
}

# fuzz_one NAME SECONDS: expects the target. What it finds worth keeping stays below build/.
fuzz_one() {
  local name="$1" seconds="$2" folder=build/fuzz/corpus log="build/fuzz/$1.log"
  mkdir -p "$folder/$name"
  if build/asan/tests/fuzz_"$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix="build/fuzz/$name-" "$folder/$name" "tests/fuzz/corpus/$name" &>"$log"; then
    printf '%-14s %s\n' "$name" "$(tail -1 "$log")"
  else
    grep -avE '^(#[0-9]+|INFO:)' "$log" | head -60
    echo "$name failed; again: build/asan/tests/fuzz_$name FILE, with the file named above"
    return 1
  fi
}

# fuzz_all SECONDS [NAME...]: as many at once as there are processors.
fuzz_all() {
  local seconds="$1"
  shift
  [ $# -gt 0 ] || set -- $(basename -s .cpp tests/fuzz/*.cpp)
  printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} ./dev fuzz_one {} "$seconds"
}

# Every suite runs whatever became of the ones before it; the last line sums them up.
run_tests() {
  export NO_COLOR=1 ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19
  local results="$PWD/build/test-results.tsv"
  need_test_tools
  mkdir -p build
  : >"$results"
  suite() { tools/suite run "$results" "$@" || true; }
  # Tests that mostly wait leave a processor to others: what such a suite printed comes afterwards.
  beside() { suite "$@" &>build/beside.log & }
  joined() { wait && cat build/beside.log; }
  suite "house rules" step tools/tidy
  suite tools unittest python3 tests/tools_test.py
  suite "build release" step ./dev compile release tarotforge tarotforge_package
  suite "build asan" step ./dev compile asan tf_unit_tests tf_contract_tests tf_sim \
    tf_fuzzers
  beside contract doctest build/asan/tests/tf_contract_tests
  suite "contract in TLS" doctest env TAROTFORGE_TEST_TLS=1 build/asan/tests/tf_contract_tests \
    --source-file='*net_*' --test-suite-exclude='plain only'
  suite unit doctest build/asan/tests/tf_unit_tests
  suite simulation step ./dev simulate build/asan/tests/tf_sim 60
  joined
  suite "build tsan" step ./dev compile tsan tf_contract_tests
  beside "contract on threads" doctest build/tsan/tests/tf_contract_tests
  suite fuzz step ./dev fuzz_all "${TAROTFORGE_FUZZ_SECONDS:-10}"
  [ ! -f web/package.json ] || suite web vitest ./dev web_tests
  joined
  if [ -n "${TAROTFORGE_SIM_SEEDS:-}" ]; then
    suite "build sim" step ./dev compile sim tf_sim
    suite "long simulation" step ./dev simulate_all "$TAROTFORGE_SIM_SEEDS"
  fi
  [ -z "${TAROTFORGE_INSTALL:-}" ] || suite "clean install" step ./dev install_test
  suite e2e node ./dev e2e_other_tests
  suite "e2e that waits" node ./dev e2e_patient_tests
  suite "e2e on PostgreSQL" node ./dev e2e_tests_on_postgresql
  tools/suite report "$results"
}

# The same with many more rounds and seeds; some hours.
nightly() {
  export TAROTFORGE_SUITE_SECONDS="${TAROTFORGE_SUITE_SECONDS:-14400}"
  export TAROTFORGE_KILL_ROUNDS="${TAROTFORGE_KILL_ROUNDS:-200}"
  export TAROTFORGE_AWAY_ROUNDS="${TAROTFORGE_AWAY_ROUNDS:-30}"
  export TAROTFORGE_NETWORK_ROUNDS="${TAROTFORGE_NETWORK_ROUNDS:-10}"
  export TAROTFORGE_HOSTILE_SECONDS="${TAROTFORGE_HOSTILE_SECONDS:-40}"
  export TAROTFORGE_FUZZ_SECONDS="${TAROTFORGE_FUZZ_SECONDS:-1200}"
  export TAROTFORGE_SIM_SEEDS="${TAROTFORGE_SIM_SEEDS:-20000}"
  export TAROTFORGE_DEMO_SESSIONS="${TAROTFORGE_DEMO_SESSIONS:-50000}"
  export TAROTFORGE_INSTALL=yes
  run_tests
}
