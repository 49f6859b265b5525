// expect: note of hand-made-lru
#include <list>
#include <string>
#include <unordered_map>
class PageCache {
 public:
  std::string* get(int page) {
    auto it = index_.find(page);
    if (it == index_.end()) return nullptr;
    pages_.splice(pages_.begin(), pages_, it->second);
    return &it->second->second;
  }
  void put(int page, std::string data) {
    pages_.emplace_front(page, std::move(data));
    index_[page] = pages_.begin();
    if (pages_.size() > 128) {
      index_.erase(pages_.back().first);
      pages_.pop_back();
    }
  }

 private:
  std::list<std::pair<int, std::string>> pages_;
  std::unordered_map<int, std::list<std::pair<int, std::string>>::iterator> index_;
};
void f(PageCache& c) { c.put(1, "x"); c.get(1); }
