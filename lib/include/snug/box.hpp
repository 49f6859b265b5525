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
//
// Arguments inside of the box: what is assigned or emplaced may be the box, its value or a part of
// it, however deep (`root = std::move(root->children[0])`): it is taken before the old value goes.
// Only swap is for boxes of which neither is inside of the other.
//
// Coming back: T's constructors and destructor may use the box whose value they belong to. While a
// new value is made, the box still has the old one; while the old one is destroyed, the box already
// has the new one (in the destructor of the box none; what is put in then is destroyed, too). T's
// assignment must not replace the value that it assigns to (checked); comparisons, hashes and
// copies must not change the boxes they read.
//
// Concepts are answered for T: box<T> is copyable, comparable, hashable, constructible from what T
// is. Of a T that is not complete where the box is first needed, T's copies and comparisons are
// believed, and asked for where they are used.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <type_traits>
#include <utility>

#include <snug/detail/answers.hpp>
#include <snug/detail/config.hpp>
#include <snug/detail/construct.hpp>

namespace snug {

template <class T, class Allocator>
class box;

namespace detail {

template <class T, class Allocator>
void takes_box(const volatile box<T, Allocator>*);

// What a box compares itself with as with its value: nothing that is a box, or derived from one.
template <class U>
concept no_box = !requires(std::remove_reference_t<U>* u) { detail::takes_box(u); };

}  // namespace detail

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

  // An enumerator, since it is worked out with the class, when T may not be complete yet: what T
  // answers then would be wrong or would ask the box again.
  enum : bool { known = requires { sizeof(T); } };

  template <class U>
  static constexpr bool is_value = !std::is_same_v<std::remove_cvref_t<U>, box> &&
                                   !std::is_same_v<std::remove_cvref_t<U>, std::in_place_t> &&
                                   !std::is_same_v<std::remove_cvref_t<U>, std::allocator_arg_t>;

 public:
  using value_type = T;
  using allocator_type = Allocator;

  // A box with T(). One allocation, as in every constructor but the move.
  constexpr box()
    requires(!known || std::is_default_constructible_v<T>)
      : value_(make(allocator_)) {}
  // A box with a value.
  template <class U = T>
    requires(is_value<U> && std::is_constructible_v<T, U>)
  constexpr explicit box(U&& value) : value_(make(allocator_, std::forward<U>(value))) {}
  // A box with T(args...).
  template <class... Args>
    requires std::is_constructible_v<T, Args...>
  constexpr explicit box(std::in_place_t, Args&&... args)
      : value_(make(allocator_, std::forward<Args>(args)...)) {}
  template <class I, class... Args>
    requires std::is_constructible_v<T, std::initializer_list<I>&, Args...>
  constexpr explicit box(std::in_place_t, std::initializer_list<I> list, Args&&... args)
      : value_(make(allocator_, list, std::forward<Args>(args)...)) {}
  // The same with an allocator of the caller's.
  constexpr explicit box(std::allocator_arg_t, const Allocator& allocator)
    requires(!known || std::is_default_constructible_v<T>)
      : allocator_(allocator), value_(make(allocator_)) {}
  template <class U = T>
    requires(is_value<U> && std::is_constructible_v<T, U>)
  constexpr explicit box(std::allocator_arg_t, const Allocator& allocator, U&& value)
      : allocator_(allocator), value_(make(allocator_, std::forward<U>(value))) {}
  template <class... Args>
    requires std::is_constructible_v<T, Args...>
  constexpr explicit box(std::allocator_arg_t, const Allocator& allocator, std::in_place_t,
                         Args&&... args)
      : allocator_(allocator), value_(make(allocator_, std::forward<Args>(args)...)) {}
  constexpr box(std::allocator_arg_t, const Allocator& allocator, const box& other)
    requires(!known || std::is_copy_constructible_v<T>)
      : allocator_(allocator), value_(other.value_ ? make(allocator_, *other.value_) : nullptr) {}
  // Takes the value over if the allocators are equal, else moves it.
  constexpr box(std::allocator_arg_t, const Allocator& allocator, box&& other)
      : allocator_(allocator), value_(nullptr) {
    value_ = taken_from(other, allocator_);
  }

  // A copy of the value; of a valueless box a valueless one.
  constexpr box(const box& other)
    requires(!known || std::is_copy_constructible_v<T>)
      : allocator_(traits::select_on_container_copy_construction(other.allocator_)),
        value_(other.value_ ? make(allocator_, *other.value_) : nullptr) {}
  // Takes the value over: constant time, no allocation. `other` is valueless afterwards.
  constexpr box(box&& other) noexcept
      : allocator_(other.allocator_), value_(std::exchange(other.value_, nullptr)) {}
  constexpr ~box() {
    replace(nullptr);
    if constexpr (!std::is_trivially_destructible_v<T>) {
      while (value_ != nullptr) replace(nullptr);
    }
  }

