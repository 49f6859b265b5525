// Project: PowerDNS Recursor, commit bd4687186c (#9451 told of it, #10836 merged it).
// Fault: the metrics are plain atomics side by side, written by workers of different kinds.
#include <atomic>
#include <cstdint>
#include <new>
#include <thread>
#include <vector>

using stat_t = std::atomic<std::uint64_t>;

struct RecursorStats {
  stat_t qcounter{0};
  stat_t tcpqcounter{0};
  stat_t answers_fast{0};
  stat_t answers_slow{0};
  stat_t cache_hits{0};
  stat_t cache_misses{0};
};

static RecursorStats g_stats;

bool receive(int socket);
bool in_cache(int socket);

static void handle_udp(int socket) {
  while (receive(socket)) {
    g_stats.qcounter++;
    if (in_cache(socket))
      g_stats.cache_hits++;
    else
      g_stats.cache_misses++;
    g_stats.answers_fast++;
  }
}

static void handle_tcp(int socket) {
  while (receive(socket)) {
    g_stats.tcpqcounter++;
    g_stats.answers_slow++;
  }
}

int main() {
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i) workers.emplace_back(handle_udp, i);
  for (int i = 4; i < 6; ++i) workers.emplace_back(handle_tcp, i);
  for (std::thread& worker : workers) worker.join();
  return g_stats.qcounter.load() != 0 ? 0 : 1;
}
