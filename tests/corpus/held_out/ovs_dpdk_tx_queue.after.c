// Project: Open vSwitch, commit 15ba075d39.
// Mend: a queue is padded to exactly one line (the memory was aligned before).
#include <pthread.h>
#include <stdlib.h>

struct tx_queue {
  union {
    struct {
      pthread_spinlock_t tx_lock;
      int map;
    };
    unsigned char pad[64];
  };
};

struct netdev {
  int n_txq;
  struct tx_queue* tx_q;
};

struct pmd_thread {
  pthread_t thread;
  struct netdev* dev;
  int qid;
};

int nic_transmit(int qid, int packets);

static struct tx_queue* netdev_alloc_txq(int n_txqs) {
  struct tx_queue* txqs = aligned_alloc(64, 64 * (size_t)n_txqs);
  if (!txqs) abort();
  for (int i = 0; i < n_txqs; i++) {
    txqs[i].map = i;
    pthread_spin_init(&txqs[i].tx_lock, PTHREAD_PROCESS_PRIVATE);
  }
  return txqs;
}

static void netdev_send(struct netdev* dev, int qid, int packets) {
  pthread_spin_lock(&dev->tx_q[qid].tx_lock);
  nic_transmit(dev->tx_q[qid].map, packets);
  pthread_spin_unlock(&dev->tx_q[qid].tx_lock);
}

static void* pmd_main(void* arg) {
  struct pmd_thread* pmd = arg;
  for (int i = 0; i < 1000000; i++) netdev_send(pmd->dev, pmd->qid, 32);
  return NULL;
}

int main(void) {
  struct netdev dev = {.n_txq = 8};
  struct pmd_thread pmds[8];
  dev.tx_q = netdev_alloc_txq(dev.n_txq);
  for (int i = 0; i < dev.n_txq; i++) {
    pmds[i].dev = &dev;
    pmds[i].qid = i;
    pthread_create(&pmds[i].thread, NULL, pmd_main, &pmds[i]);
  }
  for (int i = 0; i < dev.n_txq; i++) pthread_join(pmds[i].thread, NULL);
  free(dev.tx_q);
  return 0;
}
