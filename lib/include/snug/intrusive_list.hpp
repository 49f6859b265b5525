#pragma once
// Lists whose links live inside the elements: no allocation per insertion, and an element is
// unlinked in O(1) from a reference to it, without an iterator kept beside it.
//
// Example:
//
//     #include <snug/intrusive_list.hpp>
//
//     struct by_age;                                   // a tag: one membership
//     struct by_owner;                                 // another one, independent of the first
//     struct job : snug::list_hook<by_age>, snug::list_hook<by_owner> {
//       explicit job(int n) : id(n) {}
//       int id;
//     };
//
//     int main() {
//       job a(1), b(2), c(3);
//       snug::intrusive_list<job, by_age> queue;
//       snug::intrusive_list<job, by_owner> mine;
//       queue.push_back(a);
//       queue.push_back(b);
//       queue.push_back(c);
//       mine.push_back(b);
//       queue.erase(b);                                // O(1), from the element
//       bool ok = queue.size() == 2 && &queue.front() == &a && &mine.front() == &b;
//       job moved = std::move(a);                      // a hook that moves keeps its place
//       ok = ok && &queue.front() == &moved && moved.id == 1;
//       queue.clear();                                 // unlinks; the elements live on
//       mine.clear();
//       return ok ? 0 : 1;
//     }
//
// A list never owns its elements. An element must be unlinked, or its list cleared, before it is
// destroyed. In the checked mode (third template argument; default SNUG_CHECKED_HOOKS, 0 or 1) a
// second insertion, an operation on an element of another list, the destruction of a linked element
// and the destruction of a list that still has elements (they would keep dangling links) end the
// program with a sentence. The unchecked mode stores nothing for that: two pointers per hook.
//
// In every mode a build with SNUG_CHECKED notices the insertion of an element that is linked, and
// the erasure of one that is not. A hook may be a data member: see `member`; an element may leave
// without its list: see `unsized`. Elements that are moved while they are linked are of the class
// that has the list_hook, not of one derived from it: see list_hook.
//
// Thread-safety: none of its own; a list and the hooks linked in it are one object to protect.
// Exceptions: nothing throws except the comparators and predicates that are passed in.
// Coming back: the functions that dispose of elements may use the list; the element has left it (in
// the walks of remove_and_dispose_if and unique_and_dispose they must not unlink its neighbours).
// Predicates and comparisons may read it and must not change it, and while sort() runs the list is
// taken apart, so that its comparison must leave it alone: the checked mode notices changes in
// sort(), every build where an element unlinks itself in the predicate that is asked about it.
// Idea: boost::intrusive's base hooks and tags; hooks that move follow boostorg/intrusive#74.

#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>

#include <snug/detail/fail.hpp>
#include <snug/detail/intrusive_slist.hpp>
#include <snug/detail/list_hook.hpp>
#include <snug/detail/list_sort.hpp>

namespace snug {

// A doubly linked list of elements that derive (publicly) from list_hook<Tag, Checked>, or have one
// as a data member.
//
// Iterators and references stay valid until their element is erased; they follow the element's
// place, also when the list itself is moved or swapped, except end(), which belongs to the list
// object. When an element is moved, iterators to the old object are invalid.
template <class T, class Tag = default_tag, bool Checked = (SNUG_CHECKED_HOOKS != 0)>
class intrusive_list {
  using access = detail::hook_access<T, Tag, list_hook, Checked>;
  using hook = typename access::hook;
  static constexpr bool sized = access::sized;

  template <class, bool>
  friend class detail::list_iterator;
  using hook_type = hook;
  static constexpr bool links_both_ways = true;

 public:
  using value_type = T;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using const_reference = const T&;
  using iterator = detail::list_iterator<intrusive_list, false>;
  using const_iterator = detail::list_iterator<intrusive_list, true>;
  using reverse_iterator = std::reverse_iterator<iterator>;
  using const_reverse_iterator = std::reverse_iterator<const_iterator>;

