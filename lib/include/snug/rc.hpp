// Reference counting in one pointer: shared ownership, weak references, borrowing instead of
// copying.
//
// std::shared_ptr is two pointers wide, counts in a separate block of 16 bytes and more, and is
// copied where a reference would do. rc<T> is one pointer; its counts (8 bytes, or 4 without weak
// references) stand before the object; a function that only looks takes a borrow<T>, which counts
// nothing.
//
// Example:
//
//     #include <snug/rc.hpp>
//
//     #include <cassert>
//     #include <string>
//     #include <utility>
//
//     // Looks, and may keep: no count is touched unless it keeps.
//     snug::rc<std::string> longest(snug::borrow<std::string> a, snug::borrow<std::string> b) {
//       return a->size() < b->size() ? b.to_rc() : a.to_rc();
//     }
//
//     int main() {
//       snug::rc<std::string> a = snug::make_rc<std::string>("short");
//       snug::rc<std::string> b = snug::make_rc<std::string>("longer");
//       snug::rc<std::string> kept = longest(a, b);
//       assert(kept == b && kept.use_count() == 2);
//
//       snug::weak_rc<std::string> watch = a;
//       assert(watch.lock() == a);
//       a.reset();
//       assert(!watch.lock());
//
//       kept.reset();
//       auto text = snug::try_unwrap(std::move(b));  // the only owner may take the object out
//       assert(text && *text == "longer" && !b);
//
//       // Built alone, then shared: no count is touched, and nobody else can see it half built.
//       snug::unique_ref<std::string> draft = snug::make_unique_ref<std::string>("draft");
//       *draft += ", done";
//       snug::rc<std::string> shared = std::move(draft).share();
//       assert(*shared == "draft, done");
//     }
//
// Policies, the second template argument: `sync` (default, any threads) and `unsync` (one thread,
// no atomic instruction), each also as `no_weak<...>`: 4 bytes instead of 8 and no weak_rc.
//
// Thread-safety (sync): as std::shared_ptr. Different rc objects that own the same T may be used by
// different threads at once; one rc object, as any variable, only by one thread at a time unless
// all only read it.
//
// When not: one owner (box, std::unique_ptr); a cycle of owners is never freed; a long chain of
// owners is destroyed recursively. After Rust's Arc and triomphe (borrow, unique, try_unwrap),
// Chromium (start at one).
//
// Bases: an rc<Derived> is an rc<Base> if Base has a virtual destructor, stands at the beginning of
// Derived and has its alignment, since the counts are found from the address alone. All casts ask
// the same; what asks about the conversion gets a true answer.
//
// Coming back: the destructor of an object may use all owners but those of the object itself: its
// weak references give nothing, and a new owner made of it ends the program in the checked mode.
// Whatever lets go of an object has forgotten it before the destructor runs, so that the destructor
// may assign to the very rc that was reset. Nothing is locked while foreign code runs.
//
// What std::shared_ptr has and rc has not, and why: no arrays (their length would have to be kept;
// rc<std::vector<T>> or rc<std::array<T, N>>), no allocators and deleters (whoever frees knows the
// address of the object alone; each object would have to keep its allocator), no owner of a part of
// an object (the address finds the counts; keep the rc of the whole and a pointer), no adoption of
// a plain `new T` (the counts would have no place), no reinterpret_pointer_cast.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>

#if defined(__cpp_rtti) || defined(_CPPRTTI)
#include <typeinfo>
#endif

#include <snug/detail/config.hpp>
#include <snug/detail/fail.hpp>
#include <snug/detail/rc_block.hpp>
#include <snug/detail/rc_from_this.hpp>

namespace snug {

// An owner of a T, or of nothing. One pointer wide.
//
// Copying adds an owner (one atomic instruction with sync), moving does not; the last owner
// destroys the object. `*p` gives T& also from a constant rc, as std::shared_ptr does; rc<const T>
// shares without letting change. More than 2^31 - 1 owners end the program.
template <class T, class Policy = sync>
class rc {
  static_assert(std::is_object_v<T> && !std::is_array_v<T> && !std::is_volatile_v<T>,
                "rc<T> owns an object: T must not be a reference, an array or volatile");

 public:
  using element_type = T;
  using weak_type = weak_rc<T, Policy>;
  // Whether owners of one object may be used by different threads.
  static constexpr bool is_shared_by_threads = Policy::counts::for_threads;

  // Owns nothing.
  constexpr rc() noexcept = default;
  constexpr rc(std::nullptr_t) noexcept {}

