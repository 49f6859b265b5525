// What `it->` gives where an iterator makes its reference anew: the reference, kept for so long.
#pragma once

#include <memory>

namespace snug::detail {

template <class Reference>
struct arrow {
  Reference made;
  constexpr Reference* operator->() noexcept { return std::addressof(made); }
};

}  // namespace snug::detail
