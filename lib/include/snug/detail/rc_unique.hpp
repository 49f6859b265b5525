// borrow, which looks at the object of an rc, and unique_ref, its only owner.
#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include <snug/detail/fail.hpp>
#include <snug/detail/rc_block.hpp>
#include <snug/detail/rc_from_this.hpp>

namespace snug {

#if defined(__clang__)
#define SNUG_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define SNUG_LIFETIMEBOUND
#endif

// Looks at an object that somebody else keeps alive: the parameter type in place of `const rc<T>&`
// and of copies. It is a pointer (trivially copyable, passed in a register), and can become an
// owner. REQUIRES: an owner outlives it; clang warns where it can see that none does.
template <class T, class Policy = sync>
class borrow {
 public:
  using element_type = T;

  // From an owner that is not empty.
  template <class U>
    requires detail::rc_convertible<U, T, Policy>
  borrow(const rc<U, Policy>& owner SNUG_LIFETIMEBOUND) noexcept : object_(owner.get()) {
    SNUG_EXPECTS(object_ != nullptr, "borrow: of an empty rc");
  }
  template <class U>
    requires(!std::is_same_v<U, T> && detail::rc_convertible<U, T, Policy>)
  borrow(borrow<U, Policy> other) noexcept : object_(other.get()) {}

  T& operator*() const noexcept { return *object_; }
  T* operator->() const noexcept { return object_; }
  T* get() const noexcept { return object_; }

  // An owner: for a function that keeps what it looked at.
  rc<T, Policy> to_rc() const noexcept {
    detail::block<T, Policy>::counts_of(object_).add();
    return rc<T, Policy>(object_);
  }
  friend bool operator==(borrow, borrow) noexcept = default;

 private:
  T* object_;
};

template <class T, class Policy>
borrow(const rc<T, Policy>&) -> borrow<T, Policy>;

// The only reference to a counted object: it may be changed, and becomes a rc without any counting.
// Never empty, except after being moved from.
template <class T, class Policy = sync>
class unique_ref {
 public:
  using element_type = T;

  unique_ref(unique_ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  unique_ref& operator=(unique_ref&& other) noexcept {
    unique_ref taken(std::move(other));
    std::swap(object_, taken.object_);
    return *this;
  }
  ~unique_ref() {
    if (T* const object = std::exchange(object_, nullptr))
      detail::block<T, Policy>::destroy_and_free(object);
  }

  // Constant if the reference is. REQUIRES: not moved from.
  T& operator*() noexcept { return *checked(); }
  const T& operator*() const noexcept { return *checked(); }
  T* operator->() noexcept { return checked(); }
  const T* operator->() const noexcept { return checked(); }

  // The first owner. Constant time, touches no count.
  rc<T, Policy> share() && noexcept {
    T* const object = std::exchange(object_, nullptr);
    if (object != nullptr) detail::tell_whether_owned<Policy>(object, true);
    return rc<T, Policy>(object);
  }

 private:
  template <class, class>
  friend class rc;
  template <class U, class P, class... Args>
  friend unique_ref<U, P> make_unique_ref(Args&&... args);

  explicit unique_ref(T* object) noexcept : object_(object) {}
  T* checked() const noexcept {
    SNUG_EXPECTS(object_ != nullptr, "unique_ref: used after it was moved from");
    return object_;
  }

  T* object_;
};

// A T(args...) that nobody else can see yet. Strong guarantee.
template <class T, class Policy = sync, class... Args>
unique_ref<T, Policy> make_unique_ref(Args&&... args) {
  return unique_ref<T, Policy>(detail::block<T, Policy>::make(std::forward<Args>(args)...));
}

template <class T, class Policy>
std::optional<unique_ref<T, Policy>> rc<T, Policy>::try_unique() && noexcept {
  if (!unique()) return std::nullopt;
  detail::tell_whether_owned<Policy>(object_, false);
  return unique_ref<T, Policy>(std::exchange(object_, nullptr));
}

}  // namespace snug
