// Instantiations, specialisations, partial ones, nested records and packs.
template <class T>
struct Box {
  char a;
  T b;
};
template <class T>
struct Box<T*> {
  T* b;
  char a;
};
template <>
struct Box<char> {
  char a, b, c;
};
template <class... Bases>
struct Pack : Bases... {
  char own;
};
template <int N>
struct Array {
  short values[N];
  struct Inner {
    char a;
    Array* b;
  } in;
};
template <class T, class U = Box<T>>
class Deep {
  T a;
  U b;
  Box<U> c;

 public:
  class Iterator {
    Deep* a;
    bool b;
  };
};
template <class T>
using Alias = Box<Box<T>>;
template <bool Wide>
struct Choice {
  struct Narrow {
    short a;
  };
  struct Broad {
    double a;
  };
  template <bool, class A, class>
  struct Select {
    using type = A;
  };
  template <class A, class B>
  struct Select<false, A, B> {
    using type = B;
  };
  char a;
  typename Select<Wide, Broad, Narrow>::type b;
};

struct Uses {
  Box<int> a;
  Box<int*> b;
  Box<char> c;
  Pack<Box<short>, Array<3>> d;
  Array<5>::Inner e;
  Deep<long long> f;
  Deep<char, double>::Iterator g;
  Alias<short> h;
  Choice<true> i;
  Choice<false> j;
};
Pack<> none;
