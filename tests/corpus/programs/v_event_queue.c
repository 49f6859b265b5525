// expect: warning of large-variant
#include <stdint.h>
#include <string.h>
enum event_type { EV_KEY, EV_MOUSE, EV_RESIZE, EV_PASTE };
struct event {
  enum event_type type;
  union {
    struct { uint32_t code; uint16_t mods; } key;
    struct { int16_t x, y; uint8_t buttons; } mouse;
    struct { uint16_t w, h; } resize;
    struct { uint32_t length; char text[256]; } paste;  // before
    struct { uint32_t length; char *text; } paste;  // after
  } u;
};
static struct event queue[512];
static unsigned head;
void push_key(uint32_t code) {
  struct event *e = &queue[head++ % 512];
  e->type = EV_KEY;
  e->u.key.code = code;
}
void push_mouse(int16_t x, int16_t y) {
  struct event *e = &queue[head++ % 512];
  e->type = EV_MOUSE;
  e->u.mouse.x = x;
  e->u.mouse.y = y;
}
int dispatch(const struct event *e) {
  switch (e->type) {
    case EV_KEY: return (int)e->u.key.code;
    case EV_MOUSE: return e->u.mouse.x;
    case EV_RESIZE: return e->u.resize.w;
    case EV_PASTE: return (int)e->u.paste.length;
  }
  return 0;
}
