#include "base/descriptor.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>
#include <thread>

namespace snug::test {

TEST_CASE("a descriptor is closed at the end of its scope, and once") {
  int number = -1;
  {
    const Descriptor file(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    REQUIRE(file.is_open());
    number = file.number();
    CHECK(::fcntl(number, F_GETFD) != -1);
  }
  CHECK(::fcntl(number, F_GETFD) == -1);
  Descriptor file(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  CHECK(file.close());
  CHECK_FALSE(file.is_open());
  CHECK_FALSE(file.close());
}

TEST_CASE("all bytes are written, in however many pieces the other end takes them") {
  std::array<int, 2> ends{};
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
  Descriptor writer(ends[0]);
  const Descriptor reader(ends[1]);
  const std::string sent(3'000'000, 'x');
  std::string received;
  std::thread reading([&] {
    std::array<char, 4096> bytes{};
    ssize_t count = 0;
    while ((count = ::read(reader.number(), bytes.data(), bytes.size())) > 0) {
      received.append(bytes.data(), static_cast<std::size_t>(count));
    }
  });
  CHECK(write_all(writer.number(), sent));
  CHECK(writer.close());
  reading.join();
  CHECK(received == sent);
  CHECK_FALSE(write_all(-1, "x"));
  CHECK(write_all(-1, ""));
}

}  // namespace snug::test
