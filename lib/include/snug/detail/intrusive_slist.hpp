#pragma once
// intrusive_slist: the singly linked half of <snug/intrusive_list.hpp>, which includes this file.

#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>

#include <snug/detail/fail.hpp>
#include <snug/detail/list_hook.hpp>
#include <snug/detail/list_sort.hpp>

namespace snug {

// A singly linked list of elements that derive (publicly) from slist_hook<Tag, Checked>, or have
// one as a data member (see `member`): half the links of intrusive_list; insertion and removal at
// the front, behind a known element, and insertion at the back, all O(1). It knows its size and its
// last element.
//
// Iterators and references stay valid until their element is erased. end() and before_begin()
// belong to the list object. Exceptions: only those of comparators and predicates.
// Thread-safety: none of its own. Idea: boost::intrusive::slist with cache_last.
template <class T, class Tag = default_tag, bool Checked = (SNUG_CHECKED_HOOKS != 0)>
class intrusive_slist {
  using access = detail::hook_access<T, Tag, slist_hook, Checked>;
  using hook = typename access::hook;

  template <class, bool>
  friend class detail::list_iterator;
  using hook_type = hook;
  static constexpr bool links_both_ways = false;

 public:
  using value_type = T;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using const_reference = const T&;
  using iterator = detail::list_iterator<intrusive_slist, false>;
  using const_iterator = detail::list_iterator<intrusive_slist, true>;

  // An empty list. O(1), allocates nothing.
  constexpr intrusive_slist() noexcept { reset_root(); }
  // Takes over all elements; `other` is left empty. O(1).
  constexpr intrusive_slist(intrusive_slist&& other) noexcept {
    reset_root();
    adopt(other);
  }
  // Unlinks the own elements (O(size())), then takes over those of `other`.
  constexpr intrusive_slist& operator=(intrusive_slist&& other) noexcept {
    if (this != std::addressof(other)) {
      clear();
      adopt(other);
    }
    return *this;
  }
  intrusive_slist(const intrusive_slist&) = delete;
  intrusive_slist& operator=(const intrusive_slist&) = delete;
  // Unlinks all elements. O(size()). The checked mode wants clear() to be called before.
  constexpr ~intrusive_slist() {
    if constexpr (Checked) {
      if (!empty()) detail::fatal("intrusive_slist: list destroyed while it has elements");
    }
    clear();
  }

  [[nodiscard]] constexpr bool empty() const noexcept { return last_ == &root_; }
  // O(1).
  [[nodiscard]] constexpr size_type size() const noexcept { return size_; }
  // REQUIRES: !empty(). O(1).
  [[nodiscard]] constexpr T& front() noexcept { return *to_element(end_of(root_.next_)); }
  [[nodiscard]] constexpr const T& front() const noexcept {
    return *to_element(end_of(root_.next_));
  }
  [[nodiscard]] constexpr T& back() noexcept { return *to_element(end_of(last_)); }
  [[nodiscard]] constexpr const T& back() const noexcept { return *to_element(end_of(last_)); }

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
  // The place before the first element, for insert_after and erase_after; not to be dereferenced.
  // It is the same place as end(): the list is a ring.
  [[nodiscard]] constexpr iterator before_begin() noexcept { return end(); }
  [[nodiscard]] constexpr const_iterator before_begin() const noexcept { return end(); }
  // The iterator of an element of this list. O(1).
  [[nodiscard]] constexpr iterator iterator_to(T& element) noexcept {
    to_hook(element)->owner_.require(root_.owner_,
                                     "intrusive_slist: iterator_to an element of another list");
    return iterator(to_hook(element));
  }

  // Links `element` at the front, at the back, behind `pos`. O(1).
  // REQUIRES: `element` is in no list of this Tag.
  constexpr void push_front(T& element) noexcept { link_after(&root_, to_hook(element)); }
  constexpr void push_back(T& element) noexcept { link_after(last_, to_hook(element)); }
  constexpr iterator insert_after(const_iterator pos, T& element) noexcept {
    require_position(pos);
    link_after(pos.at_, to_hook(element));
    return iterator(to_hook(element));
  }

  // Links the elements of a range of T&, in its order, behind `pos`; returns the last. O(distance).
  template <std::input_iterator I, std::sentinel_for<I> S>
  constexpr iterator insert_after(const_iterator pos, I first, S last) {
    for (; first != last; ++first) pos = insert_after(pos, static_cast<T&>(*first));
    return iterator(pos.at_);
  }

