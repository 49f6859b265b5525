// Memory for many small objects that die together: an allocation moves a pointer, and all memory
// is given back at once.
//
// Example:
//
//     #include <snug/arena.hpp>
//     #include <string>
//     #include <vector>
//
//     struct node { node* left; node* right; int value; };
//
//     int main() {
//       snug::arena memory;
//       node* leaf = memory.create<node>(nullptr, nullptr, 1);   // no destructor: costs its bytes
//       node* root = memory.create<node>(leaf, nullptr, 2);
//       auto* name = memory.create<std::string>("destroyed with the arena, which knows it");
//       int sum = root->value + root->left->value;
//       {
//         snug::arena::scope temporary(memory);                  // takes back what is made in here
//         for (int& x : memory.create_array<int>(100)) x = 1;
//       }
//       snug::arena_resource resource(memory);                   // for the containers of std::pmr
//       std::pmr::vector<int> numbers({1, 2, 3}, &resource);
//       return sum == 3 && name->size() == 40 && numbers.back() == 3 ? 0 : 1;
//     }
//
// Objects with trivial destructors cost their size, rounded up to 8 bytes. For others the arena
// keeps 32 bytes and destroys them, the youngest first. Blocks come from operator new, 4 KiB first,
// then twice as large each time up to options::max_block; a request that would waste a block gets
// its own.
//
// In AddressSanitizer builds, memory that is not handed out is poisoned and allocations are kept
// apart, so that a use after reset() or past an object is reported.
//
// Coming back: constructors and destructors of objects may allocate from the arena and create
// objects, which die with the rest; reset() while objects are made or destroyed, or a scope is
// open, ends the program with a sentence. An arena that was moved from is empty, with the default
// options. Thread-safety: none of its own; use one arena a thread. Ideas: LLVM's BumpPtrAllocator
// (blocks, poisoning), bumpalo (bump down, scopes, limit).
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <memory_resource>
#include <new>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <snug/detail/construct.hpp>
#include <snug/detail/fail.hpp>
#include <snug/detail/poison.hpp>

namespace snug {

class arena {
  // What follows it must be aligned for any ordinary object.
  struct alignas(std::max_align_t) block {
    block* prev;
    std::size_t bytes;  // of the whole block, with this header
  };
  struct finalizer {
    finalizer* prev;
    void (*destroy)(void* objects, std::size_t count) noexcept;
    void* objects;
    std::size_t count;
  };

 public:
  struct options {
    std::size_t first_block = 4096;                 // bytes of the first block
    std::size_t max_block = std::size_t{64} << 20;  // bytes after which blocks stop growing
    std::size_t limit = std::numeric_limits<std::size_t>::max();  // bytes of all blocks together
  };
  class scope;

  // An empty arena; it allocates when it is first used.
  arena() noexcept : arena(options{}) {}
  explicit arena(const options& o) noexcept
      : next_block_(std::max<std::size_t>(o.first_block, 256)),
        max_block_(std::max(o.max_block, next_block_)),
        limit_(o.limit) {}
  // Takes over all memory and objects, which stay where they are. REQUIRES: no scope is open.
  arena(arena&& other) noexcept : arena() { swap(other); }
  arena& operator=(arena&& other) noexcept {
    arena taken(std::move(other));
    swap(taken);
    return *this;
  }
  arena(const arena&) = delete;
  arena& operator=(const arena&) = delete;
  // Destroys the objects, the youngest first, and gives the memory back.
  ~arena() {
    rewind(mark{});
    free_chain(std::exchange(spare_, nullptr), nullptr);
  }

