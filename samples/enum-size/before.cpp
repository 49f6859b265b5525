// An enumeration is as wide as an int, whatever its values are. Where it stands between small fields
// a record pays for that.
#include <cstdint>

// One field is enough where it stands beside other small ones.
enum class Side { buy, sell };  // expect: enum-size "'Order' 16 bytes instead of 24"
struct Order {
  std::uint64_t id;
  std::uint32_t quantity;
  Side side;
  bool hidden;
  char venue;
};

// Two fields of one enumeration help together; the type is written out and may be replaced.
enum class Color : int { red, green, blue };  // expect: enum-size "as 'std::uint8_t'"
struct Cell {
  Color ink;
  Color paper;
  std::uint16_t glyph;
};

// Values up to 300 need two bytes.
enum class Status { ok = 200, moved = 300 };  // expect: enum-size "fit 2 bytes"
struct Reply {
  Status status;
  std::uint16_t length;
  std::uint16_t flags;
  std::uint16_t port;
};

// Values below zero need a sign.
enum class Offset { back = -1, none, forward };  // expect: enum-size "as 'std::int8_t'"
struct Cursor {
  Offset step[3];
  char key[5];
};

// Inside a template: one instantiation shrinks, none grows.
template <class T>
struct Cached {
  enum class State { empty, full };  // expect: enum-size "'Cached<char>' 2 bytes instead of 8"
  State state;
  T value;
};
Cached<char> letter;
Cached<double> number;

// An old enumeration without a scope: the new type picks other overloads, so this one is for review.
enum Kind { limit, market };  // expect: enum-size "'Ticket' 6 bytes instead of 12"
struct Ticket {
  Kind kind;
  char priority[4];
  bool open;
};

// It fills what would be padding: nothing shrinks.
enum class Phase { begin, end };
struct Task {
  std::uint64_t id;
  Phase phase;
};

// Not a member of anything.
enum class Verdict { yes, no };
Verdict judge(int number) {
  return number > 0 ? Verdict::yes : Verdict::no;
}

// Its type names a width: somebody meant it.
enum class Opcode : std::uint32_t { load, store };
struct Instruction {
  Opcode opcode;
  char operands[4];
  char flags;
};

// Known to C code.
extern "C" {
enum Mode { mode_read, mode_write };
}
struct Channel {
  Mode mode;
  char name[5];
};

// A parameter of a function that C code calls.
enum Level { level_low, level_high };
struct Alarm {
  Level level;
  char zone;
};
extern "C" void raise_alarm(Level level);

// Complemented flags have values beyond the enumerators.
enum class Flags { none = 0, dirty = 1, pinned = 2 };
constexpr Flags operator~(Flags flags) {
  return static_cast<Flags>(~static_cast<int>(flags));
}
struct Page {
  Flags flags;
  char tag;
};

// Made of a constant that is no enumerator and does not fit.
enum class Slot { first, second };
inline constexpr Slot any_slot = static_cast<Slot>(100000);
struct Entry {
  Slot slot;
  char tag;
};