  // Copies the value. Strong guarantee, unless T's move assignment throws. If both boxes have one,
  // the memory is kept (no allocation but what T's copy makes) for a T that can be copied bytewise,
  // or that moves without throwing and has at most 4096 bytes: its copy passes over the stack, so
  // that it is whole before the old value, of which it may be a part, changes.
  constexpr box& operator=(const box& other)
    requires(!known || std::is_copy_constructible_v<T>)
  {
    if (this == std::addressof(other)) return *this;
    constexpr bool takes_allocator = traits::propagate_on_container_copy_assignment::value;
    bool same = true;
    if constexpr (takes_allocator && !traits::is_always_equal::value)
      same = allocator_ == other.allocator_;
    if (other.value_ != nullptr && value_ != nullptr && same) {
      assign(std::as_const(*other.value_));
      return *this;
    }
    const auto copy = [&other](Allocator& allocator) -> T* {
      return other.value_ != nullptr ? make(allocator, std::as_const(*other.value_)) : nullptr;
    };
    if constexpr (takes_allocator) {
      Allocator allocator = other.allocator_;
      T* const fresh = copy(allocator);
      replace(fresh, allocator);
    } else {
      replace(copy(allocator_));
    }
    return *this;
  }

  // Takes the value over: constant time. Only when the allocators differ and stay, the value itself
  // is moved (strong guarantee for this box).
  constexpr box& operator=(box&& other) noexcept(
      traits::propagate_on_container_move_assignment::value || traits::is_always_equal::value) {
    if (this == std::addressof(other)) return *this;
    // `other` may be inside of the old value: it is done with before that goes.
    if constexpr (traits::propagate_on_container_move_assignment::value) {
      Allocator allocator = other.allocator_;
      replace(std::exchange(other.value_, nullptr), allocator);
    } else {
      replace(taken_from(other, allocator_));
    }
    return *this;
  }

  // Assigns a value: into the one that is there (as copy assignment does), or a new one if there is
  // none.
  template <class U = T>
    requires(is_value<U> && std::is_constructible_v<T, U> && std::is_assignable_v<T&, U>)
  constexpr box& operator=(U&& value) {
    if (value_ != nullptr) {
      assign(std::forward<U>(value));
    } else {
      replace(make(allocator_, std::forward<U>(value)));
    }
    return *this;
  }

  // Puts T(args...) in the place of the value. Strong guarantee: the new value is made first, so
  // that the arguments may refer to the old one.
  template <class... Args>
    requires std::is_constructible_v<T, Args...>
  constexpr T& emplace(Args&&... args) {
    T* const fresh = make(allocator_, std::forward<Args>(args)...);
    replace(fresh);
    return *fresh;
  }
  template <class I, class... Args>
    requires std::is_constructible_v<T, std::initializer_list<I>&, Args...>
  constexpr T& emplace(std::initializer_list<I> list, Args&&... args) {
    T* const fresh = make(allocator_, list, std::forward<Args>(args)...);
    replace(fresh);
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
  // swap; neither box is inside of the other's value, which would then own itself.
  constexpr void swap(box& other) noexcept {
    if (!std::is_constant_evaluated()) {
      SNUG_EXPECTS(!holds(std::addressof(other)) && !other.holds(this),
                   "box: swap with a box that is a part of its own value");
    }
    if constexpr (traits::propagate_on_container_swap::value) {
      using std::swap;
      swap(allocator_, other.allocator_);
    } else if constexpr (!traits::is_always_equal::value) {
      SNUG_EXPECTS(allocator_ == other.allocator_, "box: swap of boxes with unequal allocators");
    }
    std::swap(value_, other.value_);
  }
  friend constexpr void swap(box& a, box& b) noexcept { a.swap(b); }

  // Prints the value. REQUIRES: !valueless_after_move().
  template <class Char, class Traits>
    requires detail::printable<T, Char, Traits>
  friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out,
                                                      const box& b) {
    out << *b;
    return out;
  }
  // How the fmt library prints it: as the value.
  friend constexpr const T& format_as(const box& b) noexcept { return *b; }

 private:
  friend struct detail::answers;
  // What copies may pass over the stack.
  static constexpr std::size_t most_on_stack = 4096;

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
  static constexpr void destroy(Allocator& allocator, T* old) noexcept {
    static_assert(sizeof(T) > 0, "box<T>: T must be complete where its box is destroyed");
    if (old == nullptr) return;
    traits::destroy(allocator, old);
    traits::deallocate(allocator, old, 1);
  }

  // Puts `fresh` in the place of the value. All is in place before the old value is destroyed,
  // whose destructor may come back here.
  constexpr void replace(T* fresh) noexcept { destroy(allocator_, std::exchange(value_, fresh)); }
  // The same with the allocator that made `fresh`.
  constexpr void replace(T* fresh, Allocator& allocator) noexcept {
    if constexpr (traits::is_always_equal::value) {
      allocator_ = allocator;
      replace(fresh);
    } else {
      Allocator old_allocator = std::exchange(allocator_, allocator);
      destroy(old_allocator, std::exchange(value_, fresh));
    }
  }

