#!/usr/bin/env bash
# From a clean clone to a running snug on Debian 12.
#
#   ./bootstrap.sh         installs what is missing and builds
#   ./bootstrap.sh demo    the same, then shows snug on the project in samples/tour
#   ./bootstrap.sh test    the same, then runs all tests
#
# BUILD_DIR (default: build/release) and JOBS (default: all cores) can be set in the environment.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"

packages=(
  g++ cmake ninja-build pkg-config ccache python3
  libclang-22-dev clang-22 libclang-rt-22-dev clang-format-22 clang-tidy-22
  libcli11-dev nlohmann-json3-dev libfmt-dev libsodium-dev libtomlplusplus-dev
  catch2 librapidcheck-dev libvalijson-dev mandoc
  libbenchmark-dev libboost1.81-dev libplf-colony-dev libabsl-dev
)
# What only tests need: they open reports in a browser, render Markdown, run completions and samples.
test_packages=(chromium cmark-gfm bash-completion zsh fish git python3-yaml)

fail() {
  printf 'bootstrap.sh: %s\n' "$*" >&2
  exit 2
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
  echo "bootstrap.sh: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # The package lists may be new enough; they are fetched only when an installation fails.
  as_root apt-get install -y --no-install-recommends "${missing[@]}" && return 0
  as_root apt-get update || fail "apt-get update failed: is there a network?"
  as_root apt-get install -y --no-install-recommends "${missing[@]}" ||
    fail "apt-get could not install: ${missing[*]} (libclang 22 comes from bookworm-security)"
}

build_dir=${BUILD_DIR:-build/release}
jobs=${JOBS:-$(nproc)}

build() {
  local launcher=()
  command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  cmake -S . -B "$build_dir" -G Ninja -DCMAKE_BUILD_TYPE=Release "${launcher[@]}" "$@"
  cmake --build "$build_dir" -j "$jobs"
}

# Prints a command as a user would type it, then runs it; findings (status 1) are no failure here.
show() {
  printf '\n$ %s\n' "$*"
  local status=0
  "$@" || status=$?
  [ "$status" -le 1 ] || fail "'$*' ended with status $status"
}

demo() {
  build -DSNUG_BUILD_TESTS=OFF
  local tour
  tour=$(mktemp -d)
  # Expanded now: the variable is gone when the script ends.
  trap "rm -rf '$tour'" EXIT
  cmake -S samples/tour -B "$tour" -G Ninja >/dev/null
  PATH="$PWD/$build_dir/tool:$PATH"
  show snug list -p "$tour" --top 8
  show snug show Order -p "$tour"
  show snug check -p "$tour"
}

run_tests() {
  build -DSNUG_BUILD_TESTS=ON
  ctest --test-dir "$build_dir" -j "$jobs" --output-on-failure --no-tests=error
}

case "${1:-build}" in
  build)
    install_missing
    build
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
  -h | --help | help) sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" ;;
  *) fail "unknown word '$1': use demo or test, or nothing to build" ;;
esac
