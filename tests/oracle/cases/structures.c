// Nested and nameless parts, arrays, flexible arrays, unions, and what the ABI calls empty in C.
struct empty {};
struct holds_empty {
  char a;
  struct empty nothing;
  int b;
};
struct flexible {
  int count;
  char kind;
  double values[];
};
struct old_flexible {
  short count;
  int values[0];
};
struct nested {
  char a;
  struct inner {
    short b;
    char c;
    struct {
      int d;
      char e;
    };
  } in[3];
  union {
    char f;
    long long g;
    struct {
      short h[5];
    } j;
  };
  struct inner again;
};
union all {
  char bytes[9];
  short s;
  struct nested n;
  struct {
    unsigned low : 4, high : 4;
  };
};
struct aligned_parts {
  char a;
  _Alignas(16) char b;
  _Alignas(8) short c;
  struct {
    char d;
  } __attribute__((aligned(32))) e;
};
struct aligned_whole {
  char a;
  int b;
} __attribute__((aligned(64)));
struct holds_aligned {
  char a;
  struct aligned_whole b;
  char c;
};
