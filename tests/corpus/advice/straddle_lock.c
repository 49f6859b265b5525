// expect: warning of line-straddle
#include <pthread.h>
struct chan { char label[40]; pthread_mutex_t mu; long n; } __attribute__((aligned(64)));  // before
struct chan { pthread_mutex_t mu; char label[16]; long n; } __attribute__((aligned(64)));  // after
static struct chan chans[16];
void tick(int i) { pthread_mutex_lock(&chans[i].mu); chans[i].n++; pthread_mutex_unlock(&chans[i].mu); }
