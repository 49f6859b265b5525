// A cache that forgets the entry that was not used for the longest time.
//
// Example:
//
//     #include <snug/lru_cache.hpp>
//     #include <string>
//
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
// V may).
//
// Two limits: the number of entries, which is mandatory, and the sum of their weights, as `Weigher`
// computes them when an entry is put in. `OnRemove` is told of every entry that leaves, and why,
// after the entry has left and its place is free: it may use the cache, but not put the newest
// entry out, to which put() is about to return a pointer. It is not called by the destructor.
//
// Exceptions: whatever hash, equality, K, V, weigher or callback throw, the cache stays whole. get,
// peek, put, try_emplace and get_or_make have the strong guarantee, except when OnRemove throws:
// then the operation is done, the entries it was told of are gone, and the total weight may stay
// above its limit until the next insertion. Pointers to values are valid until their entry leaves.
//
// Thread-safety: none; get() changes the order, so even readers need a lock. peek() is a const
// reader. Ideas: folly::EvictingCacheMap (the interface), CacheLib (links of 4 bytes), lru-rs#238
// (unlink first, destroy last).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <snug/detail/fail.hpp>

namespace snug {

// Why an entry left a cache.
enum class removal {
  too_many,   // the newest entry needed its place
  too_heavy,  // the newest entry needed its weight
  replaced,   // put() with the same key
  erased,     // erase(), pop_oldest()
  cleared,    // clear()
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

// std::hash; for strings one that takes anything that converts to a string_view.
template <class K>
struct lru_hash : std::hash<K> {};
template <class C, class T, class A>
struct lru_hash<std::basic_string<C, T, A>> {
  using is_transparent = void;
  std::size_t operator()(std::basic_string_view<C, T> s) const noexcept {
    return std::hash<std::basic_string_view<C, T>>{}(s);
  }
};

template <class K, class V, class Hash = lru_hash<K>, class Equal = std::equal_to<>,
          class Weigher = unit_weight, class OnRemove = ignore_removal>
class lru_cache {
  static constexpr bool weighted = !std::is_same_v<Weigher, unit_weight>;
  static constexpr bool watched = !std::is_same_v<OnRemove, ignore_removal>;
  using index = std::uint32_t;
  // In a bucket or at the end of a chain: the number of the bucket itself, with this bit. So an
  // entry finds its bucket without its hash, which may throw.
  static constexpr index end_of_chain = index{1} << 31;
  struct no_weight {
    constexpr no_weight(std::uint64_t = 0) noexcept {}
    constexpr operator std::uint64_t() const noexcept { return 1; }
  };

  // Node 0 closes the ring of the order of use and has no entry.
  struct node {
    index newer;
    index older;
    SNUG_NO_UNIQUE_ADDRESS std::conditional_t<weighted, std::uint64_t, no_weight> weight;
    union {
      K key;
    };
    union {
      V value;
    };
    node() noexcept : newer(0), older(0), weight(0) {}
    ~node() {}
  };

  template <class Q>
  static constexpr bool can_look_up =
      std::is_same_v<Q, K> ||
      (requires { typename Hash::is_transparent; } && std::is_invocable_v<const Hash&, const Q&>);

 public:
  using key_type = K;
  using mapped_type = V;
  using size_type = std::size_t;

