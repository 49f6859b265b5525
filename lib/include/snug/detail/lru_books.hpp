// The books of lru_cache: its nodes, the hash table over them and the order of use.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <snug/detail/arrow.hpp>
#include <snug/detail/config.hpp>
#include <snug/detail/fail.hpp>

namespace snug {

// std::hash (which may be final); for strings one that takes anything that converts to a
// string_view.
template <class K>
struct lru_hash {
  constexpr std::size_t operator()(const K& key) const noexcept(noexcept(std::hash<K>{}(key))) {
    return std::hash<K>{}(key);
  }
};
template <class C, class T, class A>
struct lru_hash<std::basic_string<C, T, A>> {
  using is_transparent = void;
  std::size_t operator()(std::basic_string_view<C, T> s) const noexcept {
    return std::hash<std::basic_string_view<C, T>>{}(s);
  }
};

template <class K, class V, class Hash, class Equal, class Weigher, class OnRemove>
class lru_cache;

namespace detail {

// All memory is one piece: the nodes, the words of their chains, the buckets. Of the user's code
// only is_it() of find_entry() runs in here.
template <class K, class V, class Hash, class Equal, bool Weighted>
class lru_books {
  static constexpr bool is_number =
      std::is_arithmetic_v<K> || std::is_enum_v<K> || std::is_pointer_v<K>;
  // Hashing once more is faster than walking the chain for the bucket, and cannot throw.
  static constexpr bool cheap_hash = is_number && std::is_same_v<Hash, lru_hash<K>>;
  // Whether an equality can come back into the cache.
  static constexpr bool guarded = !(is_number && std::is_same_v<Equal, std::equal_to<>>);

 public:
  using size_type = std::size_t;
  using index = std::uint32_t;
  // A word names an entry in a bucket or chain: its number in the low bits, bits of its hash (as
  // many as there is room for) above them, and whether it is the last of its chain. So that most
  // look-ups of absent keys read one word.
  static constexpr index last_of_chain = index{1} << 30;
  // An empty bucket and what follows the last entry: the number of the bucket, with this bit. So an
  // entry finds its bucket without its hash, which may throw.
  static constexpr index end_of_chain = index{1} << 31;
  struct no_weight {
    constexpr no_weight(std::uint64_t = 0) noexcept {}
    constexpr operator std::uint64_t() const noexcept { return 1; }
  };

  // Node 0 has no entry: its number stands for none. The others that have one are a list in the
  // order of use; what is newer than the newest, and older than the oldest, has no meaning.
  struct node {
    index newer;
    index older;
    SNUG_NO_UNIQUE_ADDRESS std::conditional_t<Weighted, std::uint64_t, no_weight> weight;
    union {
      K key;
    };
    union {
      V value;
    };
    node() noexcept : newer(0), older(0), weight(0) {}
    ~node() {}
  };

  // From the newest entry to the oldest. What it points to has two members: `key` and `value`,
  // references. The order is as it is while the iterator moves.
  template <bool Const>
  class basic_iterator {
    using books = std::conditional_t<Const, const lru_books, lru_books>;

   public:
    struct reference {
      const K& key;
      std::conditional_t<Const, const V&, V&> value;
    };
    using iterator_concept = std::forward_iterator_tag;
    using iterator_category = std::input_iterator_tag;
    using value_type = reference;
    using difference_type = std::ptrdiff_t;
    using pointer = detail::arrow<reference>;

    basic_iterator() noexcept = default;
    template <bool C>
      requires(Const && !C)
    basic_iterator(const basic_iterator<C>& other) noexcept
        : books_(other.books_), at_(other.at_) {}

    reference operator*() const noexcept {
      return {books_->nodes_[at_].key, books_->nodes_[at_].value};
    }
    pointer operator->() const noexcept { return {**this}; }
    basic_iterator& operator++() noexcept {
      at_ = at_ == books_->oldest_ ? 0 : books_->nodes_[at_].older;
      return *this;
    }
    basic_iterator operator++(int) noexcept {
      auto old = *this;
      ++*this;
      return old;
    }
    friend bool operator==(const basic_iterator& a, const basic_iterator& b) noexcept {
      return a.at_ == b.at_;
    }

   private:
    friend class lru_books;
    template <class, class, class, class, class, class>
    friend class snug::lru_cache;
    template <bool>
    friend class basic_iterator;
    basic_iterator(books* of, index at) noexcept : books_(of), at_(at) {}
    books* books_ = nullptr;
    index at_ = 0;
  };

