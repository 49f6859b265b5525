// Runs each operation of a type with each point of it throwing once: what the tables of throwing
// are made of.
#pragma once

#include <catch2/catch.hpp>

#include <optional>
#include <utility>
#include <vector>

#include "lib/table.hpp"
#include "support/failing_new.hpp"
#include "support/throw_at.hpp"

namespace snug_test {

using namespace snug::testing;

enum class promise { strong, basic, nothing_thrown };

template <class Type>
struct operation {
  const char* name;
  promise promised;
  void (*run)(Type& target, Type& other);
};
// `noexcept` of the expression, so that a row cannot promise what the compiler does not know of.
#define SNUG_OPERATION(promised, ...)                                                   \
  {#__VA_ARGS__,                                                                        \
   noexcept([](auto& a, auto& b) noexcept(noexcept(__VA_ARGS__)) { (void)a, (void)b; }( \
                std::declval<type&>(), std::declval<type&>()))                          \
       ? promise::nothing_thrown                                                        \
       : promised,                                                                      \
   [](type& a, type& b) {                                                               \
     (void)b;                                                                           \
     (void)(__VA_ARGS__);                                                               \
   }}

// One type: how an object with a value is made, and what its value is (-1: none). -> places.
template <class Type, class Make, class Value>
void check_table(Make make, Value value, const std::vector<operation<Type>>& operations) {
  for (const auto& one : operations) {
    INFO(name_of<Type>() << ": " << one.name);
    const long news = heap::news - heap::deletes;
    const long places = throw_at_every_point([&](attempt& attempt) {
      std::optional<Type> target(make(1)), other(make(2));
      const bool done = attempt([&] { one.run(*target, *other); });
      if (!done && one.promised == promise::strong) {
        CHECK(value(*target) == 1);
        CHECK(value(*other) == 2);
      }
      (void)value(*target);
      *target = make(5);  // as good as new
      CHECK(value(*target) == 5);
    });
    if (one.promised == promise::nothing_thrown) CHECK(places == 0);
    CHECK(heap::news - heap::deletes == news);
  }
}

}  // namespace snug_test
