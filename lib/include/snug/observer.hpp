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
//     // Observers that go along when the value is moved.
//     struct Row : snug::observable_value<Row> {
//       int number = 1;
//     };
//
//     int main() {
//       auto window = std::make_unique<Window>();
//       snug::observer<Window> seen = window.get();
//       assert(seen && seen->width == 80);
//       window.reset();
//       assert(!seen);  // it is gone, and the observer knows
//
//       Row row;
//       snug::observer<Row> watched = &row;
//       {
//         Row moved = std::move(row);
//         moved.number = 2;
//         assert(watched.get() == &moved && watched->number == 2);
//       }
//       assert(!watched);
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
// What a move does. The observers of an `observable` stay with the object, as copies and moves of
// its value do not touch who it is. Those of an `observable_value<T>` or an `observable_member<T>`
// go to where the T was moved. They are observers of a T (or of less) alone: were there one of a
// class derived from T, then `T part = std::move(derived)` would leave it pointing to a T, so that
// it does not compile. Observe the T, or derive from `observable`.
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
// No hash and no order: what an observer refers to changes when the value moves or the object dies.
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
class observable_value;
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
    if (--references == 0) destroy(this);
  }
  // Where inlined, g++ takes the next release for one of a link that is gone (-Wuse-after-free).
  SNUG_OUT_OF_LINE static void destroy(observed_link* link) noexcept { delete link; }
};

// The class as which an object goes on when it is moved; void if observers stay with the object.
void moves_as(const volatile observable*);
template <class T>
T moves_as(const volatile observable_value<T>*);

}  // namespace detail

// The base of what can be observed (public, not virtual). Adds one pointer.
//
// Observers stay with the object: a copy has none, a move takes none along, and what is assigned to
// keeps its own. So it is right for any class, also as the base of others that are observed.
// REQUIRES: used by the thread that observed it first.
class observable {
 public:
  constexpr observable() noexcept = default;
  constexpr observable(const observable&) noexcept {}
  observable& operator=(const observable&) noexcept { return *this; }

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
  template <class T>
  friend class observable_value;

  // The observers of `other`, and none of its own. REQUIRES: both are the base of a T that is
  // moved.
  void take_observers(observable& other) noexcept {
    if (this == std::addressof(other)) return;
    forget_observers();
    link_ = std::exchange(other.link_, nullptr);
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

// The base of a class T whose observers follow its value (class T : public observable_value<T>): a
// move gives them to the new object, a move assignment ends those of the object that is assigned
// to. A copy has none, and what is copied to keeps its own. Observers are those of T and of its
// bases; of a class derived from T they do not compile. REQUIRES: used by the thread that observed
// it first.
template <class T>
class observable_value : public observable {
 public:
  constexpr observable_value() noexcept = default;
  constexpr observable_value(const observable_value&) noexcept : observable() {}
  observable_value(observable_value&& other) noexcept : observable() { take_observers(other); }
  observable_value& operator=(const observable_value&) noexcept { return *this; }
  observable_value& operator=(observable_value&& other) noexcept {
    take_observers(other);
    return *this;
  }

 private:
  // Nobody but the T can have it as a base class: what is moved is a T.
  friend T;
  ~observable_value() = default;
};

// What makes a T observable without a base class: a member, `snug::observable_member<T>
// name{this}`. Two pointers. Observers follow the value as with observable_value: a copy has none
// of its own, a move takes them along; so the class needs no constructors for it. Destructors of
// members declared before it find no observers any more.
template <class T>
class observable_member {
 public:
  // REQUIRES: this is a member of the class T itself, and *owner is the object that it is in
  // (checked as far as addresses tell). As a member of a base class or of another member it would
  // take the observers of the T along when that part alone is moved.
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
  // Observes the object; null is allowed. May allocate, for the first observer of an object. Does
  // not compile for a class derived from an observable_value.
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
  // (but for an observable) moved.
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
    using moved = decltype(detail::moves_as(static_cast<T*>(nullptr)));
    static_assert(std::is_void_v<moved> || std::is_base_of_v<std::remove_const_t<T>, moved>,
                  "observer<T>: T derives from a class that is an observable_value, and a move of "
                  "that part alone would leave the observer with less than a T; observe that "
                  "class, or derive it from observable");
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