  // A cache of at most `max_entries` entries, whose memory is allocated here. Throws
  // std::bad_alloc, std::length_error from 2^31 - 2 entries on. A cache of 0 entries keeps nothing.
  explicit lru_cache(size_type max_entries, OnRemove on_remove = {}, Hash hash = {},
                     Equal equal = {})
      : lru_cache(max_entries, std::numeric_limits<std::uint64_t>::max(), Weigher{},
                  std::move(on_remove), std::move(hash), std::move(equal)) {}
  // The same with a limit for the sum of weights.
  lru_cache(size_type max_entries, std::uint64_t max_weight, Weigher weigher = {},
            OnRemove on_remove = {}, Hash hash = {}, Equal equal = {})
      : max_entries_(max_entries),
        max_weight_(std::min<std::uint64_t>(max_weight, std::numeric_limits<std::int64_t>::max())),
        hash_(std::move(hash)),
        equal_(std::move(equal)),
        weigher_(std::move(weigher)),
        on_remove_(std::move(on_remove)) {
    if (max_entries >= end_of_chain - 2) {
      detail::raise<std::length_error>("snug::lru_cache: max_entries must be below 2^31 - 2");
    }
    // One place more than entries: a new entry is made before an old one leaves.
    node_count_ = static_cast<index>(max_entries) + 2;
    bucket_count_ = buckets_for(max_entries);
    memory_ = ::operator new(memory_bytes(), std::align_val_t{alignof(node)});
    nodes_ = static_cast<node*>(memory_);
    std::uninitialized_default_construct_n(nodes_, node_count_);
    chain_ = ::new (static_cast<void*>(nodes_ + node_count_)) index[node_count_];
    buckets_ = ::new (static_cast<void*>(chain_ + node_count_)) index[bucket_count_];
    for (index b = 0; b < bucket_count_; ++b) buckets_[b] = end_of_chain | b;
    for (index i = node_count_ - 1; i > 0; --i) give_back(i);
  }
  // Takes over entries and memory; `other` becomes a cache of 0 entries.
  lru_cache(lru_cache&& other) noexcept
      : hash_(std::move(other.hash_)),
        equal_(std::move(other.equal_)),
        weigher_(std::move(other.weigher_)),
        on_remove_(std::move(other.on_remove_)) {
    take_over(other);
  }
  lru_cache& operator=(lru_cache&&) = delete;
  lru_cache(const lru_cache&) = delete;
  lru_cache& operator=(const lru_cache&) = delete;
  ~lru_cache() {
    if (memory_ == nullptr) return;
    for (index i = nodes_[0].older; i != 0; i = nodes_[i].older) destroy(i);
    ::operator delete(memory_, std::align_val_t{alignof(node)});
  }

  // The value of `key`, which becomes the newest entry; null when it is not there. O(1).
  template <class Q = K>
  [[nodiscard]] V* get(const Q& key) {
    index i = find(key, hash_of(key));
    count(i != 0);
    if (i == 0) return nullptr;
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

  // Puts the value under the key, as the newest entry. Returns its address; null when it weighs
  // more than the limit for all: then it is not kept, and neither is an older value of the key.
  // O(1), amortised over weights.
  template <class Key, class U = V>
  V* put(Key&& key, U&& value) {
    std::uint32_t h = hash_of(key);
    if (index i = find(key, h)) return replace(i, std::forward<U>(value));
    return add(h, std::forward<Key>(key), std::forward<U>(value));
  }
  // The value of `key`, made from `args` if it is not there: a new entry, or one that becomes the
  // newest. {null, false} when a new one weighs too much.
  template <class Key, class... Args>
  std::pair<V*, bool> try_emplace(Key&& key, Args&&... args) {
    std::uint32_t h = hash_of(key);
    if (index i = find(key, h)) {
      count(true);
      to_front(i);
      return {std::addressof(nodes_[i].value), false};
    }
    count(false);
    V* made = add(h, std::forward<Key>(key), std::forward<Args>(args)...);
    return {made, made != nullptr};
  }
  // A copy of the value of `key`, which make(key) makes if it is not there. `make` may use the
  // cache.
  template <class Key, class F>
  V get_or_make(const Key& key, F make) {
    std::uint32_t h = hash_of(key);
    if (index i = find(key, h)) {
      count(true);
      to_front(i);
      return nodes_[i].value;
    }
    count(false);
    V made = make(key);
    if (index i = find(key, h)) {  // make() put it there
      replace(i, made);
    } else {
      add(h, key, made);
    }
    return made;
  }

  // Removes the entry of `key`; false when there is none. O(1).
  template <class Q = K>
  bool erase(const Q& key) {
    index i = find(key, hash_of(key));
    if (i == 0) return false;
    remove(i, removal::erased);
    return true;
  }
  // Removes the entry that was not used for the longest time; false when the cache is empty.
  bool pop_oldest() {
    if (size_ == 0) return false;
    remove(nodes_[0].newer, removal::erased);
    return true;
  }
  // Removes all entries, the oldest first.
  void clear() {
    while (size_ != 0) remove(nodes_[0].newer, removal::cleared);
  }
  // Removes the oldest entries until the weights fit into `max_weight`, the limit from now on.
  void set_max_weight(std::uint64_t max_weight) {
    max_weight_ = std::min<std::uint64_t>(max_weight, std::numeric_limits<std::int64_t>::max());
    trim();
  }

  // Calls f(key, value) for every entry, the newest first. `f` must not change the cache.
  template <class F>
  void for_each(F f) const {
    for (index i = first(); i != 0; i = nodes_[i].older) {
      f(std::as_const(nodes_[i].key), std::as_const(nodes_[i].value));
    }
  }

  [[nodiscard]] size_type size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] size_type max_entries() const noexcept { return max_entries_; }
  // The sum of the weights of all entries; without a weigher their number.
  [[nodiscard]] std::uint64_t weight() const noexcept { return weight_; }
  [[nodiscard]] std::uint64_t max_weight() const noexcept { return max_weight_; }
  // The bytes that the constructor allocated.
  [[nodiscard]] size_type memory_bytes() const noexcept {
    return node_count_ * (sizeof(node) + sizeof(index)) + bucket_count_ * sizeof(index);
  }
  // How often get, try_emplace and get_or_make found their key, and did not; entries put out for a
  // limit.
  [[nodiscard]] std::uint64_t hits() const noexcept { return hits_; }
  [[nodiscard]] std::uint64_t misses() const noexcept { return misses_; }
  [[nodiscard]] std::uint64_t evictions() const noexcept { return evictions_; }

