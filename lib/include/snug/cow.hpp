// Copy on write: a value whose copies share memory until one of them is written to.
//
// For values that are expensive to copy, copied often and changed seldom (settings, documents,
// snapshots). Writing is always spelled out: write() is the only thing that detaches, no operator
// or iterator does it behind one's back.
//
// Example:
//
//     #include <snug/cow.hpp>
//
//     #include <cassert>
//     #include <string>
//     #include <vector>
//
//     int main() {
//       snug::cow<std::vector<std::string>> words{{"a", "b"}};
//       auto snapshot = words;  // one count more, no copy
//       assert(snapshot.same_object(words));
//
//       words.write().push_back("c");  // the copy is made here
//       assert(words->size() == 3 && snapshot->size() == 2);
//
//       words.write().push_back("d");  // nobody else has it: written in place
//       assert(words->size() == 4);
//
//       snug::cow<std::vector<std::string>> nothing;  // allocates nothing, counts nothing
//       assert(nothing->empty());
//     }
//
// cow<T> counts with atomic instructions, so that copies may live in different threads; cow<T,
// unsync> is for one thread. A default-constructed or moved-from cow owns nothing and reads as a
// default T.
//
// A cow that is put into its own value (`c.write().children.push_back(c)`) shares that value with
// itself and is never freed, as an rc in a cycle: take a copy of the value, `cow<T>(c.read())`.
//
// When not: small values (copying 64 bytes is cheaper than counting), values that most copies write
// to, and references kept over a write: a `const T&` from before write() is the old value, or gone.
// After stlab::copy_on_write and immer::box; unlike the former no default object is shared and
// counted.
//
// The T() that an empty cow reads as is made by the first such read of the program, and never
// destroyed: destructors of statics and of threads may still read it. T() must not read an empty
// cow<T> itself. A T without default constructor has no such value: its cow is never empty but when
// moved from, and reading it then ends the program.
//
// Coming back: T's constructors, destructor and the functions given to write may use all cows, also
// this one, while a copy is made: the value that is copied is held for so long, and what they put
// into this cow is replaced. A function that changes in place, and who writes through write(), must
// not replace or copy the cow meanwhile.
#pragma once

#include <compare>
#include <cstddef>
#include <exception>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <type_traits>
#include <utility>

#include <snug/detail/answers.hpp>
#include <snug/detail/config.hpp>
#include <snug/rc.hpp>

namespace snug {

// A T that is shared between copies until written. One pointer wide; 4 bytes of count before the T.
// Thread-safety (sync): different cow objects may be used by different threads even if they share;
// one cow object is as a plain variable.
template <class T, class Policy = sync>
class cow {
  static_assert(std::is_object_v<T> && !std::is_array_v<T> && !std::is_const_v<T> &&
                    !std::is_volatile_v<T>,
                "cow<T> holds a value: T must not be a reference, an array, const or volatile");
  using owner = rc<T, no_weak<Policy>>;
  // An enumerator, since it is worked out with the class, when T may not be complete yet.
  enum : bool { known = requires { sizeof(T); } };

 public:
  using element_type = T;

  // Owns nothing and reads as T(): no allocation, no counting.
  // Not defaulted, for the compiler would ask for T with the class, when T may not be able to say.
  constexpr cow() noexcept
    requires(!known || std::is_default_constructible_v<T>)
      : value_() {}
  // A value of its own. One allocation.
  template <class U = T>
    requires(!std::is_same_v<std::remove_cvref_t<U>, cow> &&
             !std::is_same_v<std::remove_cvref_t<U>, std::in_place_t> &&
             std::is_constructible_v<T, U>)
  explicit(!std::is_convertible_v<U, T>) cow(U&& value)
      : value_(make_rc<T, no_weak<Policy>>(std::forward<U>(value))) {}
  template <class... Args>
    requires std::is_constructible_v<T, Args...>
  explicit cow(std::in_place_t, Args&&... args)
      : value_(make_rc<T, no_weak<Policy>>(std::forward<Args>(args)...)) {}
  template <class I, class... Args>
    requires std::is_constructible_v<T, std::initializer_list<I>&, Args...>
  explicit cow(std::in_place_t, std::initializer_list<I> list, Args&&... args)
      : value_(make_rc<T, no_weak<Policy>>(list, std::forward<Args>(args)...)) {}

  // Shares: constant time, one count. Moving counts nothing; `other` owns nothing afterwards.
  cow(const cow& other) noexcept = default;
  cow(cow&& other) noexcept = default;
  cow& operator=(const cow& other) noexcept = default;
  cow& operator=(cow&& other) noexcept = default;
  ~cow() = default;

  // The value, to look at. Of a cow that owns nothing a T() that all threads may read and nobody
  // ever counts or writes.
  const T& read() const {
    if (value_) [[likely]]
      return *value_;
    return nothing();
  }
  const T& operator*() const { return read(); }
  const T* operator->() const { return std::addressof(read()); }

