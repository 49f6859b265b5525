// expect: warning of large-variant
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>
struct Preview { std::array<unsigned char, 1024> pixels; int w, h; };
struct File {
  std::string name;
  long size;
  std::optional<Preview> preview;  // before
  std::unique_ptr<Preview> preview;  // after
};
class Folder {
 public:
  void add(std::string name, long size) { files_.push_back(File{std::move(name), size, {}}); }
  void show(std::size_t i) { if (files_[i].preview) files_[i].preview->w = 3; }

 private:
  std::vector<File> files_;
};
void f(Folder& d) { d.add("a", 1); d.show(0); }
