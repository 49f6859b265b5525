// expect: warning of shared-ptr-new
#include <memory>
struct Block {
  int id = 0;
  char name[512] = {};
};
std::shared_ptr<Block> make() { return std::shared_ptr<Block>(new Block); }
