// Counts which fields of a type a program reads and writes, to decide which belong together.
//
// Put a tracked_ptr<S> (or a tracked<S> value) where the interesting accesses are, build with
// SNUG_TRACK=1, run the program, write the profile; `snug check --profile FILE` ranks the fields by
// it. Without SNUG_TRACK it is a pointer and the accesses are plain ones: the code may stay in.
//
// Example:
//
//     #define SNUG_TRACK 1  // by the build in a real project: the same in every file
//     #include <snug/tracked_ptr.hpp>
//
//     #include <cassert>
//     #include <string>
//
//     struct Order {
//       long price = 0;
//       long fills = 0;
//     };
//
//     int main() {
//       Order order;
//       snug::tracked_ptr<Order> p = &order;
//       p.write<&Order::price>(100);
//       for (int i = 0; i < 3; ++i) p.update<&Order::fills>([](long& n) { ++n; });
//       assert(p.read<&Order::price>() == 100);
//
//       assert(snug::accesses_of<&Order::price>().reads == 1);
//       assert(snug::accesses_of<&Order::fills>().writes == 3);
//       const std::string json = snug::access_profile();
//       assert(json.find("{\"name\":\"fills\",\"reads\":3,\"writes\":3}") != std::string::npos);
//     }
//
// The profile, one JSON object (types and fields sorted by name; fields that were never touched are
// left out):
//
//     {"schema":"snug-profile/1","types":[
//       {"name":"ns::S","fields":[{"name":"x","reads":1,"writes":2}]}]}
//
// An update (read-modify-write) counts as one read and one write. Names are those that the compiler
// prints.
//
// Cost when on: each thread counts in memory of its own (a test, a load, an add, a store), so
// threads do not disturb each other; a field that a thread touches first takes a lock once. Reads
// and writes of all threads, also of those that have ended, are summed when asked for. When not:
// accesses that go around the pointer are not seen. After LLAMA's FieldAccessCount, whose shared
// counters the shards replace.
//
// Early and late: accesses before main, in destructors of statics and in those of a thread's
// variables are counted as all others (the last under a lock each). Counting throws nothing; counts
// for which there is no memory are lost. Nothing is locked while the field's own operators or the
// function given to update run: they may come back.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <snug/detail/config.hpp>

#ifndef SNUG_TRACK
#define SNUG_TRACK 0
#endif

namespace snug {

// How often a field was read and written, by all threads.
struct accesses {
  std::uint64_t reads = 0;
  std::uint64_t writes = 0;
  friend bool operator==(const accesses&, const accesses&) = default;
};

namespace detail {

// The text between the last "Name = " (or the like) and the end of a function's printed name.
template <class T>
constexpr std::string_view printed() {
#if defined(__clang__) || defined(__GNUC__)
  return __PRETTY_FUNCTION__;
#else
  return __FUNCSIG__;
#endif
}
template <auto Member>
constexpr std::string_view printed() {
#if defined(__clang__) || defined(__GNUC__)
  return __PRETTY_FUNCTION__;
#else
  return __FUNCSIG__;
#endif
}

// The name of T, as the compiler prints it: what differs from the printed name for a known type.
template <class T>
constexpr std::string_view name_of_type() {
  constexpr std::string_view known = printed<void>();
  constexpr std::size_t before = known.find("void");
  constexpr std::size_t after = known.size() - before - 4;
  constexpr std::string_view text = printed<T>();
  constexpr std::string_view name = text.substr(before, text.size() - before - after);
  // g++ prints "T = ns::S; std::string_view = ...", the tail of which is cut off with that of void.
  return name;
}

struct name_probe {
  int known;
};

// The name of the field that Member points to: the last word of "&ns::S::field". The type before it
// may have any signs in its name ("(anonymous namespace)", "main()::S"), so the end of the field is
// found as that of a known one, and the field from there.
template <auto Member>
constexpr std::string_view name_of_field() {
  constexpr std::string_view known = printed<&name_probe::known>();
  constexpr std::size_t after = known.size() - known.rfind("known") - 5;
  constexpr std::string_view text = printed<Member>();
  constexpr std::string_view head = text.substr(0, text.size() - after);
  return head.substr(head.rfind(':') + 1);
}

template <class>
struct tracked_member;
template <class S, class F>
struct tracked_member<F S::*> {
  using record = S;
  using field = F;
};
template <auto Member>
using tracked_record_of = typename tracked_member<decltype(Member)>::record;
template <auto Member>
using tracked_field_of = typename tracked_member<decltype(Member)>::field;

// What one thread counted for one field. Only that thread writes, without locked instructions;
// others may read.
struct access_shard {
  std::atomic<std::uint64_t> reads;
  std::atomic<std::uint64_t> writes;
  bool known;

