// expect: warning of enum-size
#include <array>
#include <deque>
enum class Piece { None, Pawn, Knight, Bishop, Rook, Queen, King };  // before
enum class Piece : signed char { None, Pawn, Knight, Bishop, Rook, Queen, King };  // after
struct Position { std::array<Piece, 64> squares; int ply; };
std::deque<Position> history;
void play(const Position& p) { history.push_back(p); }
