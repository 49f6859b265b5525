#!/usr/bin/env bash
# A tarball of snug that runs wherever it is unpacked: with its own libclang, the headers that belong to it
# and every other library but those of glibc.
#
#   cmake/tarball.sh BUILD OUT.tar.xz      BUILD: a finished build; OUT may end in .tar.gz or .tar.zst, too
#
# It needs the glibc that it was built with, or a newer one. Two runs make the same bytes. Needs cmake,
# patchelf and strip.
set -euo pipefail

fail() {
  printf 'tarball.sh: %s\n' "$*" >&2
  exit 2
}

[ $# -eq 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
build=$(realpath "$1") out=$(realpath -m "$2")
for tool in cmake patchelf strip ldd; do
  command -v "$tool" >/dev/null || fail "$tool is not installed"
done
[ -x "$build/tool/snug" ] || fail "$build/tool/snug is not there; build first"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
version=$("$build/tool/snug" --version | cut -d' ' -f2)
name=snug-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
root=$stage/$name
cmake --install "$build" --prefix "$root" >/dev/null
mkdir -p "$root/lib"
strip "$root/bin/snug"

# What the loader finds for the program. glibc stays outside: it belongs to the kernel and to the loader.
glibc='^(linux-vdso|ld-linux.*|libc|libm|libdl|librt|libpthread|libresolv|libutil|libmvec)[.-].*so'
clang=
while read -r library path; do
  [[ $library =~ $glibc ]] && continue
  [ -n "$path" ] || fail "the library $library of $build/tool/snug is not installed"
  install -m 644 "$(realpath "$path")" "$root/lib/$library"
  patchelf --set-rpath '$ORIGIN' "$root/lib/$library"
  [[ $library == libclang* ]] && clang=$(realpath "$path")
done < <(ldd "$build/tool/snug" | sed -nE 's/^\s*(\S+) => (\S*).*/\1 \2/p' | sed 's/not$//')
patchelf --set-rpath '$ORIGIN/../lib' "$root/bin/snug"

# The headers that libclang reads itself, in the folder beside the library where it looks for them.
[ -n "$clang" ] || fail "$build/tool/snug does not use a shared libclang"
major=$("$build/tool/snug" --version | sed -E 's/.*libclang ([0-9]+).*/\1/')
headers=
for folder in "$(dirname "$clang")/clang/$major" /usr/lib/llvm-"$major"/lib/clang/"$major"; do
  [ -e "$folder/include/stddef.h" ] && headers=$folder/include && break
done
[ -n "$headers" ] || fail "the headers of libclang $major are not beside $clang"
mkdir -p "$root/lib/clang/$major"
cp -rL --no-preserve=mode,ownership,timestamps "$headers" "$root/lib/clang/$major/include"

case $out in
  *.gz) compress='gzip -n' ;;
  *.zst) compress='zstd -q' ;;
  *) compress='xz -T0' ;;
esac
tar --create --use-compress-program="$compress" --file "$out.new" --directory "$stage" --sort=name --owner=0 \
  --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-0}" "$name"
mv "$out.new" "$out"
printf '%s: %s\n' "$out" "$(du -h "$out" | cut -f1)"
