// A cache that forgets the entry that was not used for the longest time.
//
// Example:
//
//     #include <snug/lru_cache.hpp>
//     //
//     int main() {
//       snug::lru_cache<std::string, int> lengths(2);  // at most two entries, ever
//       lengths.put("one", 3);
//       lengths.put("three", 5);
//       int* found = lengths.get(std::string_view("one"));  // makes no string; the newest now
//       bool ok = found != nullptr && *found == 3;
//       lengths.put("four", 4);  // "three" has to go
//       ok = ok && lengths.peek("three") == nullptr && lengths.size() == 2;
//       int made = lengths.get_or_make("seven", [](std::string_view k) { return int(k.size()); });
//       return ok && made == 5 ? 0 : 1;
//     }
//
// All memory is taken in the constructor, in one piece: for K and V of 8 bytes each, 36 bytes an
// entry, with the hash table of two buckets an entry. Afterwards the cache allocates nothing (K and
// V may), except in set_max_entries().
//
// Two limits: the number of entries, which is mandatory, and the sum of their weights, as `Weigher`
// computes them when an entry is put in. `OnRemove` is told of every entry that leaves, and why,
// after the entry has left and its place is free. It is not called by the destructor and by a move
// assignment. Time to live: keep a deadline in V and look up with get_if(), which removes what is
// too old; the cache reads no clock.
//
// Exceptions: whatever hash, equality, K, V, weigher or callback throw, the cache stays whole. get,
// peek, put, try_emplace, get_or_add and get_or_make have the strong guarantee, with two
// exceptions. When OnRemove throws, the operation is done, the entries it was told of are gone, and
// the total weight may stay above its limit until the next insertion. When V's move constructor may
// throw, put() over a present key assigns, with the guarantee of V's assignment. Pointers to values
// are valid until their entry leaves or set_max_entries(); iterators are too, and follow the order.
//
// Coming back: constructors and destructors of K and V, weigher, OnRemove and `make` may use the
// cache; an entry has left it before it is destroyed. put() returns null if what came back put the
// new entry out, or swapped or resized the cache; a constructor or the weigher of an entry that is
// made, and a destructor of what may throw when it is moved, must do neither (the program ends).
// While the cache is destroyed it takes nothing in. Moves of K and V must not use it, the copy of a
// key for OnRemove must not remove its entry, and
// what comes back must not remove an entry of which an argument of put() or try_emplace() is a
// part. Hash, equality and the functions of for_each, get_if and erase_if may read it, but must not
// change it: hash and equality are called before anything has changed, and a cache that is changed
// by its equality ends the program with a sentence.
//
// Thread-safety: none; get() changes the order, so even readers need a lock. peek() is a const
// reader. Ideas: folly::EvictingCacheMap (the interface), CacheLib (links of 4 bytes), lru-rs#238
// (unlink first, destroy last).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <type_traits>
#include <utility>

#include <snug/detail/construct.hpp>
#include <snug/detail/fail.hpp>
#include <snug/detail/lru_books.hpp>

