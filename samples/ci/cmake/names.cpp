struct Name {
  const char* text = "";
  unsigned length = 0;
  bool known = false;
};

bool known(const Name& name) {
  return name.known && name.length != 0;
}
