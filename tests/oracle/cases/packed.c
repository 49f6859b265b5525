// Packing: by attribute, by pragma and of one member, with alignment asked for on top.
struct packed_all {
  char a;
  double b;
  short c;
} __attribute__((packed));
struct packed_and_aligned {
  char a;
  double b;
} __attribute__((packed, aligned(4)));
struct packed_one {
  char a;
  int b __attribute__((packed));
  int c;
};
struct holds_packed {
  char a;
  struct packed_all b;
  int c;
};
struct packed_holds {
  char a;
  struct {
    char b;
    int c;
  } d;
} __attribute__((packed));
#pragma pack(push, 1)
struct pragma_one {
  char a;
  long long b;
  _Alignas(8) char c;
};
#pragma pack(push, 4)
struct pragma_four {
  char a;
  double b;
  struct pragma_one c;
};
#pragma pack(pop)
struct pragma_one_again {
  char a;
  struct pragma_four b;
};
#pragma pack(pop)
struct natural_again {
  char a;
  struct pragma_four b;
  double c;
};
