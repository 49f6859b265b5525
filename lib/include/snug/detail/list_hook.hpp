// What intrusive_list and intrusive_slist share: the links inside the elements, the books of the
// checked mode, and the iterator.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>

#include <snug/detail/fail.hpp>

#ifndef SNUG_CHECKED_HOOKS
#define SNUG_CHECKED_HOOKS 0
#endif

namespace snug {

// The tag of a type with one membership.
struct default_tag;
// A membership whose elements can leave without their list, by unlink(): such lists keep no size,
// and size() counts. intrusive_list<T, unsized<Tag>> of elements with list_hook<unsized<Tag>>.
template <class Tag = default_tag>
struct unsized;
// In the place of a tag: the hook is the data member M, whatever its own tag, not a base class.
// intrusive_list<job, member<&job::hook>>. M must not be in a virtual base.
template <auto M>
struct member;

template <class T, class Tag, bool Checked>
class intrusive_list;
template <class T, class Tag, bool Checked>
class intrusive_slist;

namespace detail {

// Which list an element is in; empty and free unless checked.
template <bool Checked>
struct list_owner {
  constexpr void set(const list_owner&) noexcept {}
  constexpr void clear() noexcept {}
  constexpr void require(const list_owner&, const char*) const noexcept {}
  constexpr void renew() noexcept {}
  constexpr void busy() noexcept {}
  constexpr void calm() noexcept {}
  constexpr void require_calm(const char*) const noexcept {}
  static constexpr bool same(const list_owner&, const list_owner&) noexcept { return true; }
};

template <>
struct list_owner<true> {
  // Every list gets its own id for ever, on whichever thread it is made.
  static std::uint64_t next_id() noexcept {
    static std::atomic<std::uint64_t> counter{0};
    return counter.fetch_add(1, std::memory_order_relaxed) + 1;
  }
  void set(const list_owner& list) noexcept { id = list.id; }
  void clear() noexcept { id = 0; }
  void renew() noexcept { id = next_id(); }
  void require(const list_owner& list, const char* what) const noexcept {
    if ((id | working) != (list.id | working)) fatal(what);
  }
  // Of a list's own id: that it is being sorted, and must not change.
  static constexpr std::uint64_t working = std::uint64_t{1} << 63;
  void busy() noexcept { id |= working; }
  void calm() noexcept { id &= ~working; }
  void require_calm(const char* what) const noexcept {
    if ((id & working) != 0) fatal(what);
  }
  static bool same(const list_owner& a, const list_owner& b) noexcept { return a.id == b.id; }
  std::uint64_t id = 0;
};

template <class List, bool Const>
class list_iterator;
template <class Hook>
struct list_sorter;

template <class Tag>
inline constexpr bool keeps_size = true;
template <class Tag>
inline constexpr bool keeps_size<unsized<Tag>> = false;

// From an element to its hook and back: a base class, or a data member.
template <class T, class Tag, template <class, bool> class Hook, bool Checked>
struct hook_access {
  using hook = Hook<Tag, Checked>;
  static constexpr bool sized = keeps_size<Tag>;
  static constexpr void require() noexcept {
    static_assert(std::is_base_of_v<hook, T>,
                  "snug::intrusive_list<T, Tag>: T must derive publicly from "
                  "snug::list_hook<Tag> (with the same Checked argument); of an intrusive_slist "
                  "from snug::slist_hook<Tag>");
  }
  static constexpr hook* to_hook(T& element) noexcept {
    require();
    return static_cast<hook*>(std::addressof(element));
  }
  static constexpr T* to_element(hook* at) noexcept {
    require();
    return static_cast<T*>(at);
  }
};
template <class T, auto M, template <class, bool> class Hook, bool Checked>
struct hook_access<T, member<M>, Hook, Checked> {
  using hook = std::remove_reference_t<decltype(std::declval<T&>().*M)>;
  template <class H>
  struct tag_of : std::false_type {
    static constexpr bool sized = true;
  };
  template <class Tag>
  struct tag_of<Hook<Tag, Checked>> : std::true_type {
    static constexpr bool sized = keeps_size<Tag>;
  };
  static_assert(tag_of<hook>::value,
                "snug::intrusive_list<T, member<M>>: M must point to a data member of type "
                "snug::list_hook<Tag> (with the same Checked argument); for an intrusive_slist of "
                "type snug::slist_hook<Tag>");
  static constexpr bool sized = tag_of<hook>::sized;

