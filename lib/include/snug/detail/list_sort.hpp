// The sort of intrusive_list and intrusive_slist.
#pragma once

#include <cstddef>
#include <utility>

#include <snug/detail/list_hook.hpp>

namespace snug::detail {

// Sorts on single links (`next_`), merging runs of 1, 2, 4, ... elements held in bins, and puts the
// `prev_` links, where there are any, right at the end; its destructor collects whatever there is
// after a throw. Used once.
template <class Hook>
struct list_sorter {
  Hook& root;   // closes the ring
  Hook*& back;  // its last element
  Hook* bins[sizeof(std::size_t) * 8] = {};
  Hook* a = nullptr;  // the runs that are being merged ...
  Hook* b = nullptr;
  Hook* head = nullptr;  // ... and the result so far
  Hook** tail = &head;
  Hook* rest = nullptr;
  Hook* finished = nullptr;

  constexpr list_sorter(Hook& closes, Hook*& last) noexcept : root(closes), back(last) {}
  list_sorter(const list_sorter&) = delete;
  list_sorter& operator=(const list_sorter&) = delete;

  // REQUIRES: the ring has an element.
  template <class Before>
  constexpr void run(Before& before) {
    rest = root.next_;
    back->next_ = nullptr;
    while (rest) {
      Hook* run = std::exchange(rest, rest->next_);
      run->next_ = nullptr;
      std::size_t k = 0;
      for (; bins[k]; ++k) run = merge(std::exchange(bins[k], nullptr), run, before);
      bins[k] = run;
    }
    for (Hook*& bin : bins) {
      if (!bin) continue;
      finished = finished
                     ? merge(std::exchange(bin, nullptr), std::exchange(finished, nullptr), before)
                     : std::exchange(bin, nullptr);
    }
  }

  // `first` holds the earlier elements: it wins among equals.
  template <class Before>
  constexpr Hook* merge(Hook* first, Hook* second, Before& before) {
    a = first;
    b = second;
    head = nullptr;
    tail = &head;
    while (a && b) {
      if (before(b, a)) {
        *tail = b;
        b = b->next_;
      } else {
        *tail = a;
        a = a->next_;
      }
      tail = &(*tail)->next_;
    }
    *tail = a ? a : b;
    a = b = nullptr;
    return std::exchange(head, nullptr);
  }

  // Puts `chain` behind `last`, with all links, and returns the new last element.
  static constexpr Hook* append(Hook* last, Hook* chain) noexcept {
    for (; chain; chain = chain->next_) {
      last->next_ = chain;
      if constexpr (requires { chain->prev_; }) chain->prev_ = last;
      last = chain;
    }
    return last;
  }

  constexpr ~list_sorter() {
    Hook* last = &root;
    last = append(last, finished);
    if (head || a || b) {
      *tail = nullptr;
      last = append(last, head);
      last = append(last, a);
      last = append(last, b);
    }
    for (Hook* bin : bins) last = append(last, bin);
    last = append(last, rest);
    last->next_ = &root;
    back = last;
  }
};

}  // namespace snug::detail
