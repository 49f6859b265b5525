// The casts of rc: none of them gets past what the conversion asks.
#pragma once

#include <utility>

#include <snug/detail/config.hpp>
#include <snug/detail/rc_block.hpp>

namespace snug {

// A rc<To> that shares the object of `from`, which REALLY is a To. Counts as a copy; of an rvalue
// it takes the ownership over and counts nothing.
template <class To, class From, class Policy>
rc<To, Policy> static_pointer_cast(rc<From, Policy> from) noexcept {
  static_assert(
      detail::may_cast<From, To, Policy>(),
      "static_pointer_cast of a snug::rc needs a base class with a virtual destructor, at "
      "the beginning of the derived class and with its alignment, as the conversion does");
  return rc<To, Policy>::from_raw(static_cast<To*>(from.into_raw()));
}

// A rc<To> that shares the object of `from` without the const.
template <class To, class From, class Policy>
rc<To, Policy> const_pointer_cast(rc<From, Policy> from) noexcept {
  static_assert(detail::only_adds_const<From, To>,
                "const_pointer_cast of a snug::rc changes only whether the object is constant");
  return rc<To, Policy>::from_raw(const_cast<To*>(from.into_raw()));
}

#if defined(__cpp_rtti) || defined(_CPPRTTI)
// A rc<To> that shares the object of `from` if that is a To; else empty.
template <class To, class From, class Policy>
rc<To, Policy> dynamic_pointer_cast(const rc<From, Policy>& from) noexcept {
  static_assert(detail::may_cast<From, To, Policy>(),
                "dynamic_pointer_cast of a snug::rc needs a base class with a virtual destructor, "
                "at the beginning of the derived class and with its alignment; between two bases "
                "of one class there is no way");
  if (dynamic_cast<To*>(from.get()) == nullptr) return nullptr;
  return static_pointer_cast<To>(from);
}
// The same; `from` is empty afterwards if it succeeded.
template <class To, class From, class Policy>
rc<To, Policy> dynamic_pointer_cast(rc<From, Policy>&& from) noexcept {
  static_assert(detail::may_cast<From, To, Policy>(),
                "dynamic_pointer_cast of a snug::rc needs a base class with a virtual destructor, "
                "at the beginning of the derived class and with its alignment; between two bases "
                "of one class there is no way");
  if (dynamic_cast<To*>(from.get()) == nullptr) return nullptr;
  return static_pointer_cast<To>(std::move(from));
}
#endif

}  // namespace snug
