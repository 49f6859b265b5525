// Uses what was moved from in every way: what the tables of moved-from objects are made of.
#pragma once

#include <catch2/catch.hpp>

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

#include "lib/table.hpp"
#include "support/throw_at.hpp"

namespace snug_test {

using snug::testing::faults;

// Moves from an object in both ways and uses it in every way that a value can be used.
//   make(n) -> an object with the value n; left(object) -> whether it is as the header says a
//   moved-from one is; value(object) -> n
template <class Type, class Make, class Left, class Value>
void check_moved_from(Make make, Left left, Value value) {
  INFO(name_of<Type>());
  const long before = faults::objects;
  {
    Type a = make(1);
    Type b = std::move(a);
    CHECK(left(a));
    CHECK(value(b) == 1);
    Type c = make(2);
    b = std::move(c);
    CHECK(left(c));
    CHECK(value(b) == 2);
    Type d = std::move(a);  // from one that has nothing
    CHECK(left(a));
    CHECK(left(d));
    d = std::move(c);
    CHECK(left(d));
    if constexpr (std::is_copy_constructible_v<Type>) {
      const Type copy = a;
      CHECK(left(copy));
      Type target = make(3);
      target = copy;
      CHECK(left(target));
    }
    if constexpr (std::equality_comparable<Type>) {
      CHECK(a == c);
      CHECK((a != b || left(b)));
    }
    if constexpr (requires { std::hash<Type>()(a); }) {
      CHECK(std::hash<Type>()(a) == std::hash<Type>()(c));
    }
    using std::swap;
    swap(a, b);
    CHECK(left(b));
    CHECK(value(a) == 2);
    b = make(4);
    CHECK(value(b) == 4);
    c = std::move(b);
    CHECK(value(c) == 4);
  }
  CHECK(faults::objects == before);
}

}  // namespace snug_test
