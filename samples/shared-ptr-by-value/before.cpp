// A parameter that is only read is passed as an owner: each call counts up and down, atomically.
#include <cstdio>
#include <memory>
#include <string>

struct Config {
  std::string name;
  int limit;
};

int allowed(std::shared_ptr<Config> config,  // expect: shared-ptr-by-value "in a loop"
            int wanted) {
  return wanted < config->limit ? wanted : config->limit;
}

int main() {
  auto config = std::make_shared<Config>(Config{"main", 50});
  long sum = 0;
  for (int i = 0; i < 100000; ++i) sum += allowed(config, i % 100);
  std::printf("%ld\n", sum);
}
