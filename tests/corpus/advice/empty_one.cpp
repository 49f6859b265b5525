// expect: note of empty-member
struct Tag {};
struct App { Tag tag; void* window; int n; };
static App app;
int main() { return app.n; }
