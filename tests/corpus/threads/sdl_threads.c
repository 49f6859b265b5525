// expect: warning
typedef struct SDL_Thread SDL_Thread;
SDL_Thread *SDL_CreateThread(int (*fn)(void *), const char *name, void *data);
void SDL_WaitThread(SDL_Thread *thread, int *status);
static int tiles[/*after: 16 **/ 16];
static int render(void *data) {
  int me = *(int *)data;
  for (int i = 0; i < 10000000; ++i) tiles[/*after: 16 **/ me] += i;
  return 0;
}
int main(void) {
  SDL_Thread *t[8];
  int ids[8];
  for (int i = 0; i < 8; ++i) {
    ids[i] = i;
    t[i] = SDL_CreateThread(render, "tile", &ids[i]);
  }
  for (int i = 0; i < 8; ++i) SDL_WaitThread(t[i], 0);
  return 0;
}
