// expect: note of padding
#include <string>
class Settings {
 public:
  static Settings& instance() {
    static Settings s;
    return s;
  }
  bool verbose() const { return verbose_; }
  int level() const { return level_ + (color_ ? 1 : 0) + static_cast<int>(root_.size()) + static_cast<int>(limit_); }

 private:
  Settings() = default;
  bool verbose_ = false;  // before
  std::string root_;
  bool color_ = true;  // before
  double limit_ = 0;
  int level_ = 0;
  bool verbose_ = false, color_ = true;  // after
};
int main() { return Settings::instance().level() + Settings::instance().verbose(); }