  // Unlinks the own elements, then links those of a range of T&. REQUIRES: none is in this list.
  template <std::input_iterator I, std::sentinel_for<I> S>
  constexpr void assign(I first, S last) {
    intrusive_slist old(std::move(*this));  // linked for so long, so that the checks see own ones
    detail::rollback unlink_old([&old]() noexcept { old.clear(); });
    insert_after(before_begin(), std::move(first), std::move(last));
  }

  // Unlinks the element behind `pos` and returns the iterator after it. O(1).
  constexpr iterator erase_after(const_iterator pos) noexcept {
    require_position(pos);
    unlink_after(pos.at_);
    return iterator(pos.at_->next_);
  }
  // The same; the element is passed to `dispose(T&)`, which may destroy it.
  template <class F>
  constexpr iterator erase_after_and_dispose(const_iterator pos, F dispose) {
    T& element = *to_element(pos.at_->next_);
    iterator next = erase_after(pos);
    dispose(element);
    return next;
  }
  constexpr void pop_front() noexcept { unlink_after(&root_); }
  // Unlinks `element` after a search for its predecessor. O(size()); false when it is not here.
  constexpr bool erase(T& element) noexcept {
    hook* wanted = to_hook(element);
    for (hook* at = &root_; at->next_ != &root_; at = at->next_) {
      if (at->next_ == wanted) {
        unlink_after(at);
        return true;
      }
    }
    return false;
  }

  // Unlinks every element. O(size()).
  constexpr void clear() noexcept {
    for (hook* at = root_.next_; at != &root_;) {
      at->owner_.clear();
      at = std::exchange(at->next_, nullptr);
    }
    close_root();
    size_ = 0;
  }
  // Unlinks every element, one at a time, and passes it to `dispose(T&)`, which may destroy it.
  template <class F>
  constexpr void clear_and_dispose(F dispose) {
    while (!empty()) {
      T& first = front();
      pop_front();
      dispose(first);
    }
  }
  // Unlinks the elements for which `drop` is true and returns their number. O(size()).
  template <class F>
  constexpr size_type remove_if(F drop) {
    return remove_and_dispose_if(std::move(drop), [](T&) noexcept {});
  }
  // The same; each is passed to `dispose(T&)`, which may destroy it.
  template <class F, class D>
  constexpr size_type remove_and_dispose_if(F drop, D dispose) {
    size_type removed = 0;
    for (hook* before = &root_; before->next_ != &root_;) {
      hook* at = before->next_;
      bool gone = static_cast<bool>(drop(std::as_const(*to_element(at))));
      require_still(before->next_ == at);
      if (gone) {
        unlink_after(before);
        ++removed;
        dispose(*to_element(at));
        require_still(before->next_ != nullptr);
      } else {
        before = at;
      }
    }
    return removed;
  }
  // Unlinks all but the first of neighbours for which same(first, other) is true and returns their
  // number. O(size()).
  template <class Same = std::equal_to<>>
  constexpr size_type unique(Same same = {}) {
    return unique_and_dispose(std::move(same), [](T&) noexcept {});
  }
  // The same; each is passed to `dispose(T&)`, which may destroy it.
  template <class Same, class D>
  constexpr size_type unique_and_dispose(Same same, D dispose) {
    size_type removed = 0;
    if (empty()) return removed;
    for (hook* kept = root_.next_; kept->next_ != &root_;) {
      hook* at = kept->next_;
      bool equal =
          static_cast<bool>(same(std::as_const(*to_element(kept)), std::as_const(*to_element(at))));
      require_still(kept->next_ == at);
      if (equal) {
        unlink_after(kept);
        ++removed;
        dispose(*to_element(at));
        require_still(kept->next_ != nullptr);
      } else {
        kept = at;
      }
    }
    return removed;
  }
  // Merges the sorted list `other` into this sorted one; stable, own elements first among equals.
  // When `less` throws, every element is in one of the lists.
  template <class Less = std::less<>>
  constexpr void merge(intrusive_slist& other, Less less = {}) {
    if (std::addressof(other) == this) return;
    iterator before = before_begin();
    while (before.at_->next_ != &root_ && !other.empty()) {
      if (less(std::as_const(other.front()), std::as_const(*to_element(before.at_->next_)))) {
        splice_after(before, other, other.before_begin());
      }
      ++before;
    }
    splice_after(const_iterator(last_), other);
  }

