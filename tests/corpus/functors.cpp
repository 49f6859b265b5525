// expect: warning
#include <thread>
struct Board { long white = 0; long black = 0; };
struct White { Board& board; void operator()() { for (int i = 0; i < 100000; ++i) board.white++; } };
struct Black { Board& board; void operator()() { for (int i = 0; i < 100000; ++i) board.black++; } };
int main() {
  Board board;
  White white{board};
  Black black{board};
  std::thread a(std::ref(white));
  std::thread b(std::ref(black));
  a.join();
  b.join();
}
