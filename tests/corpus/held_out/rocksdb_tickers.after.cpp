// Project: RocksDB, commit fb84c49a36.
// Mend: each ticker is padded to 64 bytes by hand, the array of them is aligned.
#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

enum Tickers : std::uint32_t { BYTES_WRITTEN, NUMBER_KEYS_WRITTEN, NUMBER_KEYS_READ, TICKER_MAX };

class Statistics {
 public:
  virtual ~Statistics() = default;
  virtual std::uint64_t ticker_count(Tickers type) const = 0;
  virtual void record_tick(Tickers type, std::uint64_t count) = 0;
};

class StatisticsImpl : public Statistics {
 public:
  StatisticsImpl() = default;
  std::uint64_t ticker_count(Tickers type) const override { return tickers_[type].value; }
  void record_tick(Tickers type, std::uint64_t count) override { tickers_[type].value += count; }

 private:
  struct Ticker {
    Ticker() : value(0) {}
    std::atomic<std::uint64_t> value;
    char padding[64 - sizeof(std::atomic<std::uint64_t>)];
  };
  Ticker tickers_[TICKER_MAX] __attribute__((aligned(64)));
};

void put(Statistics* statistics) {
  for (int i = 0; i < 1000000; ++i) {
    statistics->record_tick(NUMBER_KEYS_WRITTEN, 1);
    statistics->record_tick(BYTES_WRITTEN, 128);
  }
}

void get(Statistics* statistics) {
  for (int i = 0; i < 1000000; ++i) statistics->record_tick(NUMBER_KEYS_READ, 1);
}

int main() {
  const std::shared_ptr<Statistics> statistics = std::make_shared<StatisticsImpl>();
  std::thread writer(put, statistics.get());
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) readers.emplace_back(get, statistics.get());
  writer.join();
  for (std::thread& reader : readers) reader.join();
  return statistics->ticker_count(NUMBER_KEYS_READ) == 4000000 ? 0 : 1;
}