  // Moves all elements of `other` behind `pos`; nothing when `other` is this list. O(1)
  // (O(other.size()) in the checked mode).
  constexpr void splice_after(const_iterator pos, intrusive_slist& other) noexcept {
    require_position(pos);
    if (std::addressof(other) == this || other.empty()) return;
    if constexpr (Checked) {
      for (hook* at = other.root_.next_; at != &other.root_; at = at->next_) {
        at->owner_.set(root_.owner_);
      }
    }
    other.last_->next_ = pos.at_->next_;
    pos.at_->next_ = other.root_.next_;
    if (last_ == pos.at_) last_ = other.last_;
    size_ += std::exchange(other.size_, 0);
    other.close_root();
  }
  // Moves the element behind `before` of `other` (which may be this list) behind `pos`; nothing
  // when it is there, or is `pos` itself. O(1).
  constexpr void splice_after(const_iterator pos, intrusive_slist& other,
                              const_iterator before) noexcept {
    require_position(pos);
    hook* at = before.at_->next_;
    if (pos.at_ == before.at_ || pos.at_ == at) return;
    other.unlink_after(before.at_);
    link_after(pos.at_, at);
  }

  // Sorts by `less`; stable, in place, O(n log n) comparisons, no allocation. When `less` throws,
  // the list has all its elements, in an unspecified order.
  template <class Less = std::less<>>
  constexpr void sort(Less less = {}) {
    if (root_.next_ == last_) return;
    root_.owner_.busy();
    detail::rollback calm([this]() noexcept { root_.owner_.calm(); });
    auto before = [&](hook* a, hook* b) -> bool {
      return less(std::as_const(*to_element(a)), std::as_const(*to_element(b)));
    };
    detail::list_sorter<hook>{root_, last_}.run(before);
  }

  // Reverses the order. O(size()).
  constexpr void reverse() noexcept {
    hook* first = root_.next_;
    hook* made = &root_;
    for (hook* at = first; at != &root_;) {
      hook* next = std::exchange(at->next_, made);
      made = at;
      at = next;
    }
    root_.next_ = made;
    last_ = first;
  }

  // Exchanges the contents. O(1).
  constexpr void swap(intrusive_slist& other) noexcept {
    if (std::addressof(other) == this) return;
    intrusive_slist held(std::move(*this));
    adopt(other);
    other.adopt(held);
  }
  friend constexpr void swap(intrusive_slist& a, intrusive_slist& b) noexcept { a.swap(b); }

 private:
  constexpr hook* end_of(hook* at) const noexcept {
    SNUG_EXPECTS(!empty(), "intrusive_slist: front() or back() of an empty list");
    return at;
  }
  static constexpr hook* to_hook(T& element) noexcept { return access::to_hook(element); }
  static constexpr T* to_element(hook* at) noexcept { return access::to_element(at); }
  static constexpr void require_still(bool unchanged) noexcept {
    if (!unchanged) detail::fatal("intrusive_slist: a predicate changed the list");
  }

  constexpr void close_root() noexcept { root_.next_ = last_ = &root_; }
  constexpr void reset_root() noexcept {
    close_root();
    root_.owner_.renew();
  }
  constexpr void adopt(intrusive_slist& other) noexcept {
    if (other.empty()) return;
    root_.next_ = other.root_.next_;
    last_ = other.last_;
    last_->next_ = &root_;
    size_ = std::exchange(other.size_, 0);
    other.close_root();
    std::swap(root_.owner_, other.root_.owner_);
  }
  constexpr void require_position(const_iterator pos) const noexcept {
    pos.at_->owner_.require(root_.owner_, "intrusive_slist: position belongs to another list");
  }
  constexpr void link_after(hook* prev, hook* at) noexcept {
    if constexpr (Checked) {
      if (at->is_linked()) detail::fatal("intrusive_slist: element is already in a list");
      root_.owner_.require_calm("intrusive_slist: a comparison of sort() changed the list");
      at->owner_.set(root_.owner_);
    } else {
      SNUG_EXPECTS(!at->is_linked(), "intrusive_slist: element is already in a list");
    }
    at->next_ = prev->next_;
    prev->next_ = at;
    if (last_ == prev) last_ = at;
    ++size_;
  }
  constexpr void unlink_after(hook* prev) noexcept {
    hook* at = prev->next_;
    if constexpr (Checked) {
      if (at == &root_) detail::fatal("intrusive_slist: erased behind the last element");
      root_.owner_.require_calm("intrusive_slist: a comparison of sort() changed the list");
    } else {
      SNUG_EXPECTS(at != &root_, "intrusive_slist: erased behind the last element");
    }
    prev->next_ = std::exchange(at->next_, nullptr);
    if (last_ == at) last_ = prev;
    at->owner_.clear();
    --size_;
  }

  // The ring of hooks is closed by a hook without an element.
  struct root_hook : hook {
    constexpr ~root_hook() { this->next_ = nullptr; }
  };
  root_hook root_;
  hook* last_ = &root_;
  size_type size_ = 0;
};

}  // namespace snug