  SNUG_ALWAYS_INLINE void count(accesses more) noexcept {
    if (more.reads != 0) add(reads, more.reads);
    if (more.writes != 0) add(writes, more.writes);
  }

 private:
  SNUG_ALWAYS_INLINE static void add(std::atomic<std::uint64_t>& count,
                                     std::uint64_t more) noexcept {
    count.store(count.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
  }
};

// One field, for all threads: the shards of living threads and the sum of those that have ended.
struct tracked_field {
  std::string_view record;
  std::string_view field;
  std::vector<access_shard*> shards;
  accesses ended;

  accesses sum() const {
    accesses all = ended;
    for (const access_shard* shard : shards) {
      all.reads += shard->reads.load(std::memory_order_relaxed);
      all.writes += shard->writes.load(std::memory_order_relaxed);
    }
    return all;
  }
};

// All fields that were touched. Never destroyed, so that threads may end after main.
struct tracked_fields {
  std::mutex mutex;
  std::vector<std::unique_ptr<tracked_field>> fields;

  static tracked_fields& all() {
    static tracked_fields& fields = *new tracked_fields;
    return fields;
  }
  tracked_field* find(std::string_view record, std::string_view field) {
    for (const auto& one : fields)
      if (one->record == record && one->field == field) return one.get();
    return nullptr;
  }
  tracked_field& find_or_add(std::string_view record, std::string_view field) {
    if (tracked_field* const found = find(record, field)) return *found;
    fields.push_back(std::make_unique<tracked_field>(tracked_field{record, field, {}, {}}));
    return *fields.back();
  }
};

// Whether this thread's thread_end is gone. Needs no destructor, so that it can be asked to the
// end.
inline thread_local constinit bool thread_has_ended = false;

// Moves the counts of a thread that ends to the sums. What a later destructor of that thread counts
// goes there directly.
class thread_end {
 public:
  thread_end() = default;
  thread_end(const thread_end&) = delete;
  thread_end& operator=(const thread_end&) = delete;
  ~thread_end() {
    tracked_fields& all = tracked_fields::all();
    const std::lock_guard lock(all.mutex);
    for (const auto& [field, shard] : mine_) {
      field->ended.reads += shard->reads.load(std::memory_order_relaxed);
      field->ended.writes += shard->writes.load(std::memory_order_relaxed);
      std::erase(field->shards, shard);
      shard->reads.store(0, std::memory_order_relaxed);
      shard->writes.store(0, std::memory_order_relaxed);
      shard->known = false;
    }
    thread_has_ended = true;
  }
  // Both or, when there is no memory, neither.
  void add(tracked_field& field, access_shard& shard) {
    field.shards.reserve(field.shards.size() + 1);
    mine_.emplace_back(&field, &shard);
    field.shards.push_back(&shard);
  }

  static thread_end& of_this_thread() {
    static thread_local thread_end end;
    return end;
  }

