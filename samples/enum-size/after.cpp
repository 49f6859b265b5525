// The same with underlying types that fit the values.
#include <cstdint>

enum class Side : std::uint8_t { buy, sell };
struct Order {
  std::uint64_t id;
  std::uint32_t quantity;
  Side side;
  bool hidden;
  char venue;
};
static_assert(sizeof(Order) == 16);

enum class Color : std::uint8_t { red, green, blue };
struct Cell {
  Color ink;
  Color paper;
  std::uint16_t glyph;
};
static_assert(sizeof(Cell) == 4);

enum class Status : std::uint16_t { ok = 200, moved = 300 };
struct Reply {
  Status status;
  std::uint16_t length;
  std::uint16_t flags;
  std::uint16_t port;
};
static_assert(sizeof(Reply) == 8);

enum class Offset : std::int8_t { back = -1, none, forward };
struct Cursor {
  Offset step[3];
  char key[5];
};
static_assert(sizeof(Cursor) == 8);

template <class T>
struct Cached {
  enum class State : std::uint8_t { empty, full };
  State state;
  T value;
};
Cached<char> letter;
Cached<double> number;
static_assert(sizeof(letter) == 2);

// The enumeration got a scope, so that no overload is picked by its underlying type.
enum class Kind : std::uint8_t { limit, market };
struct Ticket {
  Kind kind;
  char priority[4];
  bool open;
};
static_assert(sizeof(Ticket) == 6);
