// expect: note of padding
#include <cstddef>
#include <cstring>
struct Cursor {
  bool quoted;  // before
  const char* at;
  bool escaped;  // before
  const char* end;
  int line;
  bool quoted, escaped;  // after
};
static bool step(Cursor& c) {
  if (c.at == c.end) return false;
  if (*c.at == '"') c.quoted = !c.quoted;
  if (*c.at++ == '\n') ++c.line;
  return true;
}
int lines(const char* text) {
  Cursor c{};
  c.at = text;
  c.end = text + std::strlen(text);
  while (step(c)) {}
  return c.line;
}
