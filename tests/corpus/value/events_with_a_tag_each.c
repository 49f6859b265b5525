/* expect: warning of large-variant */
struct key { int type; int code; };
struct move { int type; int x, y; };
struct drop { int type; char path[1024]; };
union event {
  int type;
  struct key key;
  struct move move;
  struct drop drop;
};
union event queue[256]; /* flip */
union event one;
void key(int i, int code) { queue[i & 255].key.code = code; } /* flip */
void press(union event *e, int code) { for (int i = 0; i < code; ++i) e[i].key.code = i; }
void move(union event *e) { e->move.x = 1; }
