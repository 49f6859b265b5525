// Misuse of each type ends the program with a sentence in builds with SNUG_CHECKED, and not by a
// crash later.
#include <catch2/catch.hpp>

#include <snug/arena.hpp>
#include <snug/box.hpp>
#include <snug/intrusive_list.hpp>
#include <snug/observer.hpp>
#include <snug/padded.hpp>
#include <snug/rc.hpp>
#include <snug/slot_map.hpp>
#include <snug/soa_vector.hpp>

#include <string>
#include <utility>

#include "lib/table.hpp"

namespace {

struct linked : snug::list_hook<>, snug::slist_hook<> {};
struct row {
  int a;
  std::string b;
};
struct watched : snug::observable {};

// Whether each of them ends with a sentence of the library's.
template <class... F>
void check(F... misuses) {
  int number = 0;
  const auto one = [&](auto misuse) {
    INFO("misuse " << ++number);
    CHECK(snug_test::ending_of([&] {
            misuse();
            return true;
          }) == snug_test::ending::sentence);
  };
  (one(misuses), ...);
}

}  // namespace

TEST_CASE("misuse: what is empty is looked at") {
  check(
      [] {
        snug::box<int> b(1);
        const snug::box<int> taken = std::move(b);
        (void)*b;
      },
      [] { (void)*snug::rc<int>(); },
      [] {
        const snug::rc<int> empty;
        const snug::borrow<int> b = empty;
        (void)b;
      },
      [] { (void)*snug::observer<watched>(); },
      [] { (void)snug::intrusive_list<linked>().front().snug::list_hook<>::is_linked(); },
      [] { (void)snug::intrusive_list<linked>().back().snug::list_hook<>::is_linked(); },
      [] { snug::intrusive_list<linked>().pop_back(); },
      [] { (void)snug::intrusive_slist<linked>().front().snug::list_hook<>::is_linked(); },
      [] { (void)snug::intrusive_slist<linked>().back().snug::list_hook<>::is_linked(); },
      [] { snug::intrusive_slist<linked>().pop_front(); },
      [] { (void)snug::soa_vector<row>().front(); }, [] { (void)snug::soa_vector<row>().back(); },
      [] { snug::soa_vector<row>().pop_back(); });
}

TEST_CASE("misuse: positions past the end") {
  check(
      [] {
        snug::slot_map<int> m;
        m.insert(1);
        m.erase(m.end());
      },
      [] { (void)snug::slot_map<int>().handle_at(0); },
      [] {
        snug::gen_arena<int> a;
        a.insert(1);
        a.erase(a.end());
      },
      [] {
        snug::secondary_map<snug::slot_handle<int>, int> m;
        m.erase(m.end());
      },
      [] {
        snug::soa_vector<row> v(1);
        v.erase(v.end());
      },
      [] {
        snug::soa_vector<row> v(1);
        v.insert(v.begin() + 2, row{1, "b"});
      },
      [] {
        snug::aosoa_vector<row, 4> v(1);
        (void)v.block<&row::a>(1);
      },
      [] {
        snug::soa_vector<row> v(3);
        v.swap_erase(3);
      },
      [] {
        snug::padded_array<int, 2> a;
        std::size_t two = 2;
        a[two] = 1;
      });
}

TEST_CASE("misuse: handles, elements and scopes in the wrong place") {
  check(
      [] {
        snug::slot_map<int> m;
        const auto h = m.insert(1);
        m.erase(h);
        m[h] = 2;
      },
      [] {
        snug::gen_arena<int> m;
        const auto h = m.insert(1);
        m.erase(h);
        m[h] = 2;
      },
      [] {
        linked e;
        snug::intrusive_list<linked> a, b;
        a.push_back(e);
        b.push_back(e);
      },
      [] {
        linked e;
        snug::intrusive_list<linked>().erase(e);
      },
      [] {
        snug::arena a;
        const snug::arena::scope scope(a);
        a.reset();
      },
      [] {
        snug::arena a;
        const snug::arena::scope scope(a);
        const snug::arena b = std::move(a);
      });
}
