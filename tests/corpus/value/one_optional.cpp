// expect: nothing of large-variant
#include <optional>
struct Picture { char bytes[256]; };
struct Window {
  int id;
  std::optional<Picture> icon;
} window;