 private:
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
  // std::hash of a number is the number: every bit of it must reach the upper bits. The halves of
  // the product with a constant, one over the other.
  static std::uint32_t spread(std::uint64_t h) noexcept {
#if defined(__SIZEOF_INT128__)
    __extension__ using wide = unsigned __int128;
    wide product = wide{h} * 0x9e3779b97f4a7c15u;
    return static_cast<std::uint32_t>((product >> 96) ^ (product >> 32));
#else
    h = (h ^ (h >> 32)) * 0xd6e8feb86659fd93u;
    return static_cast<std::uint32_t>(((h ^ (h >> 32)) * 0xd6e8feb86659fd93u) >> 32);
#endif
  }
  // Two buckets an entry, so that a chain seldom has a second node: 36 bytes for an entry of 16,
  // with the two nodes more than entries.
  static index buckets_for(size_type max_entries) noexcept {
    size_type wanted = 2 * max_entries - std::min<size_type>(max_entries, 16);
    return static_cast<index>(std::clamp<size_type>(wanted, 1, end_of_chain - 1));
  }
  index& bucket(std::uint32_t hash) const noexcept {
    return buckets_[(std::uint64_t{hash} * bucket_count_) >> 32];
  }
  // REQUIRES: the node is in a chain.
  index& bucket_of(index i) const noexcept {
    while ((i & end_of_chain) == 0) i = chain_[i];
    return buckets_[i - end_of_chain];
  }
  template <class Q>
  index find(const Q& key, std::uint32_t hash) const {
    if (size_ == 0) return 0;
    for (index i = bucket(hash); (i & end_of_chain) == 0; i = chain_[i]) {
      if constexpr (can_look_up<Q>) {
        if (equal_(std::as_const(nodes_[i].key), key)) return i;
      } else {
        if (equal_(std::as_const(nodes_[i].key), static_cast<const K&>(key))) return i;
      }
    }
    return 0;
  }
  // At the end of the chain: the entries that stay for long, because they are used often, are found
  // before those that come and go.
  void enter(index i, std::uint32_t hash) noexcept {
    index* link = &bucket(hash);
    while ((*link & end_of_chain) == 0) link = &chain_[*link];
    chain_[i] = std::exchange(*link, i);
  }
  void leave(index i) noexcept {
    index* link = &bucket_of(i);
    while (*link != i) link = &chain_[*link];
    *link = chain_[i];
  }
  index first() const noexcept { return size_ == 0 ? 0 : nodes_[0].older; }
  void count(bool hit) noexcept { ++(hit ? hits_ : misses_); }

  // The order of use: a ring through node 0, whose `older` is the newest entry, `newer` the oldest.
  void link_front(index i) noexcept {
    index second = nodes_[0].older;
    nodes_[i].newer = 0;
    nodes_[i].older = second;
    nodes_[second].newer = i;
    nodes_[0].older = i;
  }
  void unlink(index i) noexcept {
    nodes_[nodes_[i].newer].older = nodes_[i].older;
    nodes_[nodes_[i].older].newer = nodes_[i].newer;
  }
  void to_front(index i) noexcept {
    if (nodes_[0].older == i) return;
    unlink(i);
    link_front(i);
  }
  void give_back(index i) noexcept { chain_[i] = std::exchange(free_, i); }
  void destroy(index i) noexcept {
    std::destroy_at(std::addressof(nodes_[i].value));
    std::destroy_at(std::addressof(nodes_[i].key));
  }

