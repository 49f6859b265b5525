// References that know when what they refer to is gone, for objects of any owner.
//
// std::weak_ptr does this only for what a std::shared_ptr owns, which makes code share what it only
// wants to watch. An observer<T> watches an object wherever it lives (a member, a local variable, a
// unique_ptr, a box), does not keep it alive, is one pointer wide and null after the object's
// death.
//
// Example:
//
//     #include <snug/observer.hpp>
//
//     #include <cassert>
//     #include <memory>
//     #include <utility>
//
//     struct Window : snug::observable {
//       int width = 80;
//     };
//
//     int main() {
//       auto window = std::make_unique<Window>();
//       snug::observer<Window> seen = window.get();
//       assert(seen && seen->width == 80);
//
//       Window moved = std::move(*window);  // observers go with the value
//       moved.width = 100;
//       window.reset();
//       assert(seen.get() == &moved && seen->width == 100);
//
//       {
//         Window last = std::move(moved);
//       }
//       assert(!seen);  // it is gone, and the observer knows
//
//       // Without a base class: a member of a class that must stay as it is.
//       struct Tab {
//         int page = 1;
//         snug::observable_member<Tab> observers{this};
//       };
//       snug::observer<Tab> current;
//       {
//         Tab tab;
//         current = tab.observers.observe();
//         assert(current->page == 1);
//       }
//       assert(!current);
//     }
//
// For one thread: an object, its observers and their copies belong to the thread that observed it
// first. The checked mode (SNUG_CHECKED) ends the program when another thread touches them. Between
// threads use rc and weak_rc, which keep the object alive while it is looked at.
//
// Cost: get() is one load. An object that is never observed pays 8 bytes and a test in its
// destructor; the first observer of an object allocates 24 bytes, shared by all its observers and
// freed after the last of them. After Chromium's WeakPtr and Qt's QPointer.
//
// Coming back: nothing of the user's runs inside of an operation, so that observers may be made,
// copied and dropped in any constructor and destructor, also of a static or of a thread that ends.
// Observing an object in its own destructor after forget_observers() gives a new observer, which
// the base class or the member makes null at the very end.
//
// No hash and no order: what an observer refers to changes when the object moves or dies.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <type_traits>
#include <utility>

#include <snug/detail/config.hpp>

namespace snug {

class observable;
template <class T>
class observable_member;
template <class T>
class observer;

namespace detail {

// An address that no other living thread has: the thread's name.
inline const void* this_thread() noexcept {
  static thread_local constinit char name = 0;
  return &name;
}

// Between an object and its observers. Outlives the object while observers are left.
struct observed_link {
  // The observable that T derives from; of an observable_member<T> the T.
  const void* object;
  const void* thread;
  // Observers, and one for the object as long as it lives.
  std::uint32_t references;

  void check_thread() const noexcept {
#if SNUG_CHECKED
    if (thread != this_thread())
      fatal("observer: used by another thread than the one that observed the object first");
#endif
  }
  void add() noexcept {
    check_thread();
    if (++references == 0) fatal("observer: more than 4294967295 observers of one object");
  }
  void release() noexcept {
    check_thread();
    if (--references == 0) delete this;
  }
};

}  // namespace detail

// The base of what can be observed (public, not virtual). Adds one pointer.
//
// Copying an object copies its value: the copy has no observers, and the observers of what is
// assigned to stay with it. Moving moves identity: the observers follow to the new object, those of
// an object that is move-assigned to lose it. REQUIRES: used by the thread that observed it first.
class observable {
 public:
  constexpr observable() noexcept = default;
  constexpr observable(const observable&) noexcept {}
  observable(observable&& other) noexcept : link_(std::exchange(other.link_, nullptr)) {
    repoint();
  }
  observable& operator=(const observable&) noexcept { return *this; }
  observable& operator=(observable&& other) noexcept {
    if (this != std::addressof(other)) {
      forget_observers();
      link_ = std::exchange(other.link_, nullptr);
      repoint();
    }
    return *this;
  }

  // Makes all observers null. A derived class whose destructor runs code that may ask observers
  // calls it first there: the base class comes last, when the derived object is gone already.
  void forget_observers() noexcept {
    if (detail::observed_link* const link = std::exchange(link_, nullptr)) {
      link->check_thread();
      link->object = nullptr;
      link->release();
    }
  }

  // Whether an observer was ever made of it and not forgotten since.
  bool is_observed() const noexcept { return link_ != nullptr && link_->references > 1; }

 protected:
  ~observable() { forget_observers(); }

 private:
  template <class T>
  friend class observer;

  void repoint() const noexcept {
    if (link_ != nullptr) {
      link_->check_thread();
      link_->object = this;
    }
  }
  // The link, made for the first observer.
  detail::observed_link* link() const {
    if (link_ == nullptr) link_ = new detail::observed_link{this, detail::this_thread(), 1};
    return link_;
  }

  mutable detail::observed_link* link_ = nullptr;
};

// What makes a T observable without a base class: a member, `snug::observable_member<T> name{this}`
// (its own or of a part of the T). Two pointers. Copying and moving a T do with the observers what
// a base class observable does: a copy has none of its own, a move takes them along; so the class
// needs no constructors for it. Destructors of members declared before it find no observers any
// more.
template <class T>
class observable_member {
 public:
  // REQUIRES: this is a member of *owner, directly or of a part of it (checked).
  explicit constexpr observable_member(T* owner) noexcept : owner_(owner) {}
  observable_member(const observable_member& other) noexcept : owner_(owner_as_in(other)) {}
  observable_member(observable_member&& other) noexcept
      : owner_(owner_as_in(other)), link_(std::exchange(other.link_, nullptr)) {
    repoint();
  }
  observable_member& operator=(const observable_member&) noexcept { return *this; }
  observable_member& operator=(observable_member&& other) noexcept {
    if (this != std::addressof(other)) {
      forget_observers();
      link_ = std::exchange(other.link_, nullptr);
      repoint();
    }
    return *this;
  }
  ~observable_member() { forget_observers(); }

