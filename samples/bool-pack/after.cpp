// The same as bit-fields.
#include <cstdint>

struct Options {
  bool read : 1, write : 1, append : 1, create : 1, truncate : 1;
  bool exclusive : 1, direct : 1, sync : 1, no_follow : 1, close_on_exec : 1;
};
static_assert(sizeof(Options) == 2);

struct Sprite {
  std::uint32_t image;
  bool visible : 1;
  bool solid : 1;
  bool mirrored : 1;
  bool glowing : 1;
  bool animated : 1;
  bool selected : 1;
  bool locked : 1;
  bool dirty : 1;
};
static_assert(sizeof(Sprite) == 8);

enum class Align : std::uint8_t { left, right, center, justified };
enum class Wrap : std::uint8_t { off, on };
struct Style {
  Align text : 2, title : 2;
  Wrap lines : 1, words : 1;
  bool bold : 1;
  bool italic : 1;
  bool underlined : 1;
  bool hidden : 1;
};
static_assert(sizeof(Style) == 2);

struct Settings {
  bool a : 1 = true, b : 1 = false, c : 1 = true, d : 1 = false;
  bool e : 1 = true;
  bool f : 1 = false;
  bool g : 1 = true;
  bool h : 1 = false;
};
static_assert(sizeof(Settings) == 1);