  // One owner more.
  rc(const rc& other) noexcept : object_(other.object_) {
    if (object_ != nullptr) counts_of(object_).add();
  }
  rc(rc&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  // From an rc to a derived class, or without const.
  template <class U>
    requires(!std::is_same_v<U, T> && detail::rc_convertible<U, T, Policy>)
  rc(const rc<U, Policy>& other) noexcept : object_(other.object_) {
    if (object_ != nullptr) counts_of(object_).add();
  }
  template <class U>
    requires(!std::is_same_v<U, T> && detail::rc_convertible<U, T, Policy>)
  rc(rc<U, Policy>&& other) noexcept : object_(other.into_raw()) {}
  // Pointers would convert, owners do not. The compiler shows the line with the reason.
  // clang-format off
  template <class U>
    requires(detail::rc_refused<U, T, Policy> && !detail::has_virtual_destructor<T>)
  rc(const rc<U, Policy>&) = delete; // rc<Base> from rc<Derived> needs a virtual destructor in Base
  template <class U>
    requires(detail::rc_refused<U, T, Policy> && detail::has_virtual_destructor<T> &&
             !detail::has_same_alignment<U, T, Policy>)
  rc(const rc<U, Policy>&) = delete; // rc<Base> from rc<Derived> needs the same alignment of both
  template <class U>
    requires(detail::rc_refused<U, T, Policy> && detail::has_virtual_destructor<T> &&
             detail::has_same_alignment<U, T, Policy>)
  rc(const rc<U, Policy>&) = delete; // rc<Base> from rc<Derived> needs Base to be the first base
  // clang-format on
  ~rc() {
    T* const object = object_;
    if (object == nullptr) return;
    const detail::duty what = counts_of(object).release();
    if (what == detail::duty::none) return;
    // Empty while the object's destructor runs; what that puts in is let go, too.
    object_ = nullptr;
    finish(what, object);
    if constexpr (!std::is_trivially_destructible_v<T>) {
      while (object_ != nullptr) reset();
    }
  }

  rc& operator=(const rc& other) noexcept {
    // Added first, so that assigning from what this owns, or from itself, is no special case.
    if (other.object_ != nullptr) counts_of(other.object_).add();
    release(std::exchange(object_, other.object_));
    return *this;
  }
  rc& operator=(rc&& other) noexcept {
    T* const taken = std::exchange(other.object_, nullptr);
    release(std::exchange(object_, taken));
    return *this;
  }

  // Gives up the object; it is destroyed if this was its last owner.
  void reset() noexcept { release(std::exchange(object_, nullptr)); }
  void swap(rc& other) noexcept { std::swap(object_, other.object_); }
  friend void swap(rc& a, rc& b) noexcept { a.swap(b); }

  // REQUIRES for * and ->: owns an object.
  T& operator*() const noexcept {
    SNUG_EXPECTS(object_ != nullptr, "rc: the empty rc has no object");
    return *object_;
  }
  T* operator->() const noexcept {
    SNUG_EXPECTS(object_ != nullptr, "rc: the empty rc has no object");
    return object_;
  }
  T* get() const noexcept { return object_; }
  explicit operator bool() const noexcept { return object_ != nullptr; }

  // How many owners there are, 0 for an empty rc. With sync a snapshot: others may come and go.
  std::size_t use_count() const noexcept {
    return object_ == nullptr ? 0 : counts_of(object_).owners();
  }
  // How many weak references there are.
  std::size_t weak_count() const noexcept
    requires Policy::counts::has_weak
  {
    return object_ == nullptr ? 0 : counts_of(object_).weaks();
  }
  // Whether this is the only reference, strong or weak. If so it stays so, and the object may be
  // changed: what other owners wrote before they let go is visible.
  bool unique() const noexcept { return object_ != nullptr && counts_of(object_).unique(); }

  // The object as an exclusive reference if this is the only reference of any kind, else empty and
  // this unchanged.
  std::optional<unique_ref<T, Policy>> try_unique() && noexcept;

  // Gives the ownership to the caller as a plain pointer; only from_raw ends it properly.
  T* into_raw() noexcept { return std::exchange(object_, nullptr); }
  // Takes back what into_raw gave, once for each. REQUIRES: the pointer of into_raw of the same T
  // and Policy; a pointer to another class, which may be elsewhere, is not taken.
  template <class U>
    requires(std::is_convertible_v<U*, T*> && detail::only_adds_const<U, T>)
  static rc from_raw(U* object) noexcept {
    return rc(object);
  }

  // Order by object, also of those that are gone, and across classes: for maps and sets.
  template <class Other>
  bool owner_before(const Other& other) const noexcept {
    return detail::owner_precedes(*this, other);
  }
  template <class Other>
  bool owner_equal(const Other& other) const noexcept {
    return detail::owner_address(*this) == detail::owner_address(other);
  }
  std::size_t owner_hash() const noexcept {
    return std::hash<const volatile void*>()(detail::owner_address(*this));
  }

  // Identity: whether both own the same object. Order is that of the addresses.
  template <class U>
    requires requires(T* t, U* u) { t == u; }
  friend bool operator==(const rc& a, const rc<U, Policy>& b) noexcept {
    return a.get() == b.get();
  }
  friend std::strong_ordering operator<=>(const rc& a, const rc& b) noexcept {
    return std::compare_three_way()(a.object_, b.object_);
  }
  friend bool operator==(const rc& a, std::nullptr_t) noexcept { return a.object_ == nullptr; }

  // Prints the address, as std::shared_ptr does.
  template <class Char, class Traits>
  friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out,
                                                      const rc& owner) {
    out << static_cast<const void*>(owner.object_);
    return out;
  }