namespace snug {

// Why an entry left a cache.
enum class removal {
  too_many,   // the newest entry needed its place
  too_heavy,  // the newest entry needed its weight
  replaced,   // put() with the same key
  erased,     // erase(), erase_if(), pop_oldest()
  cleared,    // clear()
  expired,    // get_if() found it and refused it
};

// The weigher of caches without weights: every entry weighs 1, and nothing is stored for it.
struct unit_weight {
  template <class K, class V>
  constexpr std::uint64_t operator()(const K&, const V&) const noexcept {
    return 1;
  }
};

// The callback of caches that nobody watches.
struct ignore_removal {
  template <class K, class V>
  constexpr void operator()(K&&, V&&, removal) const noexcept {}
};

template <class K, class V, class Hash = lru_hash<K>, class Equal = std::equal_to<>,
          class Weigher = unit_weight, class OnRemove = ignore_removal>
class lru_cache
    : private detail::lru_books<K, V, Hash, Equal, !std::is_same_v<Weigher, unit_weight>> {
  static_assert(
      std::is_object_v<K> && std::is_object_v<V> && !std::is_const_v<K> && !std::is_const_v<V> &&
          !std::is_array_v<K> && !std::is_array_v<V>,
      "snug::lru_cache<K, V> holds objects: K and V must not be references, arrays or const");
  static constexpr bool weighted = !std::is_same_v<Weigher, unit_weight>;
  static constexpr bool watched = !std::is_same_v<OnRemove, ignore_removal>;
  // Whether nothing of the entries or functions can run code of the user's while the books change.
  static constexpr bool plain =
      std::is_trivially_copyable_v<K> && std::is_trivially_copyable_v<V> &&
      std::is_copy_constructible_v<K> && std::is_copy_constructible_v<V> && !weighted && !watched;
  static constexpr bool moves =
      std::is_nothrow_move_constructible_v<K> && std::is_nothrow_move_constructible_v<V>;
  using books = detail::lru_books<K, V, Hash, Equal, weighted>;
  using books::changes_, books::chain_, books::destroy, books::enter, books::free_,
      books::give_back, books::leave, books::max_entries_, books::newest_, books::nodes_,
      books::oldest_, books::put_in, books::require_memory_stays, books::require_no_comparison,
      books::size_, books::spread, books::take_out, books::to_front, books::weight_;
  using typename books::in_place;
  using typename books::index;
  using typename books::node;
  using typename books::pin;

  static constexpr bool nothrow_functions = std::is_nothrow_move_constructible_v<Hash> &&
                                            std::is_nothrow_move_constructible_v<Equal> &&
                                            std::is_nothrow_move_constructible_v<Weigher> &&
                                            std::is_nothrow_move_constructible_v<OnRemove>;
  static constexpr bool nothrow_swaps =
      std::is_nothrow_swappable_v<Hash> && std::is_nothrow_swappable_v<Equal> &&
      std::is_nothrow_swappable_v<Weigher> && std::is_nothrow_swappable_v<OnRemove>;

  template <class Q>
  static constexpr bool can_look_up =
      std::is_same_v<Q, K> ||
      (requires { typename Hash::is_transparent; } && std::is_invocable_v<const Hash&, const Q&>);

 public:
  using key_type = K;
  using mapped_type = V;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using iterator = typename books::template basic_iterator<false>;
  using const_iterator = typename books::template basic_iterator<true>;
  using value_type = std::iter_value_t<const_iterator>;
  using reference = std::iter_reference_t<iterator>;
  using const_reference = std::iter_reference_t<const_iterator>;

  // A cache of at most `max_entries` entries, whose memory is allocated here. Throws
  // std::bad_alloc, std::length_error from 2^30 - 2 entries on. A cache of 0 entries keeps nothing.
  explicit lru_cache(size_type max_entries, OnRemove on_remove = {}, Hash hash = {},
                     Equal equal = {})
      : lru_cache(max_entries, std::numeric_limits<std::uint64_t>::max(), Weigher{},
                  std::move(on_remove), std::move(hash), std::move(equal)) {}
  // The same with a limit for the sum of weights.
  lru_cache(size_type max_entries, std::uint64_t max_weight, Weigher weigher = {},
            OnRemove on_remove = {}, Hash hash = {}, Equal equal = {})
      : books(max_entries),
        max_weight_(std::min<std::uint64_t>(max_weight, std::numeric_limits<std::int64_t>::max())),
        hash_(std::move(hash)),
        equal_(std::move(equal)),
        weigher_(std::move(weigher)),
        on_remove_(std::move(on_remove)) {}
  // Takes over entries, memory and functions; `other` becomes a cache of 0 entries, whose functions
  // are as their moves leave them: an empty std::function throws when a key is hashed, until
  // another cache is assigned.
  lru_cache(lru_cache&& other) noexcept(nothrow_functions)
      : max_weight_(other.max_weight_),
        hash_(std::move(other.hash_)),
        equal_(std::move(other.equal_)),
        weigher_(std::move(other.weigher_)),
        on_remove_(std::move(other.on_remove_)) {
    books::swap(other);
    take_counts(other);
  }
  // The same; the own entries are destroyed, and OnRemove is not told.
  lru_cache& operator=(lru_cache&& other) noexcept(nothrow_functions && nothrow_swaps)
    requires(std::is_swappable_v<Hash> && std::is_swappable_v<Equal> &&
             std::is_swappable_v<Weigher> && std::is_swappable_v<OnRemove>)
  {
    lru_cache taken(std::move(other));
    swap(taken);
    return *this;
  }
  lru_cache(const lru_cache&) = delete;
  lru_cache& operator=(const lru_cache&) = delete;
  ~lru_cache() {
    if constexpr (!std::is_trivially_destructible_v<K> || !std::is_trivially_destructible_v<V>) {
      max_entries_ = 0;  // destructors that put get nothing
      while (size_ != 0) {
        index i = oldest_;
        take_out(i);
        discard(i);
      }
    }
  }

  // The value of `key`, which becomes the newest entry; null when it is not there. O(1).
  template <class Q = K>
  [[nodiscard]] V* get(const Q& key) {
    index i = find_here(key, hash_of(key));
    if (i == 0) {
      ++misses_;
      return nullptr;
    }
    ++hits_;
    to_front(i);
    return std::addressof(nodes_[i].value);
  }
  // The same, but the order of use stays.
  template <class Q = K>
  [[nodiscard]] const V* peek(const Q& key) const {
    index i = find(key, hash_of(key));
    return i == 0 ? nullptr : std::addressof(nodes_[i].value);
  }
  template <class Q = K>
  [[nodiscard]] bool contains(const Q& key) const {
    return find(key, hash_of(key)) != 0;
  }

  // The value of `key`, as by get(), if usable(value) is true; otherwise the entry leaves the cache
  // (removal::expired). Null and a miss when it is not there or not usable.
  template <class Q = K, class F>
  [[nodiscard]] V* get_if(const Q& key, F usable) {
    index i = find_here(key, hash_of(key));
    bool good = i != 0 && usable(std::as_const(nodes_[i].value));
    if (good) {
      ++hits_;
      to_front(i);
      return std::addressof(nodes_[i].value);
    }
    ++misses_;
    if (i != 0) remove(i, removal::expired);
    return nullptr;
  }

  // Puts the value under the key, as the newest entry. Returns its address; null when it weighs
  // more than the limit for all: then it is not kept, and neither is an older value of the key.
  // Key and value may be parts of the cache. O(1), amortised over weights.
  template <class Key, class U = V>
    requires(std::is_constructible_v<K, Key> && std::is_constructible_v<V, U>)
  V* put(Key&& key, U&& value) {
    std::uint32_t h = hash_of(key);
    if (index i = find_here(key, h))
      return replace(i, std::forward<Key>(key), h, std::forward<U>(value));
    return add(h, std::forward<Key>(key), std::forward<U>(value));
  }
  // The value of `key`, made from `args` if it is not there: a new entry, or one that becomes the
  // newest. {null, false} when a new one weighs too much.
  template <class Key, class... Args>
    requires(std::is_constructible_v<K, Key> && std::is_constructible_v<V, Args...>)
  std::pair<V*, bool> try_emplace(Key&& key, Args&&... args) {
    std::uint32_t h = hash_of(key);
    if (index i = find_here(key, h)) {
      ++hits_;
      to_front(i);
      return {std::addressof(nodes_[i].value), false};
    }
    ++misses_;
    V* made = add(h, std::forward<Key>(key), std::forward<Args>(args)...);
    return {made, made != nullptr};
  }
  // The value of `key` in the cache, which make(key) makes if it is not there. Null when what was
  // made weighs too much: then it is not kept. `make` may use the cache.
  template <class Key, class F>
  V* get_or_add(const Key& key, F make) {
    std::uint32_t h = hash_of(key);
    if (index i = find_here(key, h)) {
      ++hits_;
      to_front(i);
      return std::addressof(nodes_[i].value);
    }
    ++misses_;
    decltype(auto) own = kept_key(key);
    V made = make(key);
    if (index i = find_here(own, h))  // make() put it there
      return replace(i, std::forward<decltype(own)>(own), h, std::move(made));
    return add(h, std::forward<decltype(own)>(own), std::move(made));
  }
  // A copy of the value of `key`, which make(key) makes if it is not there, whatever it weighs.
  // `make` may use the cache.
  template <class Key, class F>
  V get_or_make(const Key& key, F make) {
    std::uint32_t h = hash_of(key);
    if (index i = find_here(key, h)) {
      ++hits_;
      to_front(i);
      return nodes_[i].value;
    }
    ++misses_;
    return make_and_add(key, h, make);
  }

  // Removes the entry of `key`; false when there is none. O(1).
  template <class Q = K>
  bool erase(const Q& key) {
    index i = find_here(key, hash_of(key));
    if (i == 0) return false;
    remove(i, removal::erased);
    return true;
  }
  // Removes the entries for which drop(key, value) is true; returns their number. O(size()); an
  // entry may be asked about again when what it meets came back and removed others.
  template <class F>
  size_type erase_if(F drop) {
    size_type erased = 0;
    for (index i = newest_; i != 0;) {
      index next = i == oldest_ ? 0 : nodes_[i].older;
      if (drop(std::as_const(nodes_[i].key), std::as_const(nodes_[i].value))) {
        pin kept(*this, next);
        remove(i, removal::erased);
        ++erased;
        if (kept.node == 0 && next != 0) next = newest_;
      }
      i = next;
    }
    return erased;
  }
  // Removes the entry that was not used for the longest time; false when the cache is empty.
  bool pop_oldest() {
    if (size_ == 0) return false;
    remove(oldest_, removal::erased);
    return true;
  }
  // Removes all entries, the oldest first, and those that OnRemove and destructors put in.
  void clear() {
    while (size_ != 0) {
      remove(oldest_, removal::cleared);
    }
  }
  // Removes the oldest entries until the weights fit into `max_weight`, the limit from now on.
  void set_max_weight(std::uint64_t max_weight) {
    max_weight_ = std::min<std::uint64_t>(max_weight, std::numeric_limits<std::int64_t>::max());
    trim();
  }
  // Goes over to memory for `max_entries` entries, the limit from now on; the oldest that are more
  // leave (removal::too_many). Strong guarantee until the first of them leaves. O(size()). Pointers
  // to values and iterators are invalid.
  void set_max_entries(size_type max_entries) {
    static_assert(
        moves,
        "snug::lru_cache: set_max_entries() moves the entries, so K and V must be nothrow "
        "move constructible");
    require_memory_stays();
    books other(max_entries);
    struct place {
      index node;
      std::uint32_t hash;
    };
    auto places = std::make_unique<place[]>(size_);
    size_type kept = 0;
    std::uint64_t changes = changes_;
    for (index i = newest_; kept < std::min(size_, max_entries); i = nodes_[i].older) {
      places[kept++] = {i, hash_of(nodes_[i].key)};
      if (changes != changes_) detail::fatal("lru_cache: the hash of keys changed the cache");
    }
    while (kept > 0) {
      place from = places[--kept];
      index to = std::exchange(other.free_, other.chain_[other.free_]);
      std::construct_at(std::addressof(other.nodes_[to].key), std::move(nodes_[from.node].key));
      std::construct_at(std::addressof(other.nodes_[to].value), std::move(nodes_[from.node].value));
      other.nodes_[to].weight = nodes_[from.node].weight;
      other.put_in(to, from.hash);
      take_out(from.node);
      destroy(from.node);
      give_back(from.node);
    }
    books::swap(other);
    // `other` has the entries that leave now; those left when OnRemove throws are destroyed.
    detail::rollback destroy_rest([&]() noexcept { destroy_all(other); });
    while (other.size_ != 0) {
      index i = other.oldest_;
      ++evictions_;
      if constexpr (watched) {
        K key(std::move(other.nodes_[i].key));
        V value(std::move(other.nodes_[i].value));
        other.take_out(i);
        other.destroy(i);
        on_remove_(std::move(key), std::move(value), removal::too_many);
      } else {
        other.take_out(i);
        other.destroy(i);
      }
    }
  }

  // Calls f(key, value) for every entry, the newest first.
  template <class F>
  void for_each(F f) const {
    for (const auto& e : *this) f(e.key, e.value);
  }
  // The entries, the newest first; `*it` has the members `key` and `value`.
  [[nodiscard]] iterator begin() noexcept { return iterator(this, newest_); }
  [[nodiscard]] iterator end() noexcept { return iterator(this, 0); }
  [[nodiscard]] const_iterator begin() const noexcept { return const_iterator(this, newest_); }
  [[nodiscard]] const_iterator end() const noexcept { return const_iterator(this, 0); }
  [[nodiscard]] const_iterator cbegin() const noexcept { return begin(); }
  [[nodiscard]] const_iterator cend() const noexcept { return end(); }
  // The entry that would have to leave first, or end(). O(1).
  [[nodiscard]] iterator oldest() noexcept { return iterator(this, oldest_); }
  [[nodiscard]] const_iterator oldest() const noexcept { return const_iterator(this, oldest_); }

  // Exchanges entries, limits and functions. O(1); pointers to values stay.
  void swap(lru_cache& other) noexcept(nothrow_swaps)
    requires(std::is_swappable_v<Hash> && std::is_swappable_v<Equal> &&
             std::is_swappable_v<Weigher> && std::is_swappable_v<OnRemove>)
  {
    using std::swap;
    require_memory_stays();
    other.require_memory_stays();
    // What may throw comes first.
    swap(hash_, other.hash_);
    swap(equal_, other.equal_);
    swap(weigher_, other.weigher_);
    swap(on_remove_, other.on_remove_);
    books::swap(other);
    swap(hits_, other.hits_);
    swap(misses_, other.misses_);
    swap(evictions_, other.evictions_);
    swap(max_weight_, other.max_weight_);
  }
  friend void swap(lru_cache& a, lru_cache& b) noexcept(nothrow_swaps)
    requires(std::is_swappable_v<Hash> && std::is_swappable_v<Equal> &&
             std::is_swappable_v<Weigher> && std::is_swappable_v<OnRemove>)
  {
    a.swap(b);
  }

  [[nodiscard]] size_type size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] size_type max_entries() const noexcept { return max_entries_; }
  // The sum of the weights of all entries; without a weigher their number.
  [[nodiscard]] std::uint64_t weight() const noexcept { return weight_; }
  [[nodiscard]] std::uint64_t max_weight() const noexcept { return max_weight_; }
  // The bytes of all entries and the table.
  [[nodiscard]] size_type memory_bytes() const noexcept { return books::bytes(); }
  // How often get, get_if, try_emplace, get_or_add and get_or_make found their key, and did not;
  // entries put out for a limit.
  [[nodiscard]] std::uint64_t hits() const noexcept { return hits_; }
  [[nodiscard]] std::uint64_t misses() const noexcept { return misses_; }
  [[nodiscard]] std::uint64_t evictions() const noexcept { return evictions_; }

