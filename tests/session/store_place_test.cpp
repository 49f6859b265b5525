// Where a shared cache is, as users write it; what runs do with it is tested in
// shared_cache_test.py.
#include <catch2/catch.hpp>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "session/shared/store.hpp"

using namespace snug;

TEST_CASE("a place of a shared cache is told from a folder") {
  for (const char* text :
       {"http://a", "https://a/b", "redis://a", "unix:///a", "ftp://a", "s3+x://a"}) {
    CHECK(names_store(text));
  }
  for (const char* text : {"off", "kept", "/a/b", "../http:/a", "a/b://c", "://a", "C:/a", ""}) {
    CHECK_FALSE(names_store(text));
  }
}

TEST_CASE("the parts of a place") {
  const StorePlace place = parse_store_place("https://me:se%40:c@[::1]:8080/ac/snug");
  CHECK(place.scheme == "https");
  CHECK(place.user == "me");
  CHECK(place.password == "se@:c");
  CHECK(place.host == "::1");
  CHECK(place.port == "8080");
  CHECK(place.path == "/ac/snug");
  CHECK(place.told() == "https://[::1]:8080/ac/snug");
  CHECK(parse_store_place("redis://cache.example").told() == "redis://cache.example");
  CHECK(parse_store_place("redis://:pw@h:1/2").password == "pw");
  CHECK(parse_store_place("redis://only@h").user == "only");
  CHECK(parse_store_place("unix:///run/redis.sock").path == "/run/redis.sock");
  CHECK(parse_store_place("http://a%zz@h").user == "a%zz");
}

TEST_CASE("a place that cannot be one is an error that keeps the password to itself") {
  const auto [text, why] = GENERATE(table<std::string, std::string>({
      {"ftp://me:secret@h/a", "a shared cache is at http://"},
      {"rediss://me:secret@h", "TLS"},
      {"http://me:secret@/a", "names no host"},
      {"http://me:secret@h:0/", "from 1 to 65535"},
      {"http://me:secret@h:65536", "from 1 to 65535"},
      {"http://me:secret@h:8x", "from 1 to 65535"},
      {"http://me:secret@[::1]x", "from 1 to 65535"},
      {"http://me:secret@h/a?secret=1", "query"},
      {"unix://me:secret@h/a", "unix:///path"},
      {"redis://me:secret@h/one", "number of a database"},
      {"redis://me:secret@h/1/2", "number of a database"},
  }));
  std::string told;
  try {
    (void)open_store(parse_store_place(text));
  } catch (const Error& error) {
    told = error.what();
  }
  CHECK(told.find(why) != std::string::npos);
  CHECK(told.find("secret") == std::string::npos);
}

TEST_CASE("only who knows the secret makes the same digest") {
  CHECK(keyed_digest_of("bytes", "one").size() == 32);
  CHECK(keyed_digest_of("bytes", "one") == keyed_digest_of("bytes", "one"));
  CHECK(keyed_digest_of("bytes", "one") != keyed_digest_of("bytes", "other"));
  CHECK(keyed_digest_of("bytes", "one") != keyed_digest_of("bytes", ""));
  CHECK(keyed_digest_of("bytes", "one") != keyed_digest_of("byte", "one"));
}
