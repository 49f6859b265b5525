// Sessions of a web server.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace web {

struct Session {
  std::uint64_t user = 0;
#ifdef TOUR_TRACE_SESSIONS
  std::uint64_t trace = 0;
#endif
  std::uint64_t expires = 0;
  bool admin = false;
};

/// A cache with open addressing. Hash and Equal are stateless most of the time.
template <class Key, class Value, class Hash = std::hash<Key>, class Equal = std::equal_to<Key>>
class Cache {
 public:
  Value& operator[](const Key& key) {
    for (Entry& entry : entries_) {
      if (equal_(entry.key, key)) {
        return entry.value;
      }
    }
    entries_.push_back({key, Value{}});
    return entries_.back().value;
  }
  std::size_t slot(const Key& key) const { return hash_(key) % (entries_.size() + 1); }

 private:
  struct Entry {
    Key key;
    Value value;
  };
  Hash hash_;
  std::vector<Entry> entries_;
  Equal equal_;
};

using SessionCache = Cache<std::string, Session>;

Session& login(SessionCache& cache, const std::string& name, std::uint64_t now);
bool is_admin(SessionCache& cache, const std::string& name);

}  // namespace web