  // Memory for `bytes` bytes at a multiple of `align`, a power of two. O(1), amortised. Zero bytes
  // give a pointer of their own too. Throws std::bad_alloc at the limit or without memory.
  [[nodiscard]] void* allocate(std::size_t bytes, std::size_t align = alignof(std::max_align_t)) {
    void* p = try_allocate(bytes, align);
    if (p == nullptr) [[unlikely]]
      detail::raise<std::bad_alloc>("arena: out of memory, or its limit");
    return p;
  }
  // The same, but null instead of an exception.
  [[nodiscard]] void* try_allocate(std::size_t bytes,
                                   std::size_t align = alignof(std::max_align_t)) noexcept {
    bytes += bytes == 0;
    if (void* p = bump(bytes, align)) [[likely]]
      return p;
    return allocate_slow(bytes, align);
  }
  // Gives memory back if it is the youngest allocation; otherwise it stays until reset(). O(1).
  void deallocate(void* p, std::size_t bytes) noexcept {
    bytes += bytes == 0;
    detail::poison(p, bytes);
    if (p == cursor_) cursor_ += room_for(bytes);
  }

  // Makes a T, by parentheses or else braces. It is destroyed by the arena if it needs that.
  // When T's constructor throws, its memory is taken back.
  template <class T, class... Args>
  T* create(Args&&... args) {
    using object = std::remove_const_t<T>;
    return create_with<object, detail::only_copies_bytes<object, Args&&...>>(1, [&](void* place) {
      return detail::construct<std::remove_const_t<T>>(place, std::forward<Args>(args)...);
    });
  }
  // Makes `count` objects of T, value-initialised: numbers are 0. Strong guarantee.
  template <class T>
  std::span<T> create_array(std::size_t count) {
    T* first =
        create_with<T, std::is_trivially_default_constructible_v<T>>(count, [&](void* place) {
          auto* p = static_cast<T*>(place);
          std::uninitialized_value_construct_n(p, count);
          return p;
        });
    return {first, count};
  }
  // Copies `values` into the arena. Strong guarantee.
  template <class T>
  std::span<T> copy(std::span<const T> values) {
    T* first = create_with<T, std::is_trivially_copyable_v<T>>(values.size(), [&](void* place) {
      auto* p = static_cast<T*>(place);
      std::uninitialized_copy_n(values.data(), values.size(), p);
      return p;
    });
    return {first, values.size()};
  }
  // The same for any range that can be walked twice, a std::vector or std::list, say.
  template <std::ranges::forward_range R>
    requires(!std::convertible_to<R, std::string_view> &&
             std::is_object_v<std::ranges::range_value_t<R>>)
  auto copy(R&& values) {
    using T = std::ranges::range_value_t<R>;
    auto count = static_cast<std::size_t>(std::ranges::distance(values));
    T* first = create_with<T>(count, [&](void* place) {
      auto* p = static_cast<T*>(place);
      std::ranges::uninitialized_copy(std::ranges::begin(values), std::ranges::end(values), p,
                                      p + count);
      return p;
    });
    return std::span<T>(first, count);
  }
  // Copies the characters into the arena, with a zero behind them.
  const char* copy_terminated(std::string_view text) {
    auto* p = static_cast<char*>(allocate(text.size() + 1, 1));
    if (!text.empty()) std::memcpy(p, text.data(), text.size());
    p[text.size()] = '\0';
    return p;
  }
  // Copies the characters into the arena; no terminating zero.
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    auto* p = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(p, text.data(), text.size());
    return {p, text.size()};
  }

  // Destroys all objects, the youngest first, and makes all memory available again. The largest
  // block is kept, the others are given back. REQUIRES: no scope is open.
  void reset() noexcept {
    if (depth_ != 0) {
      detail::fatal("arena: reset() while a scope is open, or objects are made or destroyed");
    }
    rewind(mark{});
  }

  // Bytes obtained from operator new and not given back. O(1).
  [[nodiscard]] std::size_t reserved() const noexcept { return reserved_; }
  // Bytes handed out, with rounding and the ends of finished blocks. O(blocks).
  [[nodiscard]] std::size_t used() const noexcept {
    std::size_t sum = 0;
    for (const block* b : {current_, large_}) {
      for (; b != nullptr; b = b->prev) sum += b->bytes - sizeof(block);
    }
    return sum - static_cast<std::size_t>(cursor_ - begin_);
  }
  // Whether `p` points into memory of this arena, handed out or not. O(blocks).
  [[nodiscard]] bool owns(const void* p) const noexcept {
    for (const block* b : {current_, large_}) {
      for (; b != nullptr; b = b->prev) {
        if (holds(b, p)) return true;
      }
    }
    return false;
  }

