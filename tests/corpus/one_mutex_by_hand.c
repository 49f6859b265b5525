/* expect: silent */
#include <pthread.h>
struct account { pthread_mutex_t mutex; long in; long out; };
static struct account account;
static void* deposit(void* a) {
  for (int i = 0; i < 100000; i++) { pthread_mutex_lock(&account.mutex); account.in++; pthread_mutex_unlock(&account.mutex); }
  return a;
}
static void* withdraw(void* a) {
  for (int i = 0; i < 100000; i++) {
    pthread_mutex_lock(&account.mutex);  /* flip */
    account.out++;
    pthread_mutex_unlock(&account.mutex);  /* flip */
  }
  return a;
}
int main(void) {
  pthread_t x, y;
  pthread_create(&x, 0, deposit, 0);
  pthread_create(&y, 0, withdraw, 0);
  pthread_join(x, 0);
  pthread_join(y, 0);
  return 0;
}
