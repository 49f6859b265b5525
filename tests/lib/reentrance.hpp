// Runs each operation of a type with an element that comes back to it at each place where one of
// its functions is called, in a process of its own: what the tables of re-entrance are made of.
#pragma once

#include <catch2/catch.hpp>

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lib/table.hpp"

namespace snug_test {

template <class Type>
struct step {
  const char* name;
  std::function<void(Type&, Type&)> run;
};

template <class Type>
struct reentrance {
  // Makes the object: two of them, of which the operations change the first.
  std::function<Type*(int)> make;
  // Operations on the first (and from the second).
  std::vector<step<Type>> operations;
  // What the element does to the first object, which is the first argument.
  std::vector<step<Type>> actions;
  // "operation/action" that end the program with a sentence at one of the places or more.
  std::set<std::string> forbidden = {};
};

// One operation, during which the element's k-th function comes back; -> how many functions ran.
template <class Type>
long run_once(const reentrance<Type>& row, const step<Type>& operation, const step<Type>& action,
              long k) {
  events::until = 0;
  Type* first = row.make(1);
  Type* second = row.make(2);
  events::come_back = [&] { action.run(*first, *second); };
  events::until = k;
  operation.run(*first, *second);
  if (std::string_view(operation.name) == "destroy") {
    delete first;
    first = nullptr;
  }
  const long ran = k - events::until;
  events::until = 0;
  delete first;
  delete second;
  return ran;
}

template <class Type>
void check_row(const reentrance<Type>& row) {
  std::set<std::string> stopped;
  long places = 0;
  const long alive = events::alive;
  for (const auto& operation : row.operations) {
    const step<Type> nothing{"nothing", [](Type&, Type&) {}};
    const long count = run_once(row, operation, nothing, 1000);
    for (const auto& action : row.actions) {
      const std::string what = std::string(operation.name) + "/" + action.name;
      places += count;
      // Nothing leaked, nothing died twice.
      const auto whole_after = [&](long k) {
        run_once(row, operation, action, k);
        return events::alive == alive;
      };
      // All places in one process, which is what goes well; else each in its own.
      const ending all = ending_of([&] {
        bool whole = true;
        for (long k = 1; k <= count; ++k) whole = whole_after(k) && whole;
        return whole;
      });
      for (long k = 1; k <= count && all != ending::done; ++k) {
        const ending end = ending_of([&] { return whole_after(k); });
        INFO(name_of<Type>() << ": " << what << " at place " << k);
        CHECK(end != ending::broken);
        if (end == ending::sentence) stopped.insert(what);
      }
    }
  }
  INFO(name_of<Type>());
  CHECK(places > 0);
  CHECK(stopped == row.forbidden);
}

template <class Type>
void nothing(Type&, Type&) {}

}  // namespace snug_test