  void swap(arena& other) noexcept {
    if (depth_ != 0 || other.depth_ != 0) {
      detail::fatal("arena: moved while a scope is open, or objects are made or destroyed");
    }
    std::swap(cursor_, other.cursor_);
    std::swap(begin_, other.begin_);
    std::swap(current_, other.current_);
    std::swap(large_, other.large_);
    std::swap(spare_, other.spare_);
    std::swap(finalizers_, other.finalizers_);
    std::swap(next_block_, other.next_block_);
    std::swap(max_block_, other.max_block_);
    std::swap(limit_, other.limit_);
    std::swap(reserved_, other.reserved_);
  }
  friend void swap(arena& a, arena& b) noexcept { a.swap(b); }

 private:
  static constexpr std::size_t unit = 8;  // the cursor is always a multiple of it
  static constexpr std::size_t red_zone = SNUG_ASAN ? 16 : 0;
  struct mark {
    block* current = nullptr;
    block* large = nullptr;
    std::byte* cursor = nullptr;
    finalizer* finalizers = nullptr;
  };

  static constexpr std::size_t room_for(std::size_t bytes) noexcept {
    return (bytes + red_zone + unit - 1) / unit * unit;
  }
  static std::byte* data_of(block* b) noexcept { return reinterpret_cast<std::byte*>(b + 1); }

  // REQUIRES: bytes > 0. Null when the current block has no room.
  SNUG_ALWAYS_INLINE void* bump(std::size_t bytes, std::size_t align) noexcept {
    auto left = static_cast<std::size_t>(cursor_ - begin_);
    // `left` is a multiple of the unit, so what fits before it is rounded up fits afterwards too.
    if (bytes > left || (red_zone != 0 && room_for(bytes) > left)) return nullptr;
    std::size_t down = room_for(bytes);
    if (align > unit) {
      down += reinterpret_cast<std::uintptr_t>(cursor_ - down) & (align - 1);
      if (down > left) return nullptr;
    }
    cursor_ -= down;
    detail::unpoison(cursor_, bytes);
    return cursor_;
  }

  SNUG_NOINLINE void* allocate_slow(std::size_t bytes, std::size_t align) noexcept {
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max() / 4;
    if (bytes > most || align > most) return nullptr;
    std::size_t need = room_for(bytes) + (align > alignof(std::max_align_t) ? align : 0) + unit;
    if (need > next_block_ / 4) {  // a block of its own, behind which the current one goes on
      block* b = new_block(sizeof(block) + (need + unit) / 16 * 16 + 16);
      if (b == nullptr) return nullptr;
      b->prev = std::exchange(large_, b);
      auto at = reinterpret_cast<std::uintptr_t>(data_of(b));
      std::byte* p = data_of(b) + ((align - at % align) & (align - 1));
      detail::unpoison(p, bytes);
      return p;
    }
    if (spare_ != nullptr && spare_->bytes - sizeof(block) >= need) {
      start(std::exchange(spare_, nullptr));
    } else {
      block* b = new_block(next_block_);
      if (b == nullptr) return nullptr;
      next_block_ = std::min(next_block_ * 2, max_block_);
      start(b);
    }
    return bump(bytes, align);
  }

  static bool holds(const block* b, const void* p) noexcept {
    return reinterpret_cast<std::uintptr_t>(p) - reinterpret_cast<std::uintptr_t>(b) < b->bytes;
  }
  // The memory of an object whose constructor threw; a block of its own, too, if it is the last.
  void take_back(void* p, std::size_t bytes) noexcept {
    if (large_ != nullptr && holds(large_, p)) {
      block* const before = large_->prev;
      free_chain(std::exchange(large_, before), before);
    } else {
      deallocate(p, bytes);
    }
  }