 private:
  std::vector<std::pair<tracked_field*, access_shard*>> mine_;
};

template <auto Member>
inline thread_local constinit access_shard shard_of{{0}, {0}, false};

// The first access of a field by a thread, and each one after its thread_end.
SNUG_NOINLINE inline void count_unknown(std::string_view record, std::string_view field,
                                        access_shard& shard, accesses more) noexcept {
  SNUG_TRY {
    thread_end* const end = thread_has_ended ? nullptr : &thread_end::of_this_thread();
    tracked_fields& all = tracked_fields::all();
    const std::lock_guard lock(all.mutex);
    tracked_field& entry = all.find_or_add(record, field);
    if (end != nullptr) {
      end->add(entry, shard);
      shard.known = true;
      shard.count(more);
    } else {
      entry.ended.reads += more.reads;
      entry.ended.writes += more.writes;
    }
  }
  SNUG_CATCH_ALL {
    // No memory: this access is not counted.
  }
}

template <auto Member>
SNUG_ALWAYS_INLINE void count_access(accesses more) noexcept {
  access_shard* shard = &shard_of<Member>;
#if defined(__GNUC__) || defined(__clang__)
  // The address in a register: relative to the thread's segment, as the compiler would leave it,
  // the next access of the same field waits for the store of this one (2 ns instead of 0.4).
  asm("" : "+r"(shard));
#endif
  if (!shard->known) [[unlikely]] {
    count_unknown(name_of_type<tracked_record_of<Member>>(), name_of_field<Member>(), *shard, more);
  } else {
    shard->count(more);
  }
}

}  // namespace detail

// A pointer to a T, each access of which names its field. On: counts; off: is a plain pointer.
// Which of both is a template argument (by default SNUG_TRACK), so that both may exist in one
// program. Thread-safety: that of the plain accesses; counting adds no race.
template <class T, bool On = (SNUG_TRACK != 0)>
class basic_tracked_ptr {
  template <auto Member>
  static constexpr bool is_field_of =
      std::is_member_object_pointer_v<decltype(Member)> &&
      std::is_base_of_v<detail::tracked_record_of<Member>, std::remove_const_t<T>>;

 public:
  using element_type = T;

  constexpr basic_tracked_ptr() noexcept = default;
  constexpr basic_tracked_ptr(T* object) noexcept : object_(object) {}
  template <class U>
    requires(!std::is_same_v<U, T> && std::is_convertible_v<U*, T*>)
  constexpr basic_tracked_ptr(basic_tracked_ptr<U, On> other) noexcept : object_(other.get()) {}

  // The field, to look at. Counts one read. REQUIRES: not null, as for all that follow.
  template <auto Member>
  constexpr const detail::tracked_field_of<Member>& read() const {
    static_assert(is_field_of<Member>,
                  "read<&S::x>: x is not a field of what the tracked_ptr points to");
    if constexpr (On) detail::count_access<Member>({1, 0});
    return object_->*Member;
  }
  // Assigns to the field. Counts one write.
  template <auto Member, class V>
  constexpr void write(V&& value) const {
    static_assert(is_field_of<Member>,
                  "write<&S::x>: x is not a field of what the tracked_ptr points to");
    static_assert(!std::is_const_v<T>, "write<&S::x>: the tracked_ptr points to a constant");
    if constexpr (On) detail::count_access<Member>({0, 1});
    using field = detail::tracked_field_of<Member>;
    if constexpr (std::is_arithmetic_v<field> && std::is_arithmetic_v<std::remove_cvref_t<V>>) {
      object_->*Member = static_cast<field>(value);  // may lose digits, as an assignment may
    } else {
      object_->*Member = std::forward<V>(value);
    }
  }
  // Calls change(field&) and returns what it returns. Counts one read and one write.
  template <auto Member, class F>
  constexpr decltype(auto) update(F&& change) const {
    static_assert(is_field_of<Member>,
                  "update<&S::x>: x is not a field of what the tracked_ptr points to");
    static_assert(!std::is_const_v<T>, "update<&S::x>: the tracked_ptr points to a constant");
    if constexpr (On) detail::count_access<Member>({1, 1});
    return std::forward<F>(change)(object_->*Member);
  }

  // The pointer: accesses through it are not counted.
  constexpr T* get() const noexcept { return object_; }
  constexpr explicit operator bool() const noexcept { return object_ != nullptr; }
  friend constexpr bool operator==(basic_tracked_ptr, basic_tracked_ptr) noexcept = default;

 private:
  T* object_ = nullptr;
};

template <class T>
using tracked_ptr = basic_tracked_ptr<T>;

static_assert(sizeof(basic_tracked_ptr<int, false>) == sizeof(int*) &&
                  std::is_trivially_copyable_v<basic_tracked_ptr<int, false>>,
              "without SNUG_TRACK a tracked_ptr is a plain pointer");

// A T whose accesses name their field and are counted as those of a tracked_ptr.
template <class T, bool On = (SNUG_TRACK != 0)>
class basic_tracked {
 public:
  using value_type = T;