 private:
  template <class, class>
  friend class rc;
  template <class, class>
  friend class weak_rc;
  template <class, class>
  friend class borrow;
  template <class, class>
  friend class unique_ref;
  template <class U, class P, class... Args>
  friend rc<U, P> make_rc(Args&&... args);
  template <class U, class P>
  friend std::optional<std::remove_const_t<U>> try_unwrap(rc<U, P>&& owner);
  template <class, class>
  friend class enable_rc_from_this;
  template <class>
  friend class detail::atomic_counted;
  friend struct detail::rc_access;

  using block = detail::block<T, Policy>;

  // What atomic_rc keeps in a word.
  void retain() const noexcept { counts_of(object_).add(); }

  explicit rc(T* object) noexcept : object_(object) {}
  static auto& counts_of(const T* object) noexcept { return block::counts_of(object); }
  static void release(T* object) noexcept {
    if (object == nullptr) return;
    const detail::duty what = counts_of(object).release();
    if (what != detail::duty::none) finish(what, object);
  }
  static void finish(detail::duty what, T* object) noexcept {
    if (what == detail::duty::destroy_and_free) {
      block::destroy_and_free(object);
    } else {
      block::destroy(object);
    }
  }

  T* object_ = nullptr;
};

// A T(args...) with one owner: one allocation for counts and object. Strong guarantee. The policy
// is the second template argument: make_rc<T, unsync>(...).
template <class T, class Policy = sync, class... Args>
rc<T, Policy> make_rc(Args&&... args) {
  T* const object = detail::block<T, Policy>::make(std::forward<Args>(args)...);
  detail::tell_whether_owned<Policy>(object, true);
  return rc<T, Policy>(object);
}

// The object itself, moved out, if `owner` is its only owner; `owner` is empty then, and weak
// references find nothing, also those that race with this call. Otherwise (also if T's move throws)
// nothing changes. REQUIRES: the object is a T, not of a class derived from T, of which only a part
// would be moved out (checked).
template <class T, class Policy>
std::optional<std::remove_const_t<T>> try_unwrap(rc<T, Policy>&& owner) {
  using block = detail::block<T, Policy>;
#if defined(__cpp_rtti) || defined(_CPPRTTI)
  if constexpr (std::is_polymorphic_v<T>) {
    SNUG_EXPECTS(owner.object_ == nullptr || typeid(*owner.object_) == typeid(T),
                 "try_unwrap: the object is of a derived class");
  }
#endif
  // Returned under this name on every path, so that it is never moved again.
  std::optional<std::remove_const_t<T>> value;
  T* const object = owner.object_;
  if (object == nullptr || !block::counts_of(object).take_last()) return value;
  // While T moves, `owner` is empty: nothing can be reached through it.
  owner.object_ = nullptr;
  struct undo {
    rc<T, Policy>* owner;
    T* object;
    ~undo() {
      if (owner == nullptr) return;
      block::counts_of(object).give_back();
      *owner = rc<T, Policy>(object);
    }
  } rollback{&owner, object};
  value.emplace(std::move(*object));
  rollback.owner = nullptr;
  detail::tell_whether_owned<Policy>(object, false);
  if constexpr (Policy::counts::has_weak) {
    block::destroy(object);
  } else {
    block::destroy_and_free(object);
  }
  return value;
}

// Knows an object without owning it. One pointer wide. The memory (not the object) stays as long as
// a weak_rc is left. Thread-safety as rc.
template <class T, class Policy = sync>
class weak_rc {
  static_assert(Policy::counts::has_weak,
                "weak_rc needs a policy with weak references, not no_weak<...>");

