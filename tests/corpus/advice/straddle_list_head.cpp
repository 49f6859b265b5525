// expect: warning of line-straddle
#include <vector>
struct Link { Link* next; Link* prev; };
struct alignas(64) Bucket { long stats[7]; Link head; long spare[3]; };  // before
struct alignas(64) Bucket { Link head; long stats[7]; long spare[3]; };  // after
static Bucket table[512];
void put(unsigned h, Link* l) { Bucket& b = table[h % 512]; l->next = b.head.next; l->prev = &b.head; b.head.next->prev = l; b.head.next = l; ++b.stats[0]; }
