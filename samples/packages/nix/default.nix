# nix-build samples/packages/nix: the tool and the runtime library, from this clone.
{ pkgs ? import <nixpkgs> { } }:

let llvm = pkgs.llvmPackages_22;
in pkgs.stdenv.mkDerivation {
  pname = "snug";
  version = "0.1.0";
  src = ../../..;
  nativeBuildInputs = [ pkgs.cmake pkgs.ninja pkgs.pkg-config pkgs.makeWrapper ];
  buildInputs = [
    llvm.libclang
    pkgs.cli11
    pkgs.curl
    pkgs.fmt
    pkgs.hiredis
    pkgs.libsodium
    pkgs.nlohmann_json
    pkgs.tomlplusplus
  ];
  cmakeFlags = [
    "-DSNUG_BUILD_TESTS=OFF"
    "-DLibClang_ROOT=${pkgs.lib.getLib llvm.libclang}"
  ];
  # libcurl is loaded by runs that need it.
  postFixup = ''
    wrapProgram $out/bin/snug --suffix LD_LIBRARY_PATH : ${pkgs.lib.makeLibraryPath [ pkgs.curl ]}
  '';
  meta = {
    description = "Finds the memory that C and C++ types waste, and proves the fix";
    mainProgram = "snug";
    platforms = pkgs.lib.platforms.linux;
  };
}
