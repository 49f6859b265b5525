// A borrow looks at the object and counts nothing; it could still become an owner, by to_rc().
#include <cstdio>
#include <string>

#include <snug/rc.hpp>

struct Config {
  std::string name;
  int limit;
};

int allowed(snug::borrow<Config> config, int wanted) {
  return wanted < config->limit ? wanted : config->limit;
}

int main() {
  auto config = snug::make_rc<Config>(Config{"main", 50});
  long sum = 0;
  for (int i = 0; i < 100000; ++i) sum += allowed(config, i % 100);
  std::printf("%ld\n", sum);
}