  lru_books() noexcept = default;
  // Throws std::bad_alloc, std::length_error from 2^30 - 2 entries on.
  explicit lru_books(size_type max_entries) { allocate(max_entries); }
  lru_books(const lru_books&) = delete;
  lru_books& operator=(const lru_books&) = delete;
  // REQUIRES: no entry is left.
  ~lru_books() {
    if (memory_ != nullptr) ::operator delete(memory_, std::align_val_t{alignof(node)});
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
  static size_type bytes_for(index nodes, index buckets) noexcept {
    return size_type{nodes} * (sizeof(node) + sizeof(index)) + size_type{buckets} * sizeof(index);
  }
  size_type bytes() const noexcept {
    return memory_ == nullptr ? 0 : bytes_for(node_count_, bucket_count_);
  }
  void allocate(size_type max_entries) {
    if (max_entries >= last_of_chain - 2) {
      detail::raise<std::length_error>("snug::lru_cache: max_entries must be below 2^30 - 2");
    }
    // One place more than entries: a new entry is made before an old one leaves.
    auto nodes = static_cast<index>(max_entries) + 2;
    index buckets = buckets_for(max_entries);
    memory_ = ::operator new(bytes_for(nodes, buckets), std::align_val_t{alignof(node)});
    max_entries_ = max_entries;
    node_count_ = nodes;
    bucket_count_ = buckets;
    number_mask_ = (index{1} << std::bit_width(nodes - 1)) - 1;
    tag_mask_ = ~(number_mask_ | last_of_chain);
    nodes_ = static_cast<node*>(memory_);
    std::uninitialized_default_construct_n(nodes_, node_count_);
    chain_ = ::new (static_cast<void*>(nodes_ + node_count_)) index[node_count_];
    buckets_ = ::new (static_cast<void*>(chain_ + node_count_)) index[bucket_count_];
    for (index b = 0; b < bucket_count_; ++b) buckets_[b] = end_of_chain | b;
    for (index i = node_count_ - 1; i > 0; --i) give_back(i);
  }

  index& bucket(std::uint32_t hash) const noexcept {
    return buckets_[(std::uint64_t{hash} * bucket_count_) >> 32];
  }
  // REQUIRES: the node is in a chain.
  index& bucket_of(index i) const noexcept {
    if constexpr (cheap_hash) {
      return bucket(spread(lru_hash<K>{}(nodes_[i].key)));
    } else {
      index word = chain_[i];
      while ((word & end_of_chain) == 0) word = chain_[number_of(word)];
      return buckets_[word - end_of_chain];
    }
  }
  index number_of(index word) const noexcept { return word & number_mask_; }
  // The bits of the hash in the word of an entry, as many as the number leaves room for. The bucket
  // is made from the high ones; here are others.
  index tag_of(std::uint32_t hash) const noexcept { return std::rotl(hash, 15) / 2 & tag_mask_; }
  // The entry of this hash whose key is_it() accepts; 0 when there is none.
  template <class F>
  index find_entry(std::uint32_t hash, F is_it) const {
    index tag = std::rotl(hash, 15) / 2;
    for (index word = bucket(hash);; word = chain_[number_of(word)]) {
      if (((word ^ tag) & tag_mask_) == 0) {  // so it is no end of a chain
        if (is_it(std::as_const(nodes_[number_of(word)].key))) return number_of(word);
      }
      if ((word & (last_of_chain | end_of_chain)) != 0) return 0;
    }
  }
  // At the end of the chain: the entries that stay for long, because they are used often, are found
  // before those that come and go.
  void enter(index i, std::uint32_t hash) noexcept {
    index* link = &bucket(hash);
    while ((*link & end_of_chain) == 0) {
      index next = number_of(*link);
      *link &= ~last_of_chain;
      link = &chain_[next];
    }
    chain_[i] = std::exchange(*link, i | tag_of(hash) | last_of_chain);
  }
  void leave(index i) noexcept {
    index* before = nullptr;
    index* link = &bucket_of(i);
    while (number_of(*link) != i) {
      before = link;
      link = &chain_[number_of(*link)];
    }
    bool last = (*link & last_of_chain) != 0;
    *link = chain_[i];
    if (last && before != nullptr) *before |= last_of_chain;
  }

  void link_front(index i) noexcept {
    nodes_[i].older = newest_;
    nodes_[newest_].newer = i;  // of node 0 when there is none: nobody asks
    if (oldest_ == 0) oldest_ = i;
    newest_ = i;
  }
  void unlink(index i) noexcept {
    index newer = nodes_[i].newer;
    index older = nodes_[i].older;
    if (newest_ == oldest_) {
      newest_ = oldest_ = 0;
    } else if (i == oldest_) {
      oldest_ = newer;
    } else if (i == newest_) {
      newest_ = older;
    } else {
      nodes_[newer].older = older;
      nodes_[older].newer = newer;
    }
  }
  SNUG_ALWAYS_INLINE void to_front(index i) noexcept {
    require_no_comparison();
    if (newest_ == i) return;
    index newer = nodes_[i].newer;
    if (i == oldest_) {
      oldest_ = newer;
    } else {
      index older = nodes_[i].older;
      nodes_[newer].older = older;
      nodes_[older].newer = newer;
    }
    nodes_[i].older = newest_;
    nodes_[newest_].newer = i;
    newest_ = i;
  }
  void give_back(index i) noexcept { chain_[i] = std::exchange(free_, i); }
  void destroy(index i) noexcept {
    std::destroy_at(std::addressof(nodes_[i].value));
    std::destroy_at(std::addressof(nodes_[i].key));
  }
  // Enters a node whose objects are made in the books, as the newest.
  void put_in(index i, std::uint32_t hash) noexcept {
    enter(i, hash);
    link_front(i);
    ++size_;
    ++changes_;
    weight_ += nodes_[i].weight;
  }
  void take_out(index i) noexcept {
    require_no_comparison();
    leave(i);
    unlink(i);
    --size_;
    ++changes_;
    weight_ -= nodes_[i].weight;
    for (pin* p = pins_; p != nullptr; p = p->outer) {
      if (p->node == i) p->node = 0;
    }
  }

  // Knows whether a node keeps its entry while code of the user's runs.
  struct pin {
// g++ 12 does not see that the destructor takes the address back.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdangling-pointer"
#endif
    pin(lru_books& of, index i) noexcept : cache(of), node(i), outer(of.pins_) { of.pins_ = this; }
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
#pragma GCC diagnostic pop
#endif
    pin(const pin&) = delete;
    pin& operator=(const pin&) = delete;
    ~pin() { cache.pins_ = outer; }
    V* value() const noexcept {
      return node == 0 ? nullptr : std::addressof(cache.nodes_[node].value);
    }
    lru_books& cache;
    index node;
    pin* outer;
  };

  // While code of the user's runs for an entry in its place: the cache keeps its memory.
  class in_place {
   public:
    explicit in_place(lru_books& of) noexcept : count_(of.in_place_) { ++count_; }
    in_place(const in_place&) = delete;
    in_place& operator=(const in_place&) = delete;
    ~in_place() { over(); }
    void over() noexcept { count_ -= std::exchange(mine_, 0); }

   private:
    index& count_;
    index mine_ = 1;
  };
  // While an equality runs: it must not change the cache.
  class comparison {
   public:
    explicit comparison(lru_books& of) noexcept : books_(of) {
      if constexpr (guarded) ++books_.comparing_;
    }
    comparison(const comparison&) = delete;
    comparison& operator=(const comparison&) = delete;
    ~comparison() {
      if constexpr (guarded) --books_.comparing_;
    }

   private:
    lru_books& books_;
  };
  void require_no_comparison() const noexcept {
    if constexpr (guarded) {
      if (comparing_ != 0) detail::fatal("lru_cache: the equality of keys changed the cache");
    }
  }
  void require_memory_stays() const noexcept {
    require_no_comparison();
    if (in_place_ != 0) {
      detail::fatal("lru_cache: moved, swapped or resized while an entry is made or destroyed");
    }
  }

  void swap(lru_books& other) noexcept {
    for (lru_books* one : {this, std::addressof(other)}) {
      one->require_memory_stays();
      ++one->changes_;
      for (pin* p = one->pins_; p != nullptr; p = p->outer) p->node = 0;
    }
    std::swap(max_entries_, other.max_entries_);
    std::swap(memory_, other.memory_);
    std::swap(nodes_, other.nodes_);
    std::swap(chain_, other.chain_);
    std::swap(buckets_, other.buckets_);
    std::swap(node_count_, other.node_count_);
    std::swap(bucket_count_, other.bucket_count_);
    std::swap(number_mask_, other.number_mask_);
    std::swap(tag_mask_, other.tag_mask_);
    std::swap(newest_, other.newest_);
    std::swap(oldest_, other.oldest_);
    std::swap(free_, other.free_);
    std::swap(size_, other.size_);
    std::swap(weight_, other.weight_);
  }

  // The table of a cache that was moved from, which takes nothing in.
  static inline index no_bucket = end_of_chain;

  void* memory_ = nullptr;
  node* nodes_ = nullptr;
  index* chain_ = nullptr;  // of each node: the next one of its bucket, or of the free ones
  index* buckets_ = &no_bucket;
  index node_count_ = 0;
  index bucket_count_ = 1;
  index number_mask_ = 0;          // the bits of a word that are the number of a node
  index tag_mask_ = end_of_chain;  // and those of the hash
  index newest_ = 0;
  index oldest_ = 0;
  index free_ = 0;       // the first of the free nodes, which are linked by chain_
  index comparing_ = 0;  // equalities that are running
  index in_place_ = 0;   // entries that are being made or destroyed in their places
  size_type size_ = 0;
  size_type max_entries_ = 0;
  std::uint64_t weight_ = 0;
  std::uint64_t changes_ = 0;  // of which entries there are
  pin* pins_ = nullptr;
};

}  // namespace detail
}  // namespace snug
