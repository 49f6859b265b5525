// expect: silent of false-sharing flags: -pthread
#include <chrono>
#include <thread>
struct Health { unsigned long checks = 0; unsigned long reports = 0; };
static Health health;
int main() {
  std::jthread checker([](std::stop_token stop) {
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::seconds(1));
      ++health.checks;
    }
  });
  std::jthread reporter([](std::stop_token stop) {
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::minutes(1));
      ++health.reports;
    }
  });
}
