// A value that lives on the heap: one pointer wide, copied deeply, constant when the box is.
//
// Takes the place of the hand-written owner of a big or incomplete member (a copy constructor that
// calls new, a destructor that calls delete), and of the rare large alternative that makes a whole
// variant large.
//
// Example:
//
//     #include <snug/box.hpp>
//
//     #include <cassert>
//     #include <string>
//     #include <vector>
//
//     struct Tree {  // contains itself: a box works with a type that is not complete yet
//       std::string name;
//       std::vector<snug::box<Tree>> children;
//     };
//
//     int main() {
//       Tree tree{"root", {}};
//       tree.children.emplace_back(Tree{"leaf", {}});
//
//       Tree copy = tree;  // a deep copy: the leaf too
//       copy.children[0]->name = "other";
//       assert(tree.children[0]->name == "leaf");
//
//       const snug::box<int> constant(1);
//       static_assert(std::is_same_v<decltype(*constant), const int&>);
//       static_assert(sizeof(constant) == sizeof(void*));
//     }
//
// Against std::unique_ptr: copies, compares and hashes as the value does, and a constant box gives
// a constant value; there is no null to test for. A box that was moved from has no value
// (valueless_after_move); it may be assigned, swapped, copied and destroyed, anything else is an
// error that the checked mode (SNUG_CHECKED) stops. When not: small values (put them where the box
// would be), polymorphic ones (a box<Base> copies only a Base). After std::indirect (P3019).
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <memory>
#include <type_traits>
#include <utility>

#include <snug/detail/config.hpp>

namespace snug {

// Owns one T, made by Allocator. sizeof(box<T>) is that of a pointer if the allocator is empty. T
// may be incomplete where the box is declared; what uses the value needs it complete.
// Thread-safety: that of a plain member of type T.
template <class T, class Allocator = std::allocator<T>>
class box {
  static_assert(
      std::is_object_v<T> && !std::is_array_v<T> && !std::is_const_v<T> && !std::is_volatile_v<T>,
      "box<T> owns a value: T must not be a reference, an array, const or volatile (a constant "
      "box makes its value constant)");
  using traits = std::allocator_traits<Allocator>;
  static_assert(std::is_same_v<typename traits::value_type, T>,
                "the allocator of box<T> must allocate T");
  static_assert(std::is_same_v<typename traits::pointer, T*>,
                "box<T> is for allocators whose pointer is T*");

  template <class U>
  static constexpr bool is_value = !std::is_same_v<std::remove_cvref_t<U>, box> &&
                                   !std::is_same_v<std::remove_cvref_t<U>, std::in_place_t> &&
                                   !std::is_same_v<std::remove_cvref_t<U>, std::allocator_arg_t>;

 public:
  using value_type = T;
  using allocator_type = Allocator;

  // A box with T(). One allocation, as in every constructor but the move.
  constexpr box() : value_(make(allocator_)) {}
  // A box with a value.
  template <class U = T>
    requires is_value<U>
  constexpr explicit box(U&& value) : value_(make(allocator_, std::forward<U>(value))) {}
  // A box with T(args...).
  template <class... Args>
  constexpr explicit box(std::in_place_t, Args&&... args)
      : value_(make(allocator_, std::forward<Args>(args)...)) {}
  template <class I, class... Args>
  constexpr explicit box(std::in_place_t, std::initializer_list<I> list, Args&&... args)
      : value_(make(allocator_, list, std::forward<Args>(args)...)) {}
  // The same with an allocator of the caller's.
  template <class... Args>
  constexpr explicit box(std::allocator_arg_t, const Allocator& allocator, std::in_place_t,
                         Args&&... args)
      : allocator_(allocator), value_(make(allocator_, std::forward<Args>(args)...)) {}
  constexpr box(std::allocator_arg_t, const Allocator& allocator, const box& other)
      : allocator_(allocator), value_(other.value_ ? make(allocator_, *other.value_) : nullptr) {}

  // A copy of the value; of a valueless box a valueless one.
  constexpr box(const box& other)
      : allocator_(traits::select_on_container_copy_construction(other.allocator_)),
        value_(other.value_ ? make(allocator_, *other.value_) : nullptr) {}
  // Takes the value over: constant time, no allocation. `other` is valueless afterwards.
  constexpr box(box&& other) noexcept
      : allocator_(other.allocator_), value_(std::exchange(other.value_, nullptr)) {}
  constexpr ~box() { reset(); }

  // Assigns the value into the one that is there: no allocation if both boxes have one. The
  // guarantee is then that of T's assignment; where a new value is made, the box is unchanged if
  // that throws.
  constexpr box& operator=(const box& other) {
    if (this == &other) return *this;
    constexpr bool takes_allocator = traits::propagate_on_container_copy_assignment::value;
    bool same = true;
    if constexpr (takes_allocator && !traits::is_always_equal::value)
      same = allocator_ == other.allocator_;
    if (other.value_ == nullptr) {
      reset();
      if constexpr (takes_allocator) allocator_ = other.allocator_;
      return *this;
    }
    if constexpr (std::is_copy_assignable_v<T>) {
      if (value_ != nullptr && same) {
        *value_ = *other.value_;
        if constexpr (takes_allocator) allocator_ = other.allocator_;
        return *this;
      }
    }
    Allocator allocator = takes_allocator ? other.allocator_ : allocator_;
    T* const fresh = make(allocator, *other.value_);
    reset();
    if constexpr (takes_allocator) allocator_ = other.allocator_;
    value_ = fresh;
    return *this;
  }

