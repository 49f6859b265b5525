// expect: warning
#include <thread>
class Logger {
 public:
  void start() { thread_ = std::thread(&Logger::run, this); }
  void log() { for (int i = 0; i < 100000; ++i) pending_++; }
  void stop() { thread_.join(); }
 private:
  void run() { for (int i = 0; i < 100000; ++i) flushed_++; }
  long pending_ = 0;
  long flushed_ = 0;
  std::thread thread_;
};
int main() {
  Logger logger;
  logger.start();
  logger.log();
  logger.stop();
}