  // An empty list. O(1), allocates nothing.
  constexpr intrusive_list() noexcept { reset_root(); }
  // Takes over all elements; `other` is left empty. O(1), few instructions.
  constexpr intrusive_list(intrusive_list&& other) noexcept {
    reset_root();
    adopt(other);
  }
  // Unlinks the own elements (O(size())), then takes over those of `other`.
  constexpr intrusive_list& operator=(intrusive_list&& other) noexcept {
    if (this != std::addressof(other)) {
      clear();
      adopt(other);
    }
    return *this;
  }
  intrusive_list(const intrusive_list&) = delete;
  intrusive_list& operator=(const intrusive_list&) = delete;
  // Unlinks all elements, so that they may be destroyed or inserted elsewhere. O(size()).
  // The checked mode takes a list that dies with elements for a mistake; call clear() first.
  constexpr ~intrusive_list() {
    if constexpr (Checked) {
      if (!empty()) detail::fatal("intrusive_list: list destroyed while it has elements");
    }
    clear();
  }

  [[nodiscard]] constexpr bool empty() const noexcept { return root_.next_ == &root_; }
  // O(1); O(size()) with a tag `unsized`.
  [[nodiscard]] constexpr size_type size() const noexcept {
    if constexpr (sized) return size_;
    size_type n = 0;
    for (const hook* at = root_.next_; at != &root_; at = at->next_) ++n;
    return n;
  }

  // REQUIRES: !empty(). O(1).
  [[nodiscard]] constexpr T& front() noexcept { return *to_element(end_of(root_.next_)); }
  [[nodiscard]] constexpr const T& front() const noexcept {
    return *to_element(end_of(root_.next_));
  }
  [[nodiscard]] constexpr T& back() noexcept { return *to_element(end_of(root_.prev_)); }
  [[nodiscard]] constexpr const T& back() const noexcept {
    return *to_element(end_of(root_.prev_));
  }

  [[nodiscard]] constexpr iterator begin() noexcept { return iterator(root_.next_); }
  [[nodiscard]] constexpr iterator end() noexcept { return iterator(&root_); }
  [[nodiscard]] constexpr const_iterator begin() const noexcept {
    return const_iterator(root_.next_);
  }
  [[nodiscard]] constexpr const_iterator end() const noexcept {
    return const_iterator(const_cast<root_hook*>(&root_));
  }
  [[nodiscard]] constexpr const_iterator cbegin() const noexcept { return begin(); }
  [[nodiscard]] constexpr const_iterator cend() const noexcept { return end(); }
  [[nodiscard]] constexpr reverse_iterator rbegin() noexcept { return reverse_iterator(end()); }
  [[nodiscard]] constexpr reverse_iterator rend() noexcept { return reverse_iterator(begin()); }
  [[nodiscard]] constexpr const_reverse_iterator rbegin() const noexcept {
    return const_reverse_iterator(end());
  }
  [[nodiscard]] constexpr const_reverse_iterator rend() const noexcept {
    return const_reverse_iterator(begin());
  }
  [[nodiscard]] constexpr const_reverse_iterator crbegin() const noexcept { return rbegin(); }
  [[nodiscard]] constexpr const_reverse_iterator crend() const noexcept { return rend(); }

  // The iterator of an element of this list. O(1).
  [[nodiscard]] constexpr iterator iterator_to(T& element) noexcept {
    require_mine(*to_hook(element), "intrusive_list: iterator_to an element of another list");
    return iterator(to_hook(element));
  }
  [[nodiscard]] constexpr const_iterator iterator_to(const T& element) const noexcept {
    auto* at = to_hook(const_cast<T&>(element));
    require_mine(*at, "intrusive_list: iterator_to an element of another list");
    return const_iterator(at);
  }
  // Whether an iteration would meet `element`. O(size()); O(1) in the checked mode.
  [[nodiscard]] constexpr bool contains(const T& element) const noexcept {
    const hook* wanted = to_hook(const_cast<T&>(element));
    if (!wanted->is_linked()) return false;
    if constexpr (Checked) return detail::list_owner<true>::same(wanted->owner_, root_.owner_);
    for (const hook* at = root_.next_; at != &root_; at = at->next_) {
      if (at == wanted) return true;
    }
    return false;
  }

