// expect: warning of large-variant flags: -D_GNU_SOURCE
#include <stdlib.h>
#include <string.h>
enum kind { KEY, MOUSE, DROP };
struct key_event { enum kind type; int sym; };
struct mouse_event { enum kind type; int x, y; };
struct drop_event { enum kind type; char path[240]; };  // before
struct drop_event { enum kind type; char *path; };  // after
union event { enum kind type; struct key_event key; struct mouse_event mouse; struct drop_event drop; };
static union event queue[256];
static unsigned head, tail;
void push_key(int sym) { union event *e = &queue[tail++ & 255]; e->key.type = KEY; e->key.sym = sym; }
void push_mouse(int x, int y) { union event *e = &queue[tail++ & 255]; e->mouse.type = MOUSE; e->mouse.x = x; e->mouse.y = y; }
void push_drop(const char *p) { union event *e = &queue[tail++ & 255]; e->drop.type = DROP; strcpy(e->drop.path, p); }  // before
void push_drop(const char *p) { union event *e = &queue[tail++ & 255]; e->drop.type = DROP; e->drop.path = strdup(p); }  // after
