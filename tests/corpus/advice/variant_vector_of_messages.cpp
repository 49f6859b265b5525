// expect: warning of large-variant
#include <variant>
#include <vector>
#include <string>
#include <cstdint>
struct Move { int dx, dy; };
struct Chat { std::string text; };
struct Snapshot { std::uint8_t tiles[4096]; };  // before
struct Snapshot { std::vector<std::uint8_t> tiles; };  // after
struct Envelope { std::uint64_t when; int from; std::variant<Move, Chat, Snapshot> what; };
std::vector<Envelope> log_;
void moved(int who, int dx, int dy) { log_.push_back({0, who, Move{dx, dy}}); }
void said(int who, const std::string& s) { log_.push_back({0, who, Chat{s}}); }
void joined(int who) { log_.push_back({0, who, Snapshot{}}); }
void demo() { for (int i = 0; i < 1000; ++i) moved(i, 1, 1); said(1, "hello"); joined(2); }