  static hook* to_hook(T& element) noexcept { return std::addressof(element.*M); }
  static T* to_element(hook* at) noexcept {
    // A pointer to a data member is its offset, in every C++ ABI.
    using offset = std::conditional_t<sizeof(M) == sizeof(int), int, std::ptrdiff_t>;
    auto* const bytes = reinterpret_cast<std::byte*>(at);
    return reinterpret_cast<T*>(bytes - std::bit_cast<offset>(M));
  }
};

}  // namespace detail

// Base class of elements of intrusive_list<T, Tag, Checked>: the links of one membership.
//
// Copying an element gives an unlinked copy, and assigning a copy leaves the target where it is.
// Moving relinks: the new object takes the place of the old one, which is then unlinked. Move
// assignment exchanges the places of the two objects, so that std::sort, std::rotate or an erase in
// a vector of hooked elements keep every list whole. So a list is one of the class that has the
// hook: in a list of a class derived from that, a move of the base part alone would put the part,
// which is no element, in the place of the whole.
template <class Tag = default_tag, bool Checked = (SNUG_CHECKED_HOOKS != 0)>
class list_hook {
 public:
  constexpr list_hook() noexcept = default;
  constexpr list_hook(const list_hook&) noexcept {}
  constexpr list_hook& operator=(const list_hook&) noexcept { return *this; }
  constexpr list_hook(list_hook&& other) noexcept { take_place_of(other); }
  constexpr list_hook& operator=(list_hook&& other) noexcept {
    if (this != std::addressof(other)) {
      list_hook held(std::move(*this));
      take_place_of(other);
      other.take_place_of(held);
    }
    return *this;
  }
  ~list_hook()
    requires(!Checked)
  = default;
  ~list_hook() {
    if (is_linked()) detail::fatal("list_hook: element destroyed while linked in a list");
  }

  // Whether the element is in a list. O(1).
  [[nodiscard]] constexpr bool is_linked() const noexcept { return next_ != nullptr; }
  // Takes the element out of the list that it is in, if any; only where lists keep no size. O(1).
  constexpr void unlink() noexcept
    requires(!detail::keeps_size<Tag>)
  {
    if (next_ == nullptr) return;
    next_->prev_ = prev_;
    prev_->next_ = next_;
    next_ = nullptr;
    owner_.clear();
  }

 private:
  template <class, class, bool>
  friend class intrusive_list;
  template <class, bool>
  friend class detail::list_iterator;
  template <class>
  friend struct detail::list_sorter;

  constexpr void take_place_of(list_hook& other) noexcept {
    if (!other.next_) return;
    next_ = std::exchange(other.next_, nullptr);
    prev_ = other.prev_;
    next_->prev_ = this;
    prev_->next_ = this;
    if constexpr (Checked) owner_ = std::exchange(other.owner_, {});
  }

  list_hook* next_ = nullptr;
  list_hook* prev_ = nullptr;
  SNUG_NO_UNIQUE_ADDRESS detail::list_owner<Checked> owner_;
};

// Base class of elements of intrusive_slist<T, Tag, Checked>: one pointer.
//
// Copying or moving an element gives an unlinked object and leaves the source where it is: a single
// link does not know its predecessor. Elements that must move while linked take list_hook.
template <class Tag = default_tag, bool Checked = (SNUG_CHECKED_HOOKS != 0)>
class slist_hook {
 public:
  constexpr slist_hook() noexcept = default;
  constexpr slist_hook(const slist_hook&) noexcept {}
  constexpr slist_hook& operator=(const slist_hook&) noexcept { return *this; }
  ~slist_hook()
    requires(!Checked)
  = default;
  ~slist_hook() {
    if (is_linked()) detail::fatal("slist_hook: element destroyed while linked in a list");
  }

  // Whether the element is in a list. O(1).
  [[nodiscard]] constexpr bool is_linked() const noexcept { return next_ != nullptr; }

 private:
  template <class, class, bool>
  friend class intrusive_slist;
  template <class, bool>
  friend class detail::list_iterator;
  template <class>
  friend struct detail::list_sorter;

  slist_hook* next_ = nullptr;
  SNUG_NO_UNIQUE_ADDRESS detail::list_owner<Checked> owner_;
};

namespace detail {

// The iterator of both lists: bidirectional where the hook links both ways.
template <class List, bool Const>
class list_iterator {
  using hook = typename List::hook_type;

 public:
  using iterator_category =
      std::conditional_t<List::links_both_ways, std::bidirectional_iterator_tag,
                         std::forward_iterator_tag>;
  using value_type = typename List::value_type;
  using difference_type = std::ptrdiff_t;
  using reference = std::conditional_t<Const, const value_type&, value_type&>;
  using pointer = std::conditional_t<Const, const value_type*, value_type*>;

  constexpr list_iterator() noexcept = default;
  template <bool C>
    requires(Const && !C)
  constexpr list_iterator(const list_iterator<List, C>& other) noexcept : at_(other.at_) {}

  constexpr reference operator*() const noexcept { return *List::to_element(at_); }
  constexpr pointer operator->() const noexcept { return List::to_element(at_); }
  constexpr list_iterator& operator++() noexcept {
    at_ = at_->next_;
    return *this;
  }
  constexpr list_iterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  constexpr list_iterator& operator--() noexcept
    requires List::links_both_ways
  {
    at_ = at_->prev_;
    return *this;
  }
  constexpr list_iterator operator--(int) noexcept
    requires List::links_both_ways
  {
    auto old = *this;
    --*this;
    return old;
  }
  friend constexpr bool operator==(const list_iterator&, const list_iterator&) noexcept = default;

 private:
  friend List;
  template <class, bool>
  friend class list_iterator;
  explicit constexpr list_iterator(hook* at) noexcept : at_(at) {}
  hook* at_ = nullptr;
};

}  // namespace detail
}  // namespace snug