  void start(block* b) noexcept {
    b->prev = std::exchange(current_, b);
    begin_ = data_of(b);
    cursor_ = begin_ + (b->bytes - sizeof(block)) / unit * unit;
  }

  block* new_block(std::size_t bytes) noexcept {
    if (reserved_ > limit_ || bytes > limit_ - reserved_) {
      free_chain(std::exchange(spare_, nullptr), nullptr);
      if (reserved_ > limit_ || bytes > limit_ - reserved_) return nullptr;
    }
    void* memory = ::operator new(bytes, std::nothrow);
    if (memory == nullptr) return nullptr;
    reserved_ += bytes;
    auto* b = ::new (memory) block{nullptr, bytes};
    detail::poison(data_of(b), bytes - sizeof(block));
    return b;
  }
  void free_chain(block* b, block* until) noexcept {
    while (b != until) {
      block* prev = b->prev;
      reserved_ -= b->bytes;
      detail::unpoison(b, b->bytes);
      ::operator delete(b);
      b = prev;
    }
  }

  // Room for `count` objects, made by make(place); with an entry for their destructors if needed.
  // `Plain`: nothing in make() can come back.
  template <class T, bool Plain = false, class F>
  T* create_with(std::size_t count, F make) {
    static_assert(std::is_object_v<T> && !std::is_array_v<T>,
                  "snug::arena: create<T> makes objects; for arrays use create_array<T>(count)");
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) {
      detail::raise<std::bad_array_new_length>("arena: the array is larger than memory");
    }
    if constexpr (Plain) {
      void* place = allocate(count * sizeof(T), alignof(T));
      taken_back undo{*this, place, count * sizeof(T)};
      T* made = make(place);
      undo.place = nullptr;
      return made;
    } else if constexpr (std::is_trivially_destructible_v<T>) {
      void* place = allocate(count * sizeof(T), alignof(T));
      taken_back undo{*this, place, count * sizeof(T)};
      const in_use now(*this);
      T* made = make(place);
      undo.place = nullptr;
      return made;
    } else {
      void* entry = allocate(sizeof(finalizer), alignof(finalizer));
      taken_back undo_entry{*this, entry, sizeof(finalizer)};
      void* place = allocate(count * sizeof(T), alignof(T));
      taken_back undo{*this, place, count * sizeof(T)};
      const in_use now(*this);
      T* made = make(place);
      undo.place = undo_entry.place = nullptr;
      finalizers_ = ::new (entry) finalizer{finalizers_, &destroy_n<T>, made, count};
      return made;
    }
  }
  template <class T>
  static void destroy_n(void* objects, std::size_t count) noexcept {
    auto* first = static_cast<T*>(objects);
    for (std::size_t i = count; i-- > 0;) std::destroy_at(first + i);
  }
  // No reset() and no move meanwhile.
  struct in_use {
    explicit in_use(arena& a) noexcept : of(a) { ++of.depth_; }
    in_use(const in_use&) = delete;
    in_use& operator=(const in_use&) = delete;
    ~in_use() { --of.depth_; }
    arena& of;
  };
  struct taken_back {
    arena& from;
    void* place;
    std::size_t bytes;
    ~taken_back() {
      if (place != nullptr) from.take_back(place, bytes);
    }
  };

  // Destroys what is younger than `to`, then makes its memory available.
  void rewind(const mark& to) noexcept {
    {
      const in_use now(*this);
      while (finalizers_ != to.finalizers) {
        finalizer* last = finalizers_;
        finalizers_ = last->prev;  // before the destructor runs: it may use the arena
        last->destroy(last->objects, last->count);
      }
    }
    free_chain(std::exchange(large_, to.large), to.large);
    while (current_ != to.current) {
      block* b = std::exchange(current_, current_->prev);
      detail::poison(data_of(b), b->bytes - sizeof(block));
      b->prev = nullptr;
      if (spare_ == nullptr || spare_->bytes < b->bytes) std::swap(spare_, b);
      if (b != nullptr) free_chain(b, nullptr);
    }
    begin_ = current_ ? data_of(current_) : nullptr;
    cursor_ = to.cursor;
    if (current_ != nullptr) {
      detail::poison(begin_, static_cast<std::size_t>(cursor_ - begin_));
    }
  }

  std::byte* cursor_ = nullptr;  // the youngest allocation of the current block; it grows downwards
  std::byte* begin_ = nullptr;
  block* current_ = nullptr;
  block* large_ = nullptr;
  block* spare_ = nullptr;  // one empty block, the largest so far
  finalizer* finalizers_ = nullptr;
  std::size_t next_block_;
  std::size_t max_block_;
  std::size_t limit_;
  std::size_t reserved_ = 0;
  std::size_t depth_ = 0;  // open scopes, and objects that are being made or destroyed
};

