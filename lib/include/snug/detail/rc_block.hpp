// The policies of rc.hpp, and the memory in which counts and object stand together.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include <snug/detail/config.hpp>
#include <snug/detail/construct.hpp>
#include <snug/detail/counts.hpp>

namespace snug {

// Counts with atomic instructions: owners may live in any threads. The atomics can be replaced by a
// test.
template <class Atomics>
struct basic_sync {
  using counts = detail::shared_counts<Atomics>;
  using counts_without_weak = detail::shared_count<Atomics>;
};
using sync = basic_sync<detail::std_atomics>;

// Counts without atomic instructions: all owners of an object live in one thread.
struct unsync {
  using counts = detail::plain_counts;
  using counts_without_weak = detail::plain_count;
};

// Policy without weak references: half the header, one test less.
template <class Policy>
struct no_weak {
  using counts = typename Policy::counts_without_weak;
};

template <class T, class Policy>
class rc;
template <class T, class Policy>
class weak_rc;
template <class T, class Policy>
class borrow;
template <class T, class Policy>
class unique_ref;

namespace detail {

// Memory of a counted object: padding, counts, object, the counts directly before the object. So
// the counts are found from the address of the object alone.
template <class T, class Policy>
struct block {
  using counts = typename Policy::counts;

  static constexpr std::size_t align = alignof(T) > alignof(counts) ? alignof(T) : alignof(counts);
  // From the begin of the memory to the object.
  static constexpr std::size_t before = (sizeof(counts) + align - 1) / align * align;

  // Without std::launder, which would keep the compiler from folding the distance into the
  // instruction.
  static counts& counts_of(const T* object) noexcept {
    return *reinterpret_cast<counts*>(
        const_cast<std::byte*>(reinterpret_cast<const std::byte*>(object)) - sizeof(counts));
  }

  // An object with one owner. Strong guarantee.
  template <class... Args>
  static T* make(Args&&... args) {
    struct memory {
      void* at;
      ~memory() {
        if (at != nullptr) give(at);
      }
    } raw{take()};
    std::byte* const at = static_cast<std::byte*>(raw.at) + before;
    T* const object = construct<T>(static_cast<void*>(at), std::forward<Args>(args)...);
    ::new (static_cast<void*>(at - sizeof(counts))) counts();
    raw.at = nullptr;
    return object;
  }

  static void destroy_and_free(T* object) noexcept {
    void* const memory = memory_of(object);
    object->~T();
    give(memory);
  }
  // Destroys the object; the memory stays as long as weak references are left.
  SNUG_OUT_OF_LINE static void destroy(T* object) noexcept {
    // The counts are kept apart: the object is gone when they are used.
    counts& kept = counts_of(object);
    void* const memory = memory_of(object);
    object->~T();
    if constexpr (counts::has_weak) {
      if (kept.release_weak()) give(memory);
    }
  }
  static void free_memory(const T* object) noexcept { give(memory_of(object)); }

 private:
  static constexpr bool over_aligned = align > __STDCPP_DEFAULT_NEW_ALIGNMENT__;

  static void* memory_of(const T* object) noexcept {
    return const_cast<std::byte*>(reinterpret_cast<const std::byte*>(object)) - before;
  }
  static void* take() {
    if constexpr (over_aligned) {
      return ::operator new(before + sizeof(T), std::align_val_t(align));
    } else {
      return ::operator new(before + sizeof(T));
    }
  }
  // Without the size: a base class does not know that of the derived one.
  static void give(void* memory) noexcept {
    if constexpr (over_aligned) {
      ::operator delete(memory, std::align_val_t(align));
    } else {
      ::operator delete(memory);
    }
  }
};

// What makes a pointer to Derived one to Base under which the counts are found and the last owner
// destroys and frees the whole object. Asked by everything that makes one rc of another.
template <class From, class To>
inline constexpr bool only_adds_const =
    std::is_same_v<std::remove_cv_t<From>, std::remove_cv_t<To>>;

template <class Base>
concept has_virtual_destructor = std::has_virtual_destructor_v<Base>;

template <class Derived, class Base, class Policy>
concept has_same_alignment = block<Derived, Policy>::before == block<Base, Policy>::before &&
                             block<Derived, Policy>::align == block<Base, Policy>::align;

// No object is made: the compiler compares two addresses in memory that would hold one.
template <class Derived, class Base>
consteval bool is_at_the_beginning() {
  std::allocator<Derived> memory;
  Derived* const whole = memory.allocate(1);
  const bool same = static_cast<const volatile void*>(static_cast<const volatile Base*>(whole)) ==
                    static_cast<const volatile void*>(whole);
  memory.deallocate(whole, 1);
  return same;
}
template <class Derived, class Base>
concept begins_with = requires(std::remove_cv_t<Base>* base) {
  // Not of a virtual base, which a class derived further may move.
  static_cast<std::remove_cv_t<Derived>*>(base);
  requires std::bool_constant<
      is_at_the_beginning<std::remove_cv_t<Derived>, std::remove_cv_t<Base>>()>::value;
};

// Whether Derived may be counted as a Base.
template <class Derived, class Base, class Policy>
concept counted_as = has_virtual_destructor<Base> && has_same_alignment<Derived, Base, Policy> &&
                     begins_with<Derived, Base>;

// Whether an rc<From> is an rc<To>.
template <class From, class To, class Policy>
concept rc_convertible = std::is_convertible_v<From*, To*> &&
                         (only_adds_const<From, To> || counted_as<From, To, Policy>);
// Whether it only looks as if.
template <class From, class To, class Policy>
concept rc_refused = std::is_convertible_v<From*, To*> && !rc_convertible<From, To, Policy>;

// For casts: whether From* and To* may be made of each other, whichever is the base.
template <class From, class To, class Policy>
consteval bool may_cast() {
  if constexpr (only_adds_const<From, To>) {
    return true;
  } else if constexpr (std::is_base_of_v<From, To>) {
    return counted_as<To, From, Policy>;
  } else if constexpr (std::is_base_of_v<To, From>) {
    return counted_as<From, To, Policy>;
  } else {
    return false;
  }
}

}  // namespace detail

}  // namespace snug
