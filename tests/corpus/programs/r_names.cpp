// expect: note of repeated-strings
#include <string>
#include <vector>
struct Record {
  std::string country;
  std::string city;
  int population;
};
class Atlas {
 public:
  void add(std::string country, std::string city, int n) { records_.push_back({std::move(country), std::move(city), n}); }
  int of(const std::string& country, const std::string& city) const {
    for (const Record& r : records_) if (r.country == country && r.city == city) return r.population;
    return 0;
  }
  std::vector<Record> all_of(const std::string& country) const {
    std::vector<Record> out;
    for (const Record& r : records_) if (r.country == country) out.push_back(r);
    return out;
  }

 private:
  std::vector<Record> records_;
};
int f(Atlas& a) { a.add("a", "b", 1); return a.of("a", "b") + static_cast<int>(a.all_of("a").size()); }