  constexpr basic_tracked() noexcept(std::is_nothrow_default_constructible_v<T>)
    requires std::is_default_constructible_v<T>
      : value_() {}
  constexpr basic_tracked(T value) noexcept(std::is_nothrow_move_constructible_v<T>)
      : value_(std::move(value)) {}

  template <auto Member>
  constexpr const detail::tracked_field_of<Member>& read() const {
    return basic_tracked_ptr<const T, On>(std::addressof(value_)).template read<Member>();
  }
  template <auto Member, class V>
  constexpr void write(V&& value) {
    ptr().template write<Member>(std::forward<V>(value));
  }
  template <auto Member, class F>
  constexpr decltype(auto) update(F&& change) {
    return ptr().template update<Member>(std::forward<F>(change));
  }
  constexpr basic_tracked_ptr<T, On> ptr() noexcept { return std::addressof(value_); }
  // The whole value, not counted.
  constexpr T& get() noexcept { return value_; }
  constexpr const T& get() const noexcept { return value_; }

 private:
  T value_;
};

template <class T>
using tracked = basic_tracked<T>;

}  // namespace snug

// Hashes as the pointer.
template <class T, bool On>
struct std::hash<snug::basic_tracked_ptr<T, On>> {
  std::size_t operator()(snug::basic_tracked_ptr<T, On> p) const noexcept {
    return std::hash<T*>()(p.get());
  }
};

namespace snug {

// What was counted for one field so far, over all threads.
template <auto Member>
accesses accesses_of() {
  detail::tracked_fields& all = detail::tracked_fields::all();
  const std::lock_guard lock(all.mutex);
  const detail::tracked_field* const found = all.find(
      detail::name_of_type<detail::tracked_record_of<Member>>(), detail::name_of_field<Member>());
  return found == nullptr ? accesses{} : found->sum();
}

// The profile as JSON (see the top of this file).
inline std::string access_profile() {
  detail::tracked_fields& all = detail::tracked_fields::all();
  const std::lock_guard lock(all.mutex);
  std::vector<const detail::tracked_field*> sorted;
  for (const auto& field : all.fields) sorted.push_back(field.get());
  using field_pointer = const detail::tracked_field*;
  std::sort(sorted.begin(), sorted.end(), [](field_pointer a, field_pointer b) {
    return a->record != b->record ? a->record < b->record : a->field < b->field;
  });
  const auto quoted = [](std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    return out + '"';
  };
  std::string json = "{\"schema\":\"snug-profile/1\",\"types\":[";
  std::string_view record;
  bool open = false;
  for (const detail::tracked_field* field : sorted) {
    if (!open || field->record != record) {
      if (open) json += "]},";
      json += "{\"name\":" + quoted(field->record) + ",\"fields\":[";
      record = field->record;
      open = true;
    } else {
      json += ',';
    }
    const accesses counted = field->sum();
    json += "{\"name\":" + quoted(field->field) + ",\"reads\":" + std::to_string(counted.reads) +
            ",\"writes\":" + std::to_string(counted.writes) + '}';
  }
  if (open) json += "]}";
  return json + "]}\n";
}

// Writes the profile to a file -> whether all of it could be written.
inline bool write_access_profile(const char* path) {
  const std::string json = access_profile();
  std::FILE* const file = std::fopen(path, "wb");
  if (file == nullptr) return false;
  const bool written = std::fwrite(json.data(), 1, json.size(), file) == json.size();
  return std::fclose(file) == 0 && written;
}

// Forgets all counts. REQUIRES: no thread counts meanwhile.
inline void reset_access_profile() {
  detail::tracked_fields& all = detail::tracked_fields::all();
  const std::lock_guard lock(all.mutex);
  for (const auto& field : all.fields) {
    field->ended = {};
    for (detail::access_shard* shard : field->shards) {
      shard->reads.store(0, std::memory_order_relaxed);
      shard->writes.store(0, std::memory_order_relaxed);
    }
  }
}

}  // namespace snug
