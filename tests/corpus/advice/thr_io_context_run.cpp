// expect: warning of false-sharing
// header: asio.hpp
#include "asio.hpp"
#include <atomic>
#include <thread>
#include <vector>
struct Metrics {
  std::atomic<long> reads{0};  // before
  std::atomic<long> writes{0};  // before
  alignas(64) std::atomic<long> reads{0};  // after
  alignas(64) std::atomic<long> writes{0};  // after
};
static Metrics metrics;
static void on_read(asio::io_context& io) { metrics.reads.fetch_add(1); asio::post(io, [&io] { on_read(io); }); }
static void on_write(asio::io_context& io) { metrics.writes.fetch_add(1); asio::post(io, [&io] { on_write(io); }); }
int main() {
  asio::io_context io;
  asio::post(io, [&io] { on_read(io); });
  asio::post(io, [&io] { on_write(io); });
  std::vector<std::thread> crew;
  for (int i = 0; i < 8; ++i) crew.emplace_back([&io] { io.run(); });
  for (auto& t : crew) t.join();
}