  // An observer of the T. May allocate, for the first one.
  observer<T> observe() { return observer<T>(link()); }
  observer<const T> observe() const { return observer<const T>(link()); }
  // As those of observable.
  void forget_observers() noexcept {
    if (detail::observed_link* const link = std::exchange(link_, nullptr)) {
      link->check_thread();
      link->object = nullptr;
      link->release();
    }
  }
  bool is_observed() const noexcept { return link_ != nullptr && link_->references > 1; }

 private:
  // The owner that has this member where the other's owner has the other.
  T* owner_as_in(const observable_member& other) noexcept {
    const std::ptrdiff_t distance =
        reinterpret_cast<const char*>(&other) - reinterpret_cast<const char*>(other.owner_);
    return reinterpret_cast<T*>(reinterpret_cast<char*>(this) - distance);
  }
  void repoint() const noexcept {
    if (link_ != nullptr) {
      link_->check_thread();
      link_->object = owner_;
    }
  }
  detail::observed_link* link() const {
    static_assert(!std::is_base_of_v<observable, T>,
                  "a T that derives from snug::observable needs no observable_member");
    SNUG_EXPECTS(
        !std::less<const void*>()(this, owner_) && std::less<const void*>()(this, owner_ + 1),
        "observable_member: it is not inside of the object that it was given");
    if (link_ == nullptr) link_ = new detail::observed_link{owner_, detail::this_thread(), 1};
    return link_;
  }

  T* owner_;
  mutable detail::observed_link* link_ = nullptr;
};

// Refers to a T without owning it; null after the T is gone. T derives from observable, or has an
// observable_member. One pointer
// wide, cheap to copy (no atomic instruction). `*o` and `o->` give T& also from a constant
// observer.
template <class T>
class observer {
  static_assert(!std::is_reference_v<T> && !std::is_volatile_v<T>,
                "observer<T>: T must not be a reference or volatile");

 public:
  using element_type = T;

  constexpr observer() noexcept = default;
  constexpr observer(std::nullptr_t) noexcept {}
  // Observes the object; null is allowed. May allocate, for the first observer of an object.
  observer(T* object) : link_(object == nullptr ? nullptr : link_of(object)) {
    if (link_ != nullptr) link_->add();
  }
  observer(const observer& other) noexcept : link_(other.link_) {
    if (link_ != nullptr) link_->add();
  }
  observer(observer&& other) noexcept : link_(std::exchange(other.link_, nullptr)) {}
  // To a base class, or to const. What is observed through a member has no base that could be.
  template <class U>
    requires(!std::is_same_v<U, T> && std::is_convertible_v<U*, T*> &&
             (std::is_same_v<const U, const T> || std::is_base_of_v<observable, T>))
  observer(const observer<U>& other) noexcept : link_(other.link_) {
    if (link_ != nullptr) link_->add();
  }
  ~observer() { release(link_); }
  observer& operator=(const observer& other) noexcept {
    if (other.link_ != nullptr) other.link_->add();
    release(std::exchange(link_, other.link_));
    return *this;
  }
  observer& operator=(observer&& other) noexcept {
    detail::observed_link* const taken = std::exchange(other.link_, nullptr);
    release(std::exchange(link_, taken));
    return *this;
  }

  // The object, or null if it is gone. One load. The pointer holds until the object is destroyed or
  // moved.
  T* get() const noexcept {
    if (link_ == nullptr) return nullptr;
    link_->check_thread();
    void* const object = const_cast<void*>(link_->object);
    if constexpr (std::is_base_of_v<observable, T>) {
      return static_cast<T*>(static_cast<observable*>(object));
    } else {
      return static_cast<T*>(object);
    }
  }
  // REQUIRES: the object is alive.
  T& operator*() const noexcept { return *checked(); }
  T* operator->() const noexcept { return checked(); }
  explicit operator bool() const noexcept { return get() != nullptr; }

  // Observes nothing.
  void reset() noexcept { release(std::exchange(link_, nullptr)); }
  void swap(observer& other) noexcept { std::swap(link_, other.link_); }
  friend void swap(observer& a, observer& b) noexcept { std::swap(a.link_, b.link_); }

  // Whether both refer to the same living object, or both to none.
  template <class U>
    requires requires(T* t, U* u) { t == u; }
  friend bool operator==(const observer& a, const observer<U>& b) noexcept {
    return a.get() == b.get();
  }
  friend bool operator==(const observer& a, std::nullptr_t) noexcept { return a.get() == nullptr; }

  // Prints the address, or null.
  template <class Char, class Traits>
  friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out,
                                                      const observer& o) {
    out << static_cast<const void*>(o.get());
    return out;
  }

 private:
  template <class>
  friend class observer;
  template <class>
  friend class observable_member;

  explicit observer(detail::observed_link* link) noexcept : link_(link) { link_->add(); }

  static detail::observed_link* link_of(const observable* object) {
    static_assert(std::is_base_of_v<observable, std::remove_const_t<T>>,
                  "observer<T> needs T to derive from snug::observable (publicly, not virtually); "
                  "with an observable_member call its observe()");
    return object->link();
  }
  static void release(detail::observed_link* link) noexcept {
    if (link != nullptr) link->release();
  }
  T* checked() const noexcept {
    T* const object = get();
    SNUG_EXPECTS(object != nullptr, "observer: the object is gone");
    return object;
  }

  detail::observed_link* link_ = nullptr;
};

template <class T>
observer(T*) -> observer<T>;

}  // namespace snug
