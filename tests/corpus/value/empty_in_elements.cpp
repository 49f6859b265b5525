// expect: warning of empty-member
#include <vector>
struct Less {};
struct Set {
  void* root;
  Less less;
};
Set none;
std::vector<Set> sets;  // flip