  // The value, to change. If it is shared, a copy is made first, which is this cow's alone; if
  // there is none, a T(). Strong guarantee. The reference holds until the cow is copied, assigned
  // or destroyed: who writes through it after a copy was taken writes into the copy, too.
  T& write()
    requires(!known || std::is_copy_constructible_v<T>)
  {
    if (!value_) {
      if constexpr (std::is_default_constructible_v<T>) {
        value_ = make_rc<T, no_weak<Policy>>();
      } else {
        nothing();
      }
    } else if (!value_.unique()) {
      const owner held = value_;
      value_ = make_rc<T, no_weak<Policy>>(std::as_const(*held));
    }
    return *value_;
  }
  // The value, to change, if no copy has to be made for it; else null.
  T* write_if_unique() noexcept { return value_.unique() ? value_.get() : nullptr; }
  // Replaces the value by change(const T&), or calls in_place(T&) where that needs no copy: for
  // changes that are cheaper while copying (leaving out an element). Strong guarantee as far as
  // in_place has it.
  template <class Change, class InPlace>
  void write(Change&& change, InPlace&& in_place) {
    if (T* const mine = write_if_unique()) {
      std::forward<InPlace>(in_place)(*mine);
    } else {
      const owner held = value_;
      const T& old = held ? *held : nothing();
      value_ = make_rc<T, no_weak<Policy>>(std::forward<Change>(change)(old));
    }
  }

  // The value, moved out if this was its only cow, else copied. Owns nothing afterwards, unless T's
  // move or copy threw, which leaves it what it has (strong guarantee as far as T's move has it).
  T take() &&
    requires(!known || std::is_copy_constructible_v<T>)
  {
    // Held here while T moves, so that nothing can be reached through this cow; given back if that
    // throws.
    struct held_value {
      owner value;
      owner& home;
      int exceptions = std::uncaught_exceptions();
      ~held_value() {
        if (std::uncaught_exceptions() != exceptions) home = std::move(value);
      }
    } held{std::move(value_), value_};
    if (!held.value) return empty_value();
    if (held.value.unique()) return std::move(*held.value);
    return std::as_const(*held.value);
  }

  // Owns nothing again.
  void reset() noexcept { value_.reset(); }
  // Whether this is the only cow with this value (so that write() copies nothing). False if it owns
  // nothing.
  bool unique() const noexcept { return value_.unique(); }
  // Whether both share one object, or both own nothing: equal without a look at the values.
  bool same_object(const cow& other) const noexcept { return value_ == other.value_; }
  std::size_t use_count() const noexcept { return value_.use_count(); }
  friend void swap(cow& a, cow& b) noexcept { swap(a.value_, b.value_); }

  // Prints the value.
  template <class Char, class Traits>
    requires detail::printable<T, Char, Traits>
  friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out,
                                                      const cow& c) {
    out << c.read();
    return out;
  }
  // How the fmt library prints it: as the value.
  friend const T& format_as(const cow& c) { return c.read(); }

 private:
  friend struct detail::answers;
  static const T& nothing() {
    if constexpr (std::is_default_constructible_v<T>) {
      // Not destroyed: whoever reads it last may be the destructor of another static.
      union kept {
        kept() : value() {}
        ~kept() {}
        const T value;
      };
      static const kept one;
      return one.value;
    } else {
      detail::fatal("cow: read after it was moved from, of a type without default value");
    }
  }
  static T empty_value() {
    if constexpr (std::is_default_constructible_v<T>) {
      return T();
    } else {
      detail::fatal("cow: taken after it was moved from, of a type without default value");
    }
  }

  owner value_;
};

template <class T>
cow(T) -> cow<T>;

// Compares the values; the same object is equal without a look (so T's == must be reflexive: no
// NaN). Also with what converts to a cow.
template <class T, class Policy>
  requires(!detail::answers::known<cow<T, Policy>> || detail::equal_to_itself<T>)
bool operator==(const cow<T, Policy>& a, const std::type_identity_t<cow<T, Policy>>& b) {
  return a.same_object(b) || a.read() == b.read();
}
template <class T, class Policy>
  requires detail::ordered<T>
auto operator<=>(const cow<T, Policy>& a, const std::type_identity_t<cow<T, Policy>>& b) {
  return detail::three_way(a.read(), b.read());
}

// A value of its own.
template <class T, class Policy = sync, class... Args>
cow<T, Policy> make_cow(Args&&... args) {
  return cow<T, Policy>(std::in_place, std::forward<Args>(args)...);
}

}  // namespace snug

// Hashes as the value.
template <class T, class Policy>
  requires snug::detail::hashable<T>
struct std::hash<snug::cow<T, Policy>> {
  std::size_t operator()(const snug::cow<T, Policy>& c) const { return std::hash<T>()(c.read()); }
};
