// Records of strings: compared and never changed, or something else.
#include <map>
#include <string>
#include <vector>

struct Trade {  // expect: repeated-strings "('currency', 'venue'): 64 of its 72 bytes"
  std::string currency;
  std::string venue;
  long amount = 0;
};
long sum_of(const std::vector<Trade>& trades, const Trade& like) {
  long sum = 0;
  for (const Trade& t : trades) {
    if (t.currency == like.currency && t.venue != "dark") sum += t.amount;
  }
  return sum;
}

// Built in a constructor, held by a map.
class Key {  // expect: repeated-strings "'Key' holds 2 strings"
 public:
  Key(const std::string& zone, const std::string& kind) {
    zone_ = zone;
    kind_ = kind;
  }
  bool operator<(const Key& other) const {
    return zone_ != other.zone_ ? zone_ < other.zone_ : kind_.compare(other.kind_) < 0;
  }

 private:
  std::string zone_, kind_;
};
std::vector<Key> keys;

// Built by its fields, then held.
struct Event {  // expect: repeated-strings "'Event' holds 3 strings"
  std::string source, level, host;
};
bool known(const std::vector<Event>& events, const Event& event) {
  for (const Event& e : events) {
    if (e.source == event.source && e.level == event.level && e.host == event.host) return true;
  }
  return false;
}
Event make_event() {
  Event event;
  event.source = "disk";
  event.level = "warning";
  return event;
}

// Changed after it was built.
struct Person {
  std::string name, town;
};
bool move_to(std::vector<Person>& people, const std::string& name, const std::string& town) {
  for (Person& p : people) {
    if (p.name != name || p.town == town) continue;
    p.town = town;
    p.name += '*';
    return true;
  }
  return false;
}
// Never compared.
struct Message {
  std::string subject, text;
};
std::vector<Message> messages;
std::size_t length(const Message& m) {
  return m.subject.size() + m.text.size();
}
// One of them is compared.
struct Row {  // expect: soa-candidate "use 32 of the 64 bytes that they load per element: 'key'"
  std::string key, value;
};
bool has(const std::vector<Row>& rows, const std::string& key) {
  for (const Row& row : rows) {
    if (row.key == key) return true;
  }
  return false;
}
// One string.
struct Word {
  std::string text;
};
bool same(const std::vector<Word>& words) {
  return words.front().text == words.back().text;
}
// Not held in a container.
struct Config {
  std::string user, host;
};
bool is_local(const Config& config) {
  return config.user == "root" && config.host == "localhost";
}
// Numbers already.
struct Coded {
  int method = 0, host = 0;
};
bool same_host(const std::vector<Coded>& all) {
  return all.front().host == all.back().host;
}
