#include "gate/printed_name.hpp"

#include <catch2/catch.hpp>

using namespace snug;

TEST_CASE("printed names: blanks, keywords and integer types mean the same in every spelling") {
  CHECK(canonical_name("std::vector<const char *>") == "std::vector<const char*>");
  CHECK(canonical_name("a::V<b::C<int> >") == "a::V<b::C<int>>");
  CHECK(canonical_name("struct a::S") == "a::S");
  CHECK(canonical_name("a::P<struct a::S,class b::C const >") == "a::P<a::S,b::C const>");
  CHECK(canonical_name("::S") == "S");
  CHECK(canonical_name("V<long unsigned int>") == "V<unsigned long>");
  CHECK(canonical_name("V<unsigned int>") == canonical_name("V<unsigned>"));
  CHECK(canonical_name("V<long long unsigned int>") == "V<unsigned long long>");
  CHECK(canonical_name("V<short int, long int>") == "V<short,long>");
  CHECK(canonical_name("V<signed char, unsigned char>") == "V<signed char,unsigned char>");
  CHECK(canonical_name("V<long double>") == "V<long double>");
  CHECK(canonical_name("M<3UL>") == canonical_name("M<3>"));
  CHECK(canonical_name("{anonymous}::S") == "(anonymous namespace)::S");
  CHECK(canonical_name("`anonymous-namespace'::S") == "(anonymous namespace)::S");
  CHECK(canonical_name("(unnamed struct at a.cpp:3:9)") == "(anonymous struct at a.cpp:3:9)");
  CHECK(canonical_name("") == "");
}

TEST_CASE("printed names: what g++ and clang print for one type is that type") {
  const auto same = [](std::string_view name, std::string_view printed) {
    CAPTURE(name, printed);
    CHECK(may_be_printed_as(name, printed));
  };
  same("a::S", "a::v1::S");
  same("a::V<a::S>", "a::V<a::v1::S, 4>");
  same("a::V<std::basic_string<char>, 7>", "a::V<std::__cxx11::basic_string<char>, 7>");
  same("a::P<a::V<a::S>, int (*)(long), int[3]>",
       "a::P<a::V<a::v1::S, 4>, int (*)(long int), int [3]>");
  same("(anonymous namespace)::Hidden", "{anonymous}::Hidden");
  same("a::P<(anonymous namespace)::Hidden>", "a::P<{anonymous}::Hidden>");
  same("main()::Local", "Local");
  same("main()::Local", "main()::Local");
  same("main()::(lambda at t.cpp:30:14)::operator()()::In", "main()::<lambda()>::In");
  same("f(int)::V<int>", "V<int>");
}

TEST_CASE("printed names: types that only look alike are not taken for each other") {
  const auto other = [](std::string_view name, std::string_view printed) {
    CAPTURE(name, printed);
    CHECK_FALSE(may_be_printed_as(name, printed));
  };
  other("a::S", "S");
  other("a::S", "b::S");
  other("a::S", "a::S::T");
  other("a::b::S", "b::a::S");
  other("V<int>", "V<long>");
  other("V<int, 3>", "V<int>");
  other("V<a::S>", "V<a::S*>");
  other("V<a::S>*", "V<a::S>");
  other("S", "S2");
  other("", "S");
}

TEST_CASE("printed names: any text has a name and is itself") {
  for (const char* text :
       {"<", ">", "((", "::", "a::", "::<>::", "<<<<>", "a<b", "3U", "long", "const "}) {
    CAPTURE(text);
    CHECK(may_be_printed_as(text, text));
    CHECK(last_name(text) == last_name(canonical_name(text)));
    CHECK(canonical_name(canonical_name(text)) == canonical_name(text));
  }
  const std::string deep = std::string(5000, '<') + "a" + std::string(5000, '>');
  CHECK_FALSE(may_be_printed_as("V" + deep, "V" + deep + "b"));
  CHECK(last_name("a::V<b::C>") == "V");
}
