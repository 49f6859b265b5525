// expect: note of padding
struct Settings { bool a; double b; bool c; double d; bool e; };
static Settings settings;
int main() { return settings.a; }
