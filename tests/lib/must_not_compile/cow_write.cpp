// error: discards qualifiers|not marked const
#include <snug/cow.hpp>

#include <string>

void append(snug::cow<std::string>& text) {
#ifdef SNUG_EXPECT_OK
  text.write().push_back('x');
#else
  text->push_back('x');
#endif
}
