// expect: silent of false-sharing
// header: asio.hpp
#include "asio.hpp"
#include <atomic>
struct Metrics { std::atomic<long> reads{0}; std::atomic<long> writes{0}; };
static Metrics metrics;
static void on_read(asio::io_context& io) { metrics.reads.fetch_add(1); asio::post(io, [&io] { on_read(io); }); }
static void on_write(asio::io_context& io) { metrics.writes.fetch_add(1); asio::post(io, [&io] { on_write(io); }); }
int main() {
  asio::io_context io;
  asio::post(io, [&io] { on_read(io); });
  asio::post(io, [&io] { on_write(io); });
  io.run();
}
