// expect: warning of shared-ptr-new
#include <memory>
#include <string>
struct Logger {
  explicit Logger(std::string f) : file(std::move(f)) {}
  std::string file;
};
std::shared_ptr<Logger> open_log(const std::string& name) {
  std::shared_ptr<Logger> log(new Logger(name));  // before
  std::shared_ptr<Logger> log = std::make_shared<Logger>(name);  // after
  return log;
}
