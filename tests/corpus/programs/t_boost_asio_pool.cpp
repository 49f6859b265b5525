// expect: warning of false-sharing flags: -pthread
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <string>
#include <vector>
class Indexer {
 public:
  explicit Indexer(std::vector<std::string> docs) : docs_(std::move(docs)) {}
  void run() {
    boost::asio::thread_pool pool(2);
    boost::asio::post(pool, [this] { count_words(); });
    boost::asio::post(pool, [this] { count_bytes(); });
    pool.join();
  }

 private:
  void count_words() {
    for (const std::string& d : docs_) for (char c : d) if (c == ' ') ++words_;
  }
  void count_bytes() {
    for (const std::string& d : docs_) for (char c : d) bytes_ += c != 0;
  }
  std::vector<std::string> docs_;
  std::uint64_t words_ = 0;
  alignas(64)  // after
  std::uint64_t bytes_ = 0;
};
int main() {
  Indexer indexer({"a b c", "d e"});
  indexer.run();
}
