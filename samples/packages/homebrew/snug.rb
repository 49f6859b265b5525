# For a tap: put it into Formula/ and fill in OWNER, the tag and the checksum of the archive.
class Snug < Formula
  desc "Finds the memory that C and C++ types waste, and proves the fix"
  homepage "https://github.com/OWNER/snug"
  url "https://github.com/OWNER/snug/archive/refs/tags/v0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"

  depends_on "cli11" => :build
  depends_on "cmake" => :build
  depends_on "ninja" => :build
  depends_on "nlohmann-json" => :build
  depends_on "pkgconf" => :build
  depends_on "tomlplusplus" => :build
  depends_on "curl"
  depends_on "fmt"
  depends_on "hiredis"
  depends_on "libsodium"
  depends_on :linux
  depends_on "llvm"

  def install
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-DSNUG_BUILD_TESTS=OFF",
           "-DLibClang_ROOT=#{Formula["llvm"].opt_prefix}", *std_cmake_args
    system "cmake", "--build", "build"
    system "cmake", "--install", "build"
  end

  test do
    (testpath/"order.cpp").write("struct Order { bool a; double b; bool c; } orders[64];\n")
    assert_match "wastes 14 of 24 bytes", shell_output("#{bin}/snug check order.cpp --", 1)
  end
end