  // Links `element` at the end, at the front, before `pos`. O(1).
  // REQUIRES: `element` is in no list of this Tag.
  constexpr void push_back(T& element) noexcept { link(&root_, to_hook(element)); }
  constexpr void push_front(T& element) noexcept { link(root_.next_, to_hook(element)); }
  constexpr iterator insert(const_iterator pos, T& element) noexcept {
    require_position(pos);
    link(pos.at_, to_hook(element));
    return iterator(to_hook(element));
  }

  // Links the elements of a range of T&, in its order, before `pos`. O(distance). When the range's
  // iterators throw, the elements before stay linked.
  template <std::input_iterator I, std::sentinel_for<I> S>
  constexpr void insert(const_iterator pos, I first, S last) {
    for (; first != last; ++first) insert(pos, static_cast<T&>(*first));
  }
  // Unlinks the own elements, then links those of a range of T&. REQUIRES: none is in this list.
  template <std::input_iterator I, std::sentinel_for<I> S>
  constexpr void assign(I first, S last) {
    intrusive_list old(std::move(*this));  // linked for so long, so that the checks see own ones
    detail::rollback unlink_old([&old]() noexcept { old.clear(); });
    insert(end(), std::move(first), std::move(last));
  }

  // Unlinks the element and returns the iterator after it. O(1).
  // REQUIRES: the element is in this list.
  constexpr iterator erase(T& element) noexcept {
    hook* at = to_hook(element);
    hook* next = at->next_;
    unlink(at);
    return iterator(next);
  }
  constexpr iterator erase(const_iterator pos) noexcept { return erase(*to_element(pos.at_)); }
  // Unlinks [first, last). O(distance).
  constexpr iterator erase(const_iterator first, const_iterator last) noexcept {
    while (first != last) first = erase(first);
    return iterator(last.at_);
  }
  // Unlinks the element or the elements and passes them to `dispose(T&)`, which may destroy them.
  template <class F>
  constexpr iterator erase_and_dispose(const_iterator pos, F dispose) {
    T& element = *to_element(pos.at_);
    iterator next = erase(pos);
    dispose(element);
    return next;
  }
  template <class F>
  constexpr iterator erase_and_dispose(const_iterator first, const_iterator last, F dispose) {
    while (first != last) first = erase_and_dispose(first, std::ref(dispose));
    return iterator(last.at_);
  }
  constexpr void pop_front() noexcept { unlink(root_.next_); }
  constexpr void pop_back() noexcept { unlink(root_.prev_); }

  // Unlinks every element. O(size()).
  constexpr void clear() noexcept {
    for (hook* at = root_.next_; at != &root_;) {
      hook* next = at->next_;
      at->next_ = nullptr;
      at->owner_.clear();
      at = next;
    }
    link_root_to_itself();
    size_ = 0;
  }
  // Unlinks every element and passes it to `dispose(T&)`, which may destroy it. An element is
  // unlinked before it is passed, so a throw leaves the rest linked. O(size()).
  template <class F>
  constexpr void clear_and_dispose(F dispose) {
    while (!empty()) {
      T& first = front();
      pop_front();
      dispose(first);
    }
  }
  // Unlinks the elements for which `drop` is true and returns their number. O(size()).
  // When `drop` throws, the elements that were dropped before stay dropped.
  template <class F>
  constexpr size_type remove_if(F drop) {
    return remove_and_dispose_if(std::move(drop), [](T&) noexcept {});
  }
  // The same; each is passed to `dispose(T&)`, which may destroy it.
  template <class F, class D>
  constexpr size_type remove_and_dispose_if(F drop, D dispose) {
    size_type removed = 0;
    for (hook* at = root_.next_; at != &root_;) {
      bool gone = static_cast<bool>(drop(std::as_const(*to_element(at))));
      hook* next = at->next_;
      require_still_linked(next);
      if (gone) {
        unlink(at);
        ++removed;
        hook* held = next->prev_;  // where the walk is, if `dispose` unlinks what follows
        dispose(*to_element(at));
        next = held->next_;
        if (next == nullptr) detail::fatal("intrusive_list: a disposer unlinked what is before");
      }
      at = next;
    }
    return removed;
  }
  // Unlinks all but the first of neighbours for which same(first, other) is true and returns their
  // number. O(size()).
  template <class Same = std::equal_to<>>
  constexpr size_type unique(Same same = {}) {
    return unique_and_dispose(std::move(same), [](T&) noexcept {});
  }
  template <class Same, class D>
  constexpr size_type unique_and_dispose(Same same, D dispose) {
    size_type removed = 0;
    if (empty()) return removed;
    for (hook* kept = root_.next_; kept->next_ != &root_;) {
      hook* at = kept->next_;
      if (same(std::as_const(*to_element(kept)), std::as_const(*to_element(at)))) {
        require_still_linked(at->next_);
        unlink(at);
        ++removed;
        dispose(*to_element(at));
      } else {
        kept = at;
      }
      require_still_linked(kept->next_);
    }
    return removed;
  }

