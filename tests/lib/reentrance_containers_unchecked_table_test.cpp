// The same without checks: what the rules forbid is defined there, too.
#define SNUG_CHECKED 0
#include "lib/reentrance_containers_table_test.cpp"