  // Takes the value over: constant time. Only when the allocators differ and stay, the value itself
  // is moved.
  constexpr box& operator=(box&& other) noexcept(
      traits::propagate_on_container_move_assignment::value || traits::is_always_equal::value) {
    if (this == &other) return *this;
    if constexpr (traits::propagate_on_container_move_assignment::value) {
      reset();
      allocator_ = other.allocator_;
    } else if constexpr (!traits::is_always_equal::value) {
      if (allocator_ != other.allocator_) {
        T* const fresh = other.value_ ? make(allocator_, std::move(*other.value_)) : nullptr;
        reset();
        value_ = fresh;
        other.reset();
        return *this;
      }
      reset();
    } else {
      reset();
    }
    value_ = std::exchange(other.value_, nullptr);
    return *this;
  }

  // Assigns a value: into the one that is there, or a new one if there is none.
  template <class U = T>
    requires is_value<U>
  constexpr box& operator=(U&& value) {
    if (value_ != nullptr) {
      *value_ = std::forward<U>(value);
    } else {
      value_ = make(allocator_, std::forward<U>(value));
    }
    return *this;
  }

  // Puts T(args...) in the place of the value. Strong guarantee: the new value is made first, so
  // that the arguments may refer to the old one.
  template <class... Args>
  constexpr T& emplace(Args&&... args) {
    T* const fresh = make(allocator_, std::forward<Args>(args)...);
    reset();
    value_ = fresh;
    return *fresh;
  }

  // The value, constant if the box is. REQUIRES: !valueless_after_move().
  constexpr T& operator*() & noexcept { return *checked(); }
  constexpr const T& operator*() const& noexcept { return *checked(); }
  constexpr T&& operator*() && noexcept { return std::move(*checked()); }
  constexpr const T&& operator*() const&& noexcept { return std::move(*checked()); }
  constexpr T* operator->() noexcept { return checked(); }
  constexpr const T* operator->() const noexcept { return checked(); }

  // Whether the value was moved to another box.
  constexpr bool valueless_after_move() const noexcept { return value_ == nullptr; }
  constexpr Allocator get_allocator() const noexcept { return allocator_; }

  // Exchanges the values: constant time. REQUIRES: equal allocators, or ones that propagate on
  // swap.
  constexpr void swap(box& other) noexcept {
    if constexpr (traits::propagate_on_container_swap::value) {
      using std::swap;
      swap(allocator_, other.allocator_);
    } else if constexpr (!traits::is_always_equal::value) {
      SNUG_EXPECTS(allocator_ == other.allocator_, "box: swap of boxes with unequal allocators");
    }
    std::swap(value_, other.value_);
  }
  friend constexpr void swap(box& a, box& b) noexcept { a.swap(b); }

  // Compares the values; a valueless box is equal to a valueless one and less than any other.
  friend constexpr bool operator==(const box& a, const box& b) {
    if (a.value_ == nullptr || b.value_ == nullptr) return a.value_ == b.value_;
    return *a.value_ == *b.value_;
  }
  friend constexpr auto operator<=>(const box& a, const box& b)
    requires requires(const T& t) { t <=> t; }
  {
    using order = decltype(*a.value_ <=> *b.value_);
    if (a.value_ == nullptr || b.value_ == nullptr)
      return order((a.value_ != nullptr) <=> (b.value_ != nullptr));
    return *a.value_ <=> *b.value_;
  }
  template <class U>
    requires is_value<U>
  friend constexpr bool operator==(const box& a, const U& value) {
    return a.value_ != nullptr && *a.value_ == value;
  }

 private:
  template <class... Args>
  static constexpr T* make(Allocator& allocator, Args&&... args) {
    static_assert(sizeof(T) > 0, "box<T>: T must be complete where a value is made");
    // Gives the memory back when the constructor throws.
    struct memory {
      Allocator& allocator;
      T* at;
      constexpr ~memory() {
        if (at != nullptr) traits::deallocate(allocator, at, 1);
      }
    } raw{allocator, traits::allocate(allocator, 1)};
    traits::construct(allocator, raw.at, std::forward<Args>(args)...);
    return std::exchange(raw.at, nullptr);
  }

  // Destroys the value. Detached first, so that a destructor that comes back here finds nothing.
  constexpr void reset() noexcept {
    static_assert(sizeof(T) > 0, "box<T>: T must be complete where its box is destroyed");
    if (T* const old = std::exchange(value_, nullptr)) {
      traits::destroy(allocator_, old);
      traits::deallocate(allocator_, old, 1);
    }
  }

  constexpr T* checked() const noexcept {
    SNUG_EXPECTS(value_ != nullptr, "box: used after its value was moved to another box");
    return value_;
  }

  SNUG_NO_UNIQUE_ADDRESS Allocator allocator_{};
  T* value_;
};

template <class T>
box(T) -> box<T>;

// A box with T(args...).
template <class T, class... Args>
constexpr box<T> make_box(Args&&... args) {
  return box<T>(std::in_place, std::forward<Args>(args)...);
}

}  // namespace snug

// A box hashes as its value; a valueless one as 0.
template <class T, class Allocator>
  requires requires(const T& t) { std::hash<T>()(t); }
struct std::hash<snug::box<T, Allocator>> {
  constexpr std::size_t operator()(const snug::box<T, Allocator>& b) const {
    return b.valueless_after_move() ? 0 : std::hash<T>()(*b);
  }
};
