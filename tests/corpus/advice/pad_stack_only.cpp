// expect: note of padding
struct Parser { char look; const char* at; char prev; const char* end; bool bad; int depth; bool eof; };
static int run(const char* s) { Parser p{}; p.at = s; p.look = *s; return p.look; }
int main(int, char** v) { return run(v[0]); }
