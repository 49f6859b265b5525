// expect: nothing of enum-size
#include <stdlib.h>
enum mode { OFF, ON, AUTO };
struct knob { enum mode m; int value; };
struct knob *knobs(size_t n) { return calloc(n, sizeof(struct knob)); }
