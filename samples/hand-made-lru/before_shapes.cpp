// Lists beside maps of their iterators: caches, and queues that are none.
#include <list>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

// Erase and push to the front; the map holds the value with the iterator.
class NameCache {  // expect: hand-made-lru "the list 'order_' and the map 'entries_'"
 public:
  int* find(const std::string& name) {
    auto found = entries_.find(name);
    if (found == entries_.end()) return nullptr;
    order_.erase(found->second.second);
    order_.push_front(name);
    found->second.second = order_.begin();
    return &found->second.first;
  }
  void add(const std::string& name, int value) {
    if (entries_.size() == 10) {
      entries_.erase(order_.back());
      order_.pop_back();
    }
    order_.push_front(name);
    entries_[name] = {value, order_.begin()};
  }

 private:
  std::list<std::string> order_;
  std::map<std::string, std::pair<int, std::list<std::string>::iterator>> entries_;
};

// Newest at the back, and a struct around the iterator.
class PageCache {  // expect: hand-made-lru "'PageCache' is a cache made by hand"
  struct Page {
    long bytes;
    std::list<int>::iterator place;
  };

 public:
  void touch(int id) { used_.splice(used_.end(), used_, pages_[id].place); }
  void shrink() {
    pages_.erase(used_.front());
    used_.pop_front();
  }

 private:
  std::list<int> used_;
  std::unordered_map<int, Page> pages_;
};

// A template counts once, however many types it is used for.
template <class Key, class Value>
class Lru {  // expect: hand-made-lru "'Lru' is a cache made by hand"
 public:
  Value* find(const Key& key) {
    auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    items_.splice(items_.begin(), items_, found->second);
    return &found->second->second;
  }
  void trim() {
    index_.erase(items_.back().first);
    items_.pop_back();
  }

 private:
  using List = std::list<std::pair<Key, Value>>;
  List items_;
  std::unordered_map<Key, typename List::iterator> index_;
};
long use(Lru<int, long>& a, Lru<std::string, int>& b) {
  a.trim();
  b.trim();
  return (a.find(1) != nullptr ? 1 : 0) + (b.find("x") != nullptr ? 1 : 0);
}

// A queue of timers: filled at one end, emptied at the other, cancelled in between.
class Timers {
 public:
  void start(int id, long when) {
    waiting_.push_back(when);
    index_[id] = std::prev(waiting_.end());
  }
  void cancel(int id) { waiting_.erase(index_[id]); }
  long next() {
    const long when = waiting_.front();
    waiting_.pop_front();
    return when;
  }

 private:
  std::list<long> waiting_;
  std::unordered_map<int, std::list<long>::iterator> index_;
};

// Entries move, but nothing is evicted.
class Favourites {
 public:
  void touch(int id) { names_.splice(names_.begin(), names_, index_[id]); }

 private:
  std::list<std::string> names_;
  std::unordered_map<int, std::list<std::string>::iterator> index_;
};

// A map beside a list, but not of its iterators.
class Mixed {
 public:
  void touch() { names_.splice(names_.begin(), names_, names_.begin()); }
  void trim() { names_.pop_back(); }

 private:
  std::list<std::string> names_;
  std::unordered_map<int, std::string> index_;
};

// Iterators of another list.
class Index {
 public:
  void touch() { own_.splice(own_.begin(), own_, own_.begin()); }
  void trim() { own_.pop_back(); }

 private:
  std::list<long> own_;
  std::unordered_map<int, std::list<int>::iterator> elsewhere_;
};

// A list alone, and a map of iterators alone.
class History {
 public:
  void add(int line) {
    lines_.push_front(line);
    if (lines_.size() > 10) lines_.pop_back();
  }

 private:
  std::list<int> lines_;
};
struct Positions {
  std::unordered_map<int, std::list<int>::iterator> places;
};

NameCache names;
PageCache pages;
Timers timers;
Favourites favourites;
Mixed mixed;
Index index_of;
History history;
Positions positions;
