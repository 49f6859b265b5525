/* expect: nothing of large-variant */
struct key { int type; int code; };
struct move { int type; int x, y; };
union event {
  int type;
  struct key key;
  struct move move;
  char padding[128];
};
union event queue[256];