 private:
  // A function of its own with one variable to return: g++ makes it in its place only then, and a
  // move that throws behind the insertion would break the guarantee.
  template <class Key, class F>
  V make_and_add(const Key& key, std::uint32_t h, F& make) {
    decltype(auto) own = kept_key(key);
    V made = make(key);
    if (index i = find_here(own, h)) {  // make() put it there
      replace(i, std::forward<decltype(own)>(own), h, made);
    } else {
      add(h, std::forward<decltype(own)>(own), made);
    }
    return made;
  }
  // The key of an entry to be, apart from the argument, which may be a part of one that leaves.
  template <class Key>
  static decltype(auto) kept_key(const Key& key) {
    if constexpr (std::is_move_constructible_v<K>) {
      return K(detail::made_of<K>(key));
    } else {
      return (key);
    }
  }
  template <class Q>
  std::uint32_t hash_of(const Q& key) const {
    static_assert(can_look_up<Q> || std::is_convertible_v<const Q&, K>,
                  "snug::lru_cache: the key's type is not the cache's, and Hash is not transparent "
                  "(it has no is_transparent, or does not take this type)");
    std::uint64_t h = 0;
    if constexpr (can_look_up<Q>) {
      h = hash_(key);
    } else {
      h = hash_(static_cast<const K&>(key));
    }
    return spread(h);
  }
  template <class Q>
  bool is_equal(const K& mine, const Q& key) const {
    if constexpr (can_look_up<Q>) {
      return static_cast<bool>(equal_(mine, key));
    } else {
      return static_cast<bool>(equal_(mine, static_cast<const K&>(key)));
    }
  }
  template <class Q>
  index find(const Q& key, std::uint32_t hash) const {
    return books::find_entry(hash, [&](const K& mine) { return is_equal(mine, key); });
  }
  // The same for functions that change the cache, which notice when the equality does.
  template <class Q>
  index find_here(const Q& key, std::uint32_t hash) {
    const typename books::comparison now(*this);
    return find(key, hash);
  }
  static void destroy_all(books& of) noexcept {
    while (of.size_ != 0) {
      index i = of.oldest_;
      of.take_out(i);
      of.destroy(i);
    }
  }
  void take_counts(lru_cache& other) noexcept {
    hits_ = std::exchange(other.hits_, 0);
    misses_ = std::exchange(other.misses_, 0);
    evictions_ = std::exchange(other.evictions_, 0);
  }
  // Makes a new entry: first its objects, in a free place; then it is entered in the books, which
  // cannot fail; then old entries leave.
  template <class Key, class... Args>
  V* add(std::uint32_t h, Key&& key, Args&&... args) {
    require_no_comparison();
    if (max_entries_ == 0) return nullptr;
    if constexpr (plain) {
      std::uint64_t changes = changes_;
      K new_key = detail::made_of<K>(std::forward<Key>(key));
      V new_value = detail::made_of<V>(std::forward<Args>(args)...);
      if (max_weight_ == 0 || max_entries_ == 0) return nullptr;
      if (changes != changes_) {  // a conversion has used the cache
        if (index i = find(new_key, h)) remove(i, removal::replaced);
      }
      index i = free_;
      if (size_ >= max_entries_ || size_ >= max_weight_) {  // the oldest becomes the newest
        i = oldest_;
        leave(i);
        ++evictions_;
        to_front(i);
        std::construct_at(std::addressof(nodes_[i].key), new_key);
        std::construct_at(std::addressof(nodes_[i].value), new_value);
        enter(i, h);
        ++changes_;
      } else {
        free_ = chain_[i];
        std::construct_at(std::addressof(nodes_[i].key), new_key);
        std::construct_at(std::addressof(nodes_[i].value), new_value);
        put_in(i, h);
      }
      return std::addressof(nodes_[i].value);
    } else {
      while (free_ == 0) {  // this is a constructor or a destructor of an entry
        if (size_ == 0) return nullptr;
        ++evictions_;
        remove(oldest_, removal::too_many);
      }
      index i = std::exchange(free_, chain_[free_]);
      node& n = nodes_[i];
      std::uint64_t changes = changes_;
      index put_meanwhile = 0;
      std::uint64_t w = 0;
      detail::rollback undo_place([&]() noexcept { give_back(i); });
      in_place now(*this);
      std::construct_at(std::addressof(n.key), std::forward<Key>(key));
      detail::rollback undo_key([&]() noexcept { std::destroy_at(std::addressof(n.key)); });
      std::construct_at(std::addressof(n.value), std::forward<Args>(args)...);
      detail::rollback undo_value([&]() noexcept { std::destroy_at(std::addressof(n.value)); });
      w = weigher_(std::as_const(n.key), std::as_const(n.value));
      if (changes != changes_) put_meanwhile = find_here(std::as_const(n.key), h);
      if (w > max_weight_ || max_entries_ == 0) return nullptr;
      now.over();
      undo_value.dismiss();
      undo_key.dismiss();
      undo_place.dismiss();

      n.weight = w;
      put_in(i, h);
      pin kept(*this, i);
      if (put_meanwhile != 0) remove(put_meanwhile, removal::replaced);
      trim();
      return kept.value();
    }
  }