 public:
  using element_type = T;
  static constexpr bool is_shared_by_threads = Policy::counts::for_threads;

  constexpr weak_rc() noexcept = default;
  weak_rc(const weak_rc& other) noexcept : object_(other.object_) { add(); }
  weak_rc(weak_rc&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  // Of an owner, and of what knows a derived class or the object without const: as rc converts.
  template <class U>
    requires detail::rc_convertible<U, T, Policy>
  weak_rc(const rc<U, Policy>& owner) noexcept : object_(owner.object_) {
    add();
  }
  template <class U>
    requires(!std::is_same_v<U, T> && detail::rc_convertible<U, T, Policy>)
  weak_rc(const weak_rc<U, Policy>& other) noexcept : object_(other.object_) {
    add();
  }
  template <class U>
    requires(!std::is_same_v<U, T> && detail::rc_convertible<U, T, Policy>)
  weak_rc(weak_rc<U, Policy>&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  ~weak_rc() { release(object_); }
  weak_rc& operator=(weak_rc other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }

  // An owner, or an empty rc if the last owner is gone. Lock-free.
  rc<T, Policy> lock() const noexcept {
    if (object_ == nullptr || !counts().upgrade()) return nullptr;
    return rc<T, Policy>(object_);
  }
  // Whether the object is gone, or there never was one. A later lock() gives nothing if this was
  // true.
  bool expired() const noexcept { return object_ == nullptr || counts().owners() == 0; }
  // How many owners are left.
  std::size_t use_count() const noexcept { return object_ == nullptr ? 0 : counts().owners(); }
  void reset() noexcept { release(std::exchange(object_, nullptr)); }
  void swap(weak_rc& other) noexcept { std::swap(object_, other.object_); }
  friend void swap(weak_rc& a, weak_rc& b) noexcept { a.swap(b); }

  // As those of rc.
  template <class Other>
  bool owner_before(const Other& other) const noexcept {
    return detail::owner_precedes(*this, other);
  }
  template <class Other>
  bool owner_equal(const Other& other) const noexcept {
    return detail::owner_address(*this) == detail::owner_address(other);
  }
  std::size_t owner_hash() const noexcept {
    return std::hash<const volatile void*>()(detail::owner_address(*this));
  }
  // Whether both know the same object; it need not be alive.
  friend bool operator==(const weak_rc& a, const weak_rc& b) noexcept {
    return a.object_ == b.object_;
  }

 private:
  template <class, class>
  friend class weak_rc;
  template <class, class>
  friend class enable_rc_from_this;
  template <class>
  friend class detail::atomic_counted;
  friend struct detail::rc_access;
  using block = detail::block<T, Policy>;

  // Takes over a weak reference that is counted already.
  explicit weak_rc(T* object) noexcept : object_(object) {}
  void retain() const noexcept { counts().add_weak(); }

  auto& counts() const noexcept { return block::counts_of(object_); }
  void add() const noexcept {
    if (object_ != nullptr) counts().add_weak();
  }
  static void release(T* object) noexcept {
    if (object != nullptr && block::counts_of(object).release_weak()) block::free_memory(object);
  }

  T* object_ = nullptr;
};

template <class T, class Policy>
weak_rc(const rc<T, Policy>&) -> weak_rc<T, Policy>;

// Order, equality and hash by owner, for containers with keys of rc and weak_rc.
struct owner_less {
  using is_transparent = void;
  template <class A, class B>
  bool operator()(const A& a, const B& b) const noexcept {
    return a.owner_before(b);
  }
};
struct owner_equal {
  using is_transparent = void;
  template <class A, class B>
  bool operator()(const A& a, const B& b) const noexcept {
    return a.owner_equal(b);
  }
};
struct owner_hash {
  using is_transparent = void;
  template <class A>
  std::size_t operator()(const A& a) const noexcept {
    return a.owner_hash();
  }
};

}  // namespace snug

#include <snug/detail/atomic_rc.hpp>
#include <snug/detail/rc_casts.hpp>
#include <snug/detail/rc_unique.hpp>

// Hashes as the pointer.
template <class T, class Policy>
struct std::hash<snug::rc<T, Policy>> {
  std::size_t operator()(const snug::rc<T, Policy>& owner) const noexcept {
    return std::hash<T*>()(owner.get());
  }
};
