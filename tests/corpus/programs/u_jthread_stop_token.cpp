// expect: warning of false-sharing flags: -pthread
#include <chrono>
#include <stop_token>
#include <thread>
using namespace std::chrono_literals;
class Telemetry {
 public:
  Telemetry()
      : reader_([this](std::stop_token stop) {
          while (!stop.stop_requested()) reads_++;
        }),
        writer_([this](std::stop_token stop) {
          while (!stop.stop_requested()) writes_++;
        }) {}
  void wait() { std::this_thread::sleep_for(1s); }

 private:
  unsigned long reads_ = 0;
  alignas(64)  // after
  unsigned long writes_ = 0;
  alignas(64)  // after
  std::jthread reader_;
  std::jthread writer_;
};
int main() {
  Telemetry telemetry;
  telemetry.wait();
}
