// Records that have no name that another place could use: local ones, captures, nameless ones.
namespace {
struct Hidden {
  char a;
  int b;
};
}  // namespace

namespace outer {
inline namespace version {
struct Versioned {
  char a;
  Hidden b;
};
}  // namespace version
}  // namespace outer

struct {
  char a;
  double b;
} nameless;

typedef struct {
  short a;
  char b;
  int c;
} Named;

int local(char c, long long wide) {
  struct Local {
    char a;
    long long b;
    struct {
      char c;
      short d;
    } in;
  };
  const auto by_value = [c, wide, twice = 2 * wide] { return c + static_cast<int>(wide + twice); };
  const auto by_reference = [&c, &wide] { return c + static_cast<int>(wide); };
  const auto generic = [c](auto more) {
    struct Deeper {
      char a;
      decltype(more) b;
    };
    return static_cast<int>(sizeof(Deeper)) + c;
  };
  return static_cast<int>(sizeof(Local)) + by_value() + by_reference() + generic(wide) + generic(c);
}

template <class T>
int local_of() {
  struct Local {
    char a;
    T b;
  };
  return static_cast<int>(sizeof(Local));
}

int all = local('a', 1) + local_of<int>() + local_of<double>() +
          static_cast<int>(sizeof(outer::Versioned) + sizeof(Named) + sizeof(nameless));
