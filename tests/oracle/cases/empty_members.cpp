// Members that are empty or may overlap, and bit-fields of C++.
struct Empty {};
struct EmptyToo {};
class Tail {
  int a;
  char b;

 public:
  Tail();
};
struct Holds {
  Empty a;
  int b;
  EmptyToo c;
};
struct Overlaps {
  [[no_unique_address]] Empty a;
  int b;
  [[no_unique_address]] EmptyToo c;
};
struct OverlapsSame {
  [[no_unique_address]] Empty a;
  [[no_unique_address]] Empty b;
  char c;
};
struct OverlapsTail {
  [[no_unique_address]] Tail a;
  char b;
};
struct Derives : Empty {
  [[no_unique_address]] Empty a;
  [[no_unique_address]] EmptyToo b;
  char c;
};
struct Array {
  Empty a[3];
  char b;
};
enum class Small : unsigned char { a, b };
struct Bits {
  Small a : 1;
  bool b : 1;
  unsigned : 0;
  Small c : 4;
  int d : 3 = 1;
};
struct BitTail : Bits {
  char e : 3;
};
struct Wide {
  char a : 7;
  unsigned long long b : 60;
};
union Storage {
  Overlaps a;
  Wide b;
  char c[13];
};
