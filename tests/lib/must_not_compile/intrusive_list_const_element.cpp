// error: const
#include <snug/intrusive_list.hpp>

struct job : snug::list_hook<> {
  int priority = 0;
};

void promote([[maybe_unused]] const snug::intrusive_list<job>& view,
             snug::intrusive_list<job>& list) {
#ifdef SNUG_EXPECT_OK
  list.front().priority = 1;
#else
  (void)list;
  view.front().priority = 1;  // a const list gives const elements
#endif
}