  // Makes a new entry: first its objects, in a free place; then it is entered in the books, which
  // cannot fail; then old entries leave.
  template <class Key, class... Args>
  V* add(std::uint32_t h, Key&& key, Args&&... args) {
    if (max_entries_ == 0) return nullptr;
    index i = free_;
    SNUG_EXPECTS(i != 0, "lru_cache: a constructor of K or V, or a weigher, used the cache");
    node& n = nodes_[i];
    std::construct_at(std::addressof(n.key), std::forward<Key>(key));
    detail::rollback undo_key([&]() noexcept { std::destroy_at(std::addressof(n.key)); });
    std::construct_at(std::addressof(n.value), std::forward<Args>(args)...);
    detail::rollback undo_value([&]() noexcept { std::destroy_at(std::addressof(n.value)); });
    std::uint64_t w = weigher_(std::as_const(n.key), std::as_const(n.value));
    if (w > max_weight_) return nullptr;
    undo_value.dismiss();
    undo_key.dismiss();

    free_ = chain_[i];
    n.weight = w;
    enter(i, h);
    link_front(i);
    ++size_;
    weight_ += w;
    trim();
    return std::addressof(n.value);
  }

  template <class U>
  V* replace(index i, U&& value) {
    node& n = nodes_[i];
    V fresh = static_cast<V>(std::forward<U>(value));
    std::uint64_t w = weigher_(std::as_const(n.key), std::as_const(fresh));
    if (w > max_weight_) {
      remove(i, removal::replaced);
      return nullptr;
    }
    if constexpr (watched) {
      static_assert(
          std::is_copy_constructible_v<K> || !watched,
          "snug::lru_cache: put() tells OnRemove the key of a replaced value, so K must be "
          "copyable; erase the old entry first");
      K key_copy(std::as_const(n.key));
      V old(std::move(n.value));
      n.value = std::move(fresh);
      reweigh(i, w);
      on_remove_(std::move(key_copy), std::move(old), removal::replaced);
    } else {
      n.value = std::move(fresh);
      reweigh(i, w);
    }
    V* kept = std::addressof(n.value);
    trim();
    return kept;
  }
  void reweigh(index i, std::uint64_t w) noexcept {
    weight_ += w - nodes_[i].weight;
    nodes_[i].weight = w;
    to_front(i);
  }

  // Puts the oldest entries out until both limits hold.
  void trim() {
    while (size_ > max_entries_ || weight_ > max_weight_) {
      ++evictions_;
      remove(nodes_[0].newer, size_ > max_entries_ ? removal::too_many : removal::too_heavy);
    }
  }

  // Takes an entry out of the books, then tells OnRemove, then destroys it.
  void remove(index i, removal why) {
    node& n = nodes_[i];
    leave(i);
    unlink(i);
    --size_;
    weight_ -= n.weight;
    if constexpr (watched) {
      static_assert(
          std::is_nothrow_move_constructible_v<K> && std::is_nothrow_move_constructible_v<V>,
          "snug::lru_cache: OnRemove is given the entry, so K and V must be nothrow move "
          "constructible");
      K key(std::move(n.key));
      V value(std::move(n.value));
      destroy(i);
      give_back(i);
      on_remove_(std::move(key), std::move(value), why);
    } else {
      destroy(i);
      give_back(i);
    }
  }

  void take_over(lru_cache& other) noexcept {
    max_entries_ = std::exchange(other.max_entries_, 0);
    max_weight_ = other.max_weight_;
    memory_ = std::exchange(other.memory_, nullptr);
    nodes_ = std::exchange(other.nodes_, nullptr);
    chain_ = std::exchange(other.chain_, nullptr);
    buckets_ = std::exchange(other.buckets_, nullptr);
    node_count_ = std::exchange(other.node_count_, 0);
    bucket_count_ = std::exchange(other.bucket_count_, 0);
    free_ = std::exchange(other.free_, 0);
    size_ = std::exchange(other.size_, 0);
    weight_ = std::exchange(other.weight_, 0);
    hits_ = other.hits_;
    misses_ = other.misses_;
    evictions_ = other.evictions_;
  }

  void* memory_ = nullptr;
  node* nodes_ = nullptr;
  index* chain_ = nullptr;  // of each node: the next one of its bucket, or of the free ones
  index* buckets_ = nullptr;
  index node_count_ = 0;
  index bucket_count_ = 0;
  index free_ = 0;  // the first of the free nodes, which are linked by chain_
  size_type size_ = 0;
  size_type max_entries_ = 0;
  std::uint64_t weight_ = 0;
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
