// Bit-fields: runs of one and of several types, nameless and zero-width ones, packed ones.
struct runs {
  unsigned a : 3;
  unsigned b : 30;
  unsigned c : 5;
  char d;
  unsigned e : 7;
};
struct mixed {
  char a : 3;
  short b : 7;
  int c : 9;
  long long d : 33;
  _Bool e : 1;
  char f;
  int g : 20;
};
struct breaks {
  int a : 5;
  int : 0;
  int b : 5;
  short : 4;
  char c : 2;
  char : 0;
  char d : 2;
  long long : 0;
  char e;
};
struct nameless_only {
  int : 7;
};
struct after_char {
  char a;
  int b : 24;
  int c : 9;
};
struct packed_bits {
  char a;
  int b : 12;
  int c : 22;
  long long d : 40;
} __attribute__((packed));
struct packed_member {
  char a : 2;
  int b : 30 __attribute__((packed));
  int c : 3;
};
struct aligned_bits {
  char a;
  int b : 4 __attribute__((aligned(8)));
  int c : 4;
};
#pragma pack(push, 2)
struct pack_two {
  char a;
  int b : 17;
  int c : 17;
  long long d;
};
#pragma pack(pop)
enum small { off, on };
struct of_enum {
  enum small a : 1;
  enum small b : 2;
  unsigned char c : 1;
};
union of_bits {
  int a : 3;
  long long b : 40;
  char : 0;
};
