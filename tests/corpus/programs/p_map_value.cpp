// expect: warning of padding
#include <string>
#include <unordered_map>
enum class State { New, Running, Done };
struct Entry {
  bool dirty = false;  // before
  std::string value;
  State state = State::New;  // before
  long version = 0;
  bool locked = false;  // before
  State state = State::New; bool dirty = false, locked = false;  // after
};
class Store {
 public:
  void set(const std::string& k, std::string v) {
    Entry& e = entries_[k];
    e.value = std::move(v);
    e.dirty = true;
    ++e.version;
  }

 private:
  std::unordered_map<std::string, Entry> entries_;
};
void f(Store& s) { s.set("a", "b"); }