  // The value of `other`, which is valueless then, as one that `allocator` may free.
  static constexpr T* taken_from(box& other,
                                 Allocator& allocator) noexcept(traits::is_always_equal::value) {
    if constexpr (!traits::is_always_equal::value) {
      if (other.value_ != nullptr && allocator != other.allocator_) {
        T* const fresh = make(allocator, std::move(*other.value_));
        other.replace(nullptr);
        return fresh;
      }
    }
    return std::exchange(other.value_, nullptr);
  }

  // Assigns to the value that is there. What is assigned may be a part of it, which the assignment
  // of T would destroy while it reads: it is copied or moved out first.
  template <class U>
  constexpr void assign(U&& value) {
    if constexpr (std::is_trivially_copyable_v<T> && std::is_same_v<std::remove_cvref_t<U>, T> &&
                  std::is_assignable_v<T&, U>) {
      *value_ = std::forward<U>(value);
    } else if constexpr (sizeof(T) <= most_on_stack && std::is_nothrow_move_assignable_v<T>) {
      T made = detail::made_of<T>(std::forward<U>(value));
      if (value_ == nullptr) {  // taken away meanwhile
        replace(make(allocator_, std::move(made)));
        return;
      }
      [[maybe_unused]] const T* const before = value_;
      *value_ = std::move(made);
      SNUG_EXPECTS(value_ == before, "box: the assignment of the value replaced the value");
    } else {
      replace(make(allocator_, std::forward<U>(value)));
    }
  }

  // Whether `other` stands in the memory of the value.
  bool holds(const box* other) const noexcept {
    const std::less<const void*> before;
    return value_ != nullptr && !before(other, value_) && before(other, value_ + 1);
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
template <class Allocator, class T>
box(std::allocator_arg_t, Allocator, T)
    -> box<T, typename std::allocator_traits<Allocator>::template rebind_alloc<T>>;

// Compares the values; a valueless box is equal to a valueless one and less than any other.
template <class T, class A>
  requires(!detail::answers::known<box<T, A>> || detail::equal_to_itself<T>)
constexpr bool operator==(const box<T, A>& a, const box<T, A>& b) {
  if (a.valueless_after_move() || b.valueless_after_move())
    return a.valueless_after_move() == b.valueless_after_move();
  return *a == *b;
}
template <class T, class A>
  requires detail::ordered<T>
constexpr auto operator<=>(const box<T, A>& a, const box<T, A>& b) {
  using order = detail::order_of<T>;
  if (a.valueless_after_move() || b.valueless_after_move())
    return order(!a.valueless_after_move() <=> !b.valueless_after_move());
  return order(detail::three_way(*a, *b));
}
// Compares the value with another; a valueless box is equal to none and less than any.
template <class T, class A, class U>
  requires(detail::no_box<U> && detail::equal_to<T, U>)
constexpr bool operator==(const box<T, A>& a, const U& value) {
  return !a.valueless_after_move() && *a == value;
}
template <class T, class A, class U>
  requires(detail::no_box<U> && std::three_way_comparable_with<T, U>)
constexpr auto operator<=>(const box<T, A>& a, const U& value) {
  using order = std::compare_three_way_result_t<T, U>;
  return a.valueless_after_move() ? order(std::strong_ordering::less) : order(*a <=> value);
}
// Boxes of different types compare as their values.
template <class T, class A, class U, class B>
  requires(!std::is_same_v<box<T, A>, box<U, B>> && detail::equal_to<T, U>)
constexpr bool operator==(const box<T, A>& a, const box<U, B>& b) {
  if (a.valueless_after_move() || b.valueless_after_move())
    return a.valueless_after_move() == b.valueless_after_move();
  return *a == *b;
}
template <class T, class A, class U, class B>
  requires(!std::is_same_v<box<T, A>, box<U, B>> && std::three_way_comparable_with<T, U>)
constexpr auto operator<=>(const box<T, A>& a, const box<U, B>& b) {
  using order = std::compare_three_way_result_t<T, U>;
  if (a.valueless_after_move() || b.valueless_after_move())
    return order(!a.valueless_after_move() <=> !b.valueless_after_move());
  return order(*a <=> *b);
}

// A box with T(args...).
template <class T, class... Args>
constexpr box<T> make_box(Args&&... args) {
  return box<T>(std::in_place, std::forward<Args>(args)...);
}

}  // namespace snug

// A box hashes as its value; a valueless one as 0.
template <class T, class Allocator>
  requires snug::detail::hashable<T>
struct std::hash<snug::box<T, Allocator>> {
  constexpr std::size_t operator()(const snug::box<T, Allocator>& b) const {
    return b.valueless_after_move() ? 0 : std::hash<T>()(*b);
  }
};
