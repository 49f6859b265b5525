// What is reported and what is not: variants and tagged unions of all sorts.
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

struct Small {
  int value;
};
struct Other {
  double value;
};
struct Large {
  std::array<char, 400> bytes;
};
struct Larger {
  std::array<char, 500> bytes;
};

// Two large alternatives of five: boxing one of them is not enough.
using Message =  // expect: large-variant "'Larger' and 'Large'"
    std::variant<Small, Large, Other, Larger, int>;
struct Inbox {
  std::vector<Message> messages;
};
void fill(Inbox& inbox) {
  for (int i = 0; i < 100; ++i) inbox.messages.emplace_back(Small{i});
  inbox.messages.emplace_back(Larger{});
}

// Without an alias the finding stands at the field. Objects around it are in an array.
struct Cell {
  std::variant<int, Large> content;  // expect: large-variant "404 bytes"
};
struct Grid {
  Cell cells[64];
};
void clear(Grid& grid) {
  for (Cell& cell : grid.cells) cell.content = 0;
}

// A single field: a note, for there may be few of them.
struct Config {
  std::variant<std::string, Large> source;  // expect: large-variant "'Large' (400 bytes)"
};
Config config{"file"};

// A tagged union.
enum class Kind : std::uint8_t { number, text, blob };
struct Token {  // expect: large-variant "264 bytes because of 'blob' (256 bytes)"
  Kind kind;
  int line;
  union {
    double number;
    long text;
    char blob[256];
  };
};
std::vector<Token> lex(int count) {
  std::vector<Token> tokens;
  for (int i = 0; i < count; ++i) {
    Token token;
    token.kind = Kind::number;
    token.number = i;
    tokens.push_back(token);
  }
  Token last;
  last.kind = Kind::blob;
  std::memset(last.blob, 0, sizeof last.blob);
  tokens.push_back(last);
  return tokens;
}

// The large alternative is the common one: each would cost an allocation.
using Mostly = std::variant<Small, Large>;
std::vector<Mostly> pictures() {
  std::vector<Mostly> all;
  for (int i = 0; i < 50; ++i) all.push_back(Large{});
  all.push_back(Small{1});
  return all;
}

// All alternatives are alike: one box more saves nothing.
std::vector<std::variant<Large, Larger>> twins;

// An optional: there is nothing but the large one.
std::vector<std::variant<std::monostate, Large>> optionals;

// A result that lives in local variables only.
using Outcome = std::variant<long, Large>;
Outcome attempt(long n) {
  if (n > 0) return n;
  return Large{};
}
int use() {
  const Outcome outcome = attempt(3);
  return std::holds_alternative<long>(outcome) ? 1 : 0;
}

// The saving is below the threshold.
std::vector<std::variant<int, std::string>> words;

// The large alternative is on the heap already.
std::vector<std::variant<int, std::unique_ptr<Large>>> boxed;

// A buffer in the object spares an allocation: that is what it is for.
enum class Place : std::uint8_t { inside, outside };
struct Buffer {
  Place place;
  union {
    char inside[128];
    char* outside;
  };
};
std::vector<Buffer> buffers;

// A union without a tag: the bytes of one value seen in two ways.
struct Registers {
  union {
    std::uint64_t words[32];
    std::uint8_t first;
  };
};
std::vector<Registers> machines;