// Takes back, when it ends, everything that was allocated from the arena since it began: objects
// are destroyed, the youngest first. Scopes nest; REQUIRES: the inner ends before the outer.
class arena::scope {
 public:
  explicit scope(arena& a) noexcept
      : arena_(a), start_{a.current_, a.large_, a.cursor_, a.finalizers_}, depth_(++a.depth_) {}
  scope(const scope&) = delete;
  scope& operator=(const scope&) = delete;
  ~scope() {
    require_innermost();
    --arena_.depth_;
    if (!keep_) arena_.rewind(start_);
  }
  // Leaves what was allocated in place: it then belongs to the scope around this one.
  void keep() noexcept { keep_ = true; }
  // Takes back what was allocated since the scope began, now; the scope goes on.
  void rollback() noexcept {
    require_innermost();
    arena_.rewind(start_);
  }

 private:
  void require_innermost() const noexcept {
    if (arena_.depth_ != depth_) {
      detail::fatal("arena::scope: ended or rolled back while a scope inside it is open");
    }
  }

  arena& arena_;
  arena::mark start_;
  std::size_t depth_;
  bool keep_ = false;
};

// An arena for the containers of std::pmr. The container must die before the arena or its reset().
class arena_resource final : public std::pmr::memory_resource {
 public:
  explicit arena_resource(arena& a) noexcept : arena_(&a) {}

 private:
  void* do_allocate(std::size_t bytes, std::size_t align) override {
    return arena_->allocate(bytes, align);
  }
  void do_deallocate(void* p, std::size_t bytes, std::size_t) override {
    arena_->deallocate(p, bytes);
  }
  bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
    return this == &other;
  }
  arena* arena_;
};

// An arena as an allocator of the standard containers, without virtual calls.
template <class T>
class arena_allocator {
 public:
  using value_type = T;
  explicit arena_allocator(arena& a) noexcept : arena_(&a) {}
  template <class U>
  arena_allocator(const arena_allocator<U>& other) noexcept : arena_(other.arena_) {}

  [[nodiscard]] T* allocate(std::size_t n) {
    if (n > std::numeric_limits<std::size_t>::max() / sizeof(T)) {
      detail::raise<std::bad_array_new_length>("arena: the array is larger than memory");
    }
    return static_cast<T*>(arena_->allocate(n * sizeof(T), alignof(T)));
  }
  void deallocate(T* p, std::size_t n) noexcept { arena_->deallocate(p, n * sizeof(T)); }

  // The arena.
  [[nodiscard]] arena& source() const noexcept { return *arena_; }
  template <class U>
  friend bool operator==(const arena_allocator& a, const arena_allocator<U>& b) noexcept {
    return std::addressof(a.source()) == std::addressof(b.source());
  }

 private:
  template <class>
  friend class arena_allocator;
  arena* arena_;
};

}  // namespace snug
