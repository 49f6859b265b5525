// Eight or more truth values of a byte each.
#include <atomic>
#include <cstdint>
#include <mutex>

struct Options {  // expect: bool-pack "bit-fields they make it 2 bytes"
  bool read, write, append, create, truncate;
  bool exclusive, direct, sync, no_follow, close_on_exec;
};

// Beside other fields.
struct Sprite {  // expect: bool-pack "8 fields of 'Sprite'"
  std::uint32_t image;
  bool visible;
  bool solid;
  bool mirrored;
  bool glowing;
  bool animated;
  bool selected;
  bool locked;
  bool dirty;
};

// Enumerations with up to four values need two bits.
enum class Align : std::uint8_t { left, right, center, justified };
enum class Wrap : std::uint8_t { off, on };
struct Style {  // expect: bool-pack "as bit-fields they make it 2 bytes instead of 8"
  Align text, title;
  Wrap lines, words;
  bool bold;
  bool italic;
  bool underlined;
  bool hidden;
};

// With default initialisers, which C++20 allows for bit-fields.
struct Settings {  // expect: bool-pack "'Settings'"
  bool a = true, b = false, c = true, d = false;
  bool e = true;
  bool f = false;
  bool g = true;
  bool h = false;
};

// Seven are too few.
struct Few {
  bool a, b, c, d, e, f, g;
};

// Their room is padding anyway.
struct Roomy {
  double value;
  bool a, b, c, d, e, f, g, h;
};

// A lock says that threads share it.
struct Shared {
  std::mutex mutex;
  bool a, b, c, d, e, f, g, h;
  bool i, j, k, l, m, n, o, p;
};

// Atomic flags are no bit-fields.
struct Flags {
  std::atomic<bool> a, b, c, d, e, f, g, h;
};

// The address of one is taken, and that leaves seven.
struct Watched {
  bool a, b, c, d, e, f, g, h;
};
bool* watch(Watched& watched) {
  return &watched.a;
}

// Handed out by reference.
struct Referred {
  bool a, b, c, d, e, f, g, h;
};
void set(bool& flag);
void prepare(Referred& referred) {
  set(referred.h);
}

// The layout is an interface to C.
extern "C" {
struct Wire {
  bool a, b, c, d, e, f, g, h;
};
}

// An array of flags; a bitset has no bool to refer to, so that there is no edit.
struct Board {  // expect: bool-pack "as a std::bitset"
  bool cells[64];
};
