// Owners of an object made by the object itself, and the owner order of rc.hpp.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>

#include <snug/detail/fail.hpp>
#include <snug/detail/rc_block.hpp>

namespace snug {

template <class T, class Policy = sync>
class enable_rc_from_this;

namespace detail {

template <class Owner>
class atomic_counted;

// Whether rc owners may be made of the object: not while it is built, nor while a unique_ref has
// it.
struct rc_from_this_flag {
  mutable bool owned = false;
};

template <class T, class Policy>
std::type_identity<enable_rc_from_this<T, Policy>> from_this_base(
    const enable_rc_from_this<T, Policy>*);

template <class From>
struct from_this_of;
template <class T, class P>
struct from_this_of<std::type_identity<enable_rc_from_this<T, P>>> {
  using type = T;
  using policy = P;
};

// Tells an object that derives from enable_rc_from_this whether it has owners; others nothing.
template <class Policy, class T>
void tell_whether_owned(const T* object, bool owned) noexcept {
  if constexpr (requires { from_this_base(object); }) {
    using base = from_this_of<decltype(from_this_base(object))>;
    static_assert(std::is_same_v<typename base::policy, Policy>,
                  "enable_rc_from_this<T, Policy> must name the policy of its owners");
    static_assert(
        rc_convertible<T, const typename base::type, Policy>,
        "enable_rc_from_this<T> in a class derived from T needs what the conversion of rc "
        "needs: a virtual destructor of T, T first and of the same alignment");
    static_cast<const rc_from_this_flag*>(object)->owned = owned;
  }
}

// Reads the address that an rc or a weak_rc counts for.
struct rc_access {
  template <class Owner>
  static const volatile void* address(const Owner& owner) noexcept {
    return owner.object_;
  }
};
template <class Owner>
const volatile void* owner_address(const Owner& owner) noexcept {
  return rc_access::address(owner);
}
template <class A, class B>
bool owner_precedes(const A& a, const B& b) noexcept {
  return std::less<const volatile void*>()(owner_address(a), owner_address(b));
}

}  // namespace detail

// The base of a class that makes owners of `this`: class T : public enable_rc_from_this<T>. One
// byte (and its padding). As std::enable_shared_from_this: an object that no rc owns (a local
// variable, one under construction or destruction, one of a unique_ref) gives std::bad_weak_ptr, or
// an empty weak_rc.
template <class T, class Policy>
class enable_rc_from_this : public detail::rc_from_this_flag {
 public:
  // One owner more of this object. Throws std::bad_weak_ptr if it has none.
  rc<T, Policy> rc_from_this() { return owner_of(static_cast<T*>(this)); }
  rc<const T, Policy> rc_from_this() const { return owner_of(static_cast<const T*>(this)); }
  // A weak reference to this object; empty if no rc owns it.
  weak_rc<T, Policy> weak_from_this() noexcept
    requires Policy::counts::has_weak
  {
    return weak_of(static_cast<T*>(this));
  }
  weak_rc<const T, Policy> weak_from_this() const noexcept
    requires Policy::counts::has_weak
  {
    return weak_of(static_cast<const T*>(this));
  }

 protected:
  constexpr enable_rc_from_this() noexcept = default;
  // Owners belong to the object, not to its value.
  constexpr enable_rc_from_this(const enable_rc_from_this&) noexcept {}
  constexpr enable_rc_from_this& operator=(const enable_rc_from_this&) noexcept { return *this; }
  ~enable_rc_from_this() = default;

 private:
  template <class U>
  rc<U, Policy> owner_of(U* object) const {
    if (!owned || !detail::block<U, Policy>::counts_of(object).upgrade())
      detail::raise<std::bad_weak_ptr>("rc_from_this: no rc owns the object");
    return rc<U, Policy>(object);
  }
  template <class U>
  weak_rc<U, Policy> weak_of(U* object) const noexcept {
    auto& counts = detail::block<U, Policy>::counts_of(object);
    // Without owners the object is being destroyed, and its memory goes, whoever has a weak
    // reference.
    if (!owned || counts.owners() == 0) return {};
    counts.add_weak();
    return weak_rc<U, Policy>(object);
  }
};

}  // namespace snug
