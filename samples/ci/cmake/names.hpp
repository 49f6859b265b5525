#pragma once

struct Name {
  const char* text = "";
  unsigned length = 0;
  bool known = false;
};
