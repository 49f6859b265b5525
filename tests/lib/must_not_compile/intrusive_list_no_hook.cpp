// error: T must derive publicly from snug::list_hook<Tag>
#include <snug/intrusive_list.hpp>

struct by_age;
struct by_name;
#ifdef SNUG_EXPECT_OK
struct job : snug::list_hook<by_age> {};
#else
struct job : snug::list_hook<by_name> {};
#endif

void insert(snug::intrusive_list<job, by_age>& list, job& j) {
  list.push_back(j);
}