  template <class Key, class U>
  V* replace(index i, Key&& key, std::uint32_t h, U&& value) {
    require_no_comparison();
    std::uint64_t changes = changes_;
    // Whether the entry is gone, as what has just run has used the cache.
    auto is_gone = [&]() {
      if (changes == changes_) return false;
      changes = changes_;
      i = find(key, h);
      return i == 0;
    };
    [[maybe_unused]] auto told = key_for_callback(i);
    V fresh = detail::made_of<V>(std::forward<U>(value));
    if (is_gone()) return add(h, std::forward<Key>(key), std::move(fresh));
    std::uint64_t w = weigher_(std::as_const(nodes_[i].key), std::as_const(fresh));
    if (is_gone()) return add(h, std::forward<Key>(key), std::move(fresh));
    if (w > max_weight_) {
      remove(i, removal::replaced);
      return nullptr;
    }
    if constexpr (watched) {
      pin kept(*this, i);
      V old(std::move(nodes_[i].value));
      renew(i, fresh);
      reweigh(i, w);
      on_remove_(std::move(told), std::move(old), removal::replaced);
      trim();
      return kept.value();
    } else if constexpr (std::is_nothrow_move_constructible_v<V>) {
      pin kept(*this, i);
      {
        [[maybe_unused]] V old(std::move(nodes_[i].value));
        renew(i, fresh);
        reweigh(i, w);
      }  // destroyed when the cache is whole
      trim();
      return kept.value();
    } else {
      pin kept(*this, i);
      nodes_[i].value = std::move(fresh);
      if (kept.node != 0) reweigh(i, w);
      trim();
      return kept.value();
    }
  }
  // What OnRemove is told of a value that is replaced, whose key stays: a copy.
  auto key_for_callback([[maybe_unused]] index i) const {
    if constexpr (watched) {
      static_assert(
          std::is_copy_constructible_v<K>,
          "snug::lru_cache: put() tells OnRemove the key of a replaced value, so K must be "
          "copyable; erase the old entry first");
      return K(std::as_const(nodes_[i].key));
    } else {
      return 0;
    }
  }
  // Puts `fresh` in the place of a value that was moved from.
  void renew(index i, V& fresh) noexcept {
    V* at = std::addressof(nodes_[i].value);
    std::destroy_at(at);
    std::construct_at(at, std::move(fresh));
  }
  void reweigh(index i, std::uint64_t w) noexcept {
    weight_ += w - nodes_[i].weight;
    nodes_[i].weight = w;
    to_front(i);
  }

