// error: the key's type is not the cache's, and Hash is not transparent
#include <snug/lru_cache.hpp>

#include <string>

struct path {
  std::string text;
  bool operator==(const path&) const = default;
};
struct path_hash {
  std::size_t operator()(const path& p) const { return p.text.size(); }
};

#ifdef SNUG_EXPECT_OK
bool known(snug::lru_cache<path, int, path_hash>& c, std::string s) {
  return c.contains(path{s});
}
#else
bool known(snug::lru_cache<path, int, path_hash>& c, std::string s) {
  return c.contains(s);
}
#endif
