// expect: warning of enum-size
#include <string>
#include <vector>
enum class Kind { word, number, string, comment, op, end };  // before
enum class Kind : unsigned char { word, number, string, comment, op, end };  // after
enum class Trivia { none, space, newline };  // before
enum class Trivia : unsigned char { none, space, newline };  // after
struct Token {
  const char* begin;
  Kind kind;
  Trivia before;
  unsigned length;
};
std::vector<Token> lex(const char* text) {
  std::vector<Token> out;
  for (; *text; ++text) out.push_back({text, Kind::op, Trivia::none, 1});
  return out;
}