  // Moves all elements of `other` before `pos`; nothing when `other` is this list. O(1)
  // (O(other.size()) in the checked mode).
  constexpr void splice(const_iterator pos, intrusive_list& other) noexcept {
    require_position(pos);
    if (std::addressof(other) == this || other.empty()) return;
    relabel(other.root_.next_, &other.root_);
    hook* first = other.root_.next_;
    hook* last = other.root_.prev_;
    other.link_root_to_itself();
    size_ += std::exchange(other.size_, 0);
    join_before(pos.at_, first, last);
  }
  constexpr void splice(const_iterator pos, intrusive_list&& other) noexcept { splice(pos, other); }
  // Moves the element at `it` of `other` (which may be this list) before `pos`. O(1).
  constexpr void splice(const_iterator pos, intrusive_list& other, const_iterator it) noexcept {
    require_position(pos);
    hook* at = it.at_;
    if (pos.at_ == at || pos.at_ == at->next_) return;
    other.unlink(at);
    link(pos.at_, at);
  }
  // Moves [first, last) of `other` before `pos`. O(distance), for the sizes; O(1) within one list.
  // REQUIRES: `pos` is not in [first, last).
  constexpr void splice(const_iterator pos, intrusive_list& other, const_iterator first,
                        const_iterator last) noexcept {
    require_position(pos);
    if (first == last || pos == first || pos == last) return;  // it is there
    if (std::addressof(other) != this) {
      if constexpr (sized) {
        auto moved = static_cast<size_type>(std::distance(first, last));
        other.size_ -= moved;
        size_ += moved;
      }
      relabel(first.at_, last.at_);
    } else if constexpr (Checked) {
      for (const hook* at = first.at_; at != last.at_; at = at->next_) {
        if (at == pos.at_) detail::fatal("intrusive_list: splice into the range that moves");
      }
    }
    hook* head = first.at_;
    hook* tail = last.at_->prev_;
    head->prev_->next_ = last.at_;
    last.at_->prev_ = head->prev_;
    join_before(pos.at_, head, tail);
  }

  // Merges the sorted list `other` into this sorted one; stable, own elements first among equals.
  // O(size() + other.size()) comparisons. When `less` throws, every element is in one of the lists.
  template <class Less = std::less<>>
  constexpr void merge(intrusive_list& other, Less less = {}) {
    if (std::addressof(other) == this) return;
    iterator at = begin();
    while (at != end() && !other.empty()) {
      if (less(std::as_const(other.front()), std::as_const(*at))) {
        splice(at, other, other.begin());
      } else {
        ++at;
      }
    }
    splice(end(), other);
  }
  template <class Less = std::less<>>
  constexpr void merge(intrusive_list&& other, Less less = {}) {
    merge(other, std::move(less));
  }

  // Sorts by `less`; stable, in place, O(n log n) comparisons, no allocation. When `less` throws,
  // the list has all its elements, in an unspecified order. Iterators stay valid.
  template <class Less = std::less<>>
  constexpr void sort(Less less = {}) {
    if (root_.next_ == root_.prev_) return;
    root_.owner_.busy();
    detail::rollback calm([this]() noexcept { root_.owner_.calm(); });
    auto before = [&](hook* a, hook* b) -> bool {
      return less(std::as_const(*to_element(a)), std::as_const(*to_element(b)));
    };
    detail::list_sorter<hook>{root_, root_.prev_}.run(before);
  }

