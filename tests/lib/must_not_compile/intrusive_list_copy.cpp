// error: deleted
#include <snug/intrusive_list.hpp>

#include <utility>

struct job : snug::list_hook<> {};

snug::intrusive_list<job> pass_on(snug::intrusive_list<job>& list) {
#ifdef SNUG_EXPECT_OK
  return std::move(list);
#else
  return list;
#endif
}
