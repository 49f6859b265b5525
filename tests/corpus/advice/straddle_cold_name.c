// expect: nothing of line-straddle
struct person { long id; long born; char name[64]; long salary; char note[40]; } __attribute__((aligned(64)));
static struct person staff[64];
long pay(int i) { return staff[i].salary; }
