#!/usr/bin/env bash
# From a clean clone to a running snug on Debian 12.
#
#   ./bootstrap.sh         installs what is missing and builds snug
#   ./bootstrap.sh demo    the same with less optimization, then shows snug on the project in samples/tour
#   ./bootstrap.sh test    builds snug and its tests and runs them, but for the long ones (mutants
#                          and sweeps), which .ci/run runs, too
#
# From the environment: BUILD_DIR (default: build/release, for the demo build/demo), JOBS (default: all
# cores) and SNUG_UNITY (default: ON; OFF compiles every file by itself).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"

# What snug is built from.
packages=(
  g++ cmake ninja-build pkg-config
  libclang-22-dev libcli11-dev nlohmann-json3-dev libfmt-dev libsodium-dev libtomlplusplus-dev
  libcurl4-openssl-dev libhiredis-dev
)
# What only tests need: they compile with clang, compare with other libraries, open reports in a
# browser, render Markdown, run completions, editors and samples, count instructions.
test_packages=(
  ccache python3 clang-22 libclang-rt-22-dev clang-format-22 clang-tidy-22
  catch2 librapidcheck-dev libvalijson-dev mandoc
  libbenchmark-dev libboost1.81-dev libplf-colony-dev libabsl-dev
  chromium cmark-gfm bash-completion zsh fish git python3-yaml libxml2-utils meson
  neovim emacs-nox elpa-eglot clangd-22 redis-server slurm-wlm munge valgrind patchelf lintian
)

fail() {
  printf 'bootstrap.sh: %s\n' "$*" >&2
  exit 2
}

# Says what happens now, and how long everything before it took.
phase() {
  printf '[%2d:%02d] %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$*"
}

installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# What runs a command as root: nothing for root itself, else sudo.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "packages are missing and only root can install them; as root run: $*"
  fi
}

install_missing() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    fail "this script installs Debian packages; elsewhere install the equivalents of: ${packages[*]}"
  local package missing=()
  for package in "${packages[@]}"; do
    installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  phase "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # The package lists may be new enough; they are fetched only when an installation fails.
  as_root apt-get install -y --no-install-recommends "${missing[@]}" && return 0
  as_root apt-get update || fail "apt-get update failed: is there a network?"
  as_root apt-get install -y --no-install-recommends "${missing[@]}" ||
    fail "apt-get could not install: ${missing[*]} (libclang 22 comes from bookworm-security)"
}

jobs=${JOBS:-$(nproc)}

# Builds a target in $build_dir, configured with the arguments behind it.
build() {
  local target=$1
  shift
  phase "configuring $build_dir"
  cmake -S . -B "$build_dir" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSNUG_UNITY="${SNUG_UNITY:-ON}" \
    "$@" >"$log" || { cat "$log" && fail "the configuration failed: see above"; }
  phase "compiling $target with $jobs jobs"
  cmake --build "$build_dir" -j "$jobs" --target "$target"
}

# Prints a command as a user would type it, then runs it; findings (status 1) are no failure here.
show() {
  printf '\n$ %s\n' "$*"
  local status=0
  "$@" || status=$?
  [ "$status" -le 1 ] || fail "'$*' ended with status $status"
}

demo() {
  build_dir=${BUILD_DIR:-build/demo}
  # A look at a small project needs no fast program; the one to install is optimized fully.
  build snug -DSNUG_BUILD_TESTS=OFF -DSNUG_WARNINGS_ARE_ERRORS=OFF \
    -DCMAKE_CXX_FLAGS_RELEASE="-O1 -DNDEBUG"
  cmake -S samples/tour -B "$scratch/tour" -G Ninja >"$log"
  PATH="$(cd "$build_dir/tool" && pwd):$PATH"
  phase "snug on samples/tour"
  show snug list -p "$scratch/tour" --top 8
  show snug show Order -p "$scratch/tour"
  show snug check -p "$scratch/tour"
}

run_tests() {
  local launcher=()
  command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  build all -DSNUG_BUILD_TESTS=ON "${launcher[@]}"
  # The tests with clients of npm are skipped without its packages.
  local extension=tool/editors/vscode
  if [ ! -d "$extension/node_modules" ] && command -v npm >/dev/null; then
    phase "installing what the editor's tests need from npm"
    (cd "$extension" && timeout 300 npm ci --no-audit --no-fund >"$log" 2>&1) || {
      rm -rf "$extension/node_modules"
      phase "npm cannot install them"
    }
  fi
  phase "running the tests, but for the long ones and those of CI alone"
  ctest --test-dir "$build_dir" -j "$jobs" --output-on-failure --no-tests=error -LE '^(long|ci)$'
}

build_dir=${BUILD_DIR:-build/release}
scratch=$(mktemp -d)
log=$scratch/log
trap 'rm -rf "$scratch"' EXIT
case "${1:-build}" in
  build)
    install_missing
    build all -DSNUG_BUILD_TESTS=OFF
    ;;
  demo)
    install_missing
    demo
    ;;
  test)
    packages+=("${test_packages[@]}")
    install_missing
    run_tests
    ;;
  -h | --help | help) sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" ;;
  *) fail "unknown word '$1': use demo or test, or nothing to build" ;;
esac