  // Reverses the order. O(size()).
  constexpr void reverse() noexcept {
    hook* at = &root_;
    do {
      std::swap(at->next_, at->prev_);
      at = at->prev_;
    } while (at != &root_);
  }

  // Exchanges the contents. O(1).
  constexpr void swap(intrusive_list& other) noexcept {
    if (std::addressof(other) == this) return;
    intrusive_list held(std::move(*this));
    adopt(other);
    other.adopt(held);
  }
  friend constexpr void swap(intrusive_list& a, intrusive_list& b) noexcept { a.swap(b); }

 private:
  constexpr hook* end_of(hook* at) const noexcept {
    SNUG_EXPECTS(!empty(), "intrusive_list: front() or back() of an empty list");
    return at;
  }
  static constexpr hook* to_hook(T& element) noexcept { return access::to_hook(element); }
  static constexpr T* to_element(hook* at) noexcept { return access::to_element(at); }
  static constexpr void require_still_linked(const hook* next) noexcept {
    if (next == nullptr) detail::fatal("intrusive_list: a predicate unlinked its element");
  }

  constexpr void link_root_to_itself() noexcept { root_.next_ = root_.prev_ = &root_; }
  constexpr void reset_root() noexcept {
    link_root_to_itself();
    root_.owner_.renew();
  }

  // Takes the elements of `other`, and its identity, into this empty list.
  constexpr void adopt(intrusive_list& other) noexcept {
    if (other.empty()) return;
    root_.next_ = other.root_.next_;
    root_.prev_ = other.root_.prev_;
    root_.next_->prev_ = &root_;
    root_.prev_->next_ = &root_;
    size_ = std::exchange(other.size_, 0);
    other.link_root_to_itself();
    std::swap(root_.owner_, other.root_.owner_);
  }

  constexpr void require_mine(const hook& at, const char* what) const noexcept {
    at.owner_.require(root_.owner_, what);
  }
  constexpr void require_position(const_iterator pos) const noexcept {
    require_mine(*pos.at_, "intrusive_list: position belongs to another list");
  }
  constexpr void relabel(hook* first, hook* last) noexcept {
    if constexpr (Checked) {
      for (; first != last; first = first->next_) first->owner_.set(root_.owner_);
    }
  }

  constexpr void link(hook* next, hook* at) noexcept {
    if constexpr (Checked) {
      if (at->is_linked()) detail::fatal("intrusive_list: element is already in a list");
      root_.owner_.require_calm("intrusive_list: a comparison of sort() changed the list");
      at->owner_.set(root_.owner_);
    } else {
      SNUG_EXPECTS(!at->is_linked(), "intrusive_list: element is already in a list");
    }
    hook* prev = next->prev_;
    at->next_ = next;
    at->prev_ = prev;
    prev->next_ = at;
    next->prev_ = at;
    ++size_;
  }
  constexpr void unlink(hook* at) noexcept {
    if constexpr (Checked) {
      if (!at->is_linked()) detail::fatal("intrusive_list: erased an element that is in no list");
      require_mine(*at, "intrusive_list: erased an element of another list");
      if (at == &root_) detail::fatal("intrusive_list: erased end() or popped an empty list");
      root_.owner_.require_calm("intrusive_list: a comparison of sort() changed the list");
    } else {
      SNUG_EXPECTS(at->is_linked(), "intrusive_list: erased an element that is in no list");
      SNUG_EXPECTS(at != &root_, "intrusive_list: erased end() or popped an empty list");
    }
    hook* next = at->next_;
    hook* prev = at->prev_;
    prev->next_ = next;
    next->prev_ = prev;
    at->next_ = nullptr;
    at->owner_.clear();
    --size_;
  }
  static constexpr void join_before(hook* next, hook* first, hook* last) noexcept {
    hook* prev = next->prev_;
    prev->next_ = first;
    first->prev_ = prev;
    last->next_ = next;
    next->prev_ = last;
  }

  // The ring of hooks is closed by a hook without an element.
  struct root_hook : hook {
    constexpr ~root_hook() {
      this->next_ = nullptr;  // not an element: the hook's own destructor has nothing to say
    }
  };
  root_hook root_;
  size_type size_ = 0;
};

}  // namespace snug
