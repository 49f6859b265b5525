// expect: nothing of repeated-strings
#include <string>
#include <vector>
struct Line { std::string text; std::string style; };
class Editor {
 public:
  void type(std::size_t line, char c) { lines_[line].text += c; lines_[line].style += 'n'; }

 private:
  std::vector<Line> lines_;
};
void f(Editor& e) { e.type(0, 'a'); }
