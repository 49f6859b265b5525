// Every scalar type next to a char, as the ABI aligns it.
#define NEXT_TO_CHAR(name, type) \
  struct name {                  \
    char first;                  \
    type value;                  \
    char last;                   \
  }

NEXT_TO_CHAR(of_short, short);
NEXT_TO_CHAR(of_int, int);
NEXT_TO_CHAR(of_long, long);
NEXT_TO_CHAR(of_long_long, long long);
NEXT_TO_CHAR(of_float, float);
NEXT_TO_CHAR(of_double, double);
NEXT_TO_CHAR(of_long_double, long double);
NEXT_TO_CHAR(of_complex, _Complex double);
NEXT_TO_CHAR(of_bool, _Bool);
NEXT_TO_CHAR(of_pointer, void*);
typedef void (*function_pointer)(void);
NEXT_TO_CHAR(of_function, function_pointer);
NEXT_TO_CHAR(of_wide, __WCHAR_TYPE__);
NEXT_TO_CHAR(of_size, __SIZE_TYPE__);
NEXT_TO_CHAR(of_atomic, _Atomic(long long));
#ifdef __SIZEOF_INT128__
NEXT_TO_CHAR(of_int128, __int128);
#endif
enum colour { red, green, blue = 1 << 20 };
NEXT_TO_CHAR(of_enum, enum colour);
typedef int four_ints __attribute__((vector_size(16)));
NEXT_TO_CHAR(of_vector, four_ints);
typedef int lax_int __attribute__((aligned(2)));
NEXT_TO_CHAR(of_lax_int, lax_int);
typedef double strict_double __attribute__((aligned(32)));
NEXT_TO_CHAR(of_strict_double, strict_double);
