// expect: silent
struct Totals { long a = 0; long b = 0; };
void up(Totals& t) { for (int i = 0; i < 100000; ++i) t.a++; }
void down(Totals& t) { for (int i = 0; i < 100000; ++i) t.b++; }
int main() { Totals t; up(t); down(t); }