  // Puts the oldest entries out until both limits hold.
  void trim() {
    while (size_ > max_entries_ || weight_ > max_weight_) {
      if (size_ == 0) return;
      ++evictions_;
      remove(oldest_, size_ > max_entries_ ? removal::too_many : removal::too_heavy);
    }
  }

  // Takes an entry out of the books, then tells OnRemove, then destroys it.
  void remove(index i, [[maybe_unused]] removal why) {
    take_out(i);
    if constexpr (watched) {
      static_assert(
          std::is_nothrow_move_constructible_v<K> && std::is_nothrow_move_constructible_v<V>,
          "snug::lru_cache: OnRemove is given the entry, so K and V must be nothrow move "
          "constructible");
      node& n = nodes_[i];
      K key(std::move(n.key));
      V value(std::move(n.value));
      destroy(i);
      give_back(i);
      on_remove_(std::move(key), std::move(value), why);
    } else {
      discard(i);
    }
  }
  // Destroys an entry that is in no book any more.
  void discard(index i) noexcept {
    if constexpr (moves &&
                  !(std::is_trivially_destructible_v<K> && std::is_trivially_destructible_v<V>)) {
      node& n = nodes_[i];
      [[maybe_unused]] K key(std::move(n.key));
      [[maybe_unused]] V value(std::move(n.value));
      destroy(i);
      give_back(i);  // a destructor that comes back finds the place free
    } else {
      const in_place now(*this);
      destroy(i);
      give_back(i);
    }
  }

  std::uint64_t max_weight_ = 0;
  std::uint64_t hits_ = 0;
  std::uint64_t misses_ = 0;
  std::uint64_t evictions_ = 0;
  SNUG_NO_UNIQUE_ADDRESS Hash hash_;
  SNUG_NO_UNIQUE_ADDRESS Equal equal_;
  SNUG_NO_UNIQUE_ADDRESS Weigher weigher_;
  SNUG_NO_UNIQUE_ADDRESS OnRemove on_remove_;
};

}  // namespace snug
