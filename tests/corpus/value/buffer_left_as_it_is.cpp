// expect: nothing of shared-ptr-new flags: -std=c++17
#include <cstring>
#include <memory>

struct Block {
  char bytes[1 << 20];
};

static std::shared_ptr<Block> read_block(int n) {
  std::shared_ptr<Block> block(new Block);
  std::memset(block->bytes, n, 64);
  return block;
}

int main() {
  int sum = 0;
  for (int i = 0; i < 100; ++i) sum += read_block(i)->bytes[3];
  return sum == 1;
}
