// What is reported and what is not: loops of all sorts over large records.
#include <cstring>
#include <list>
#include <string>
#include <vector>

// Hot fields at both ends, in nodes of a list.
struct Session {  // expect: hot-cold "for 'id' and 'deadline' (16 bytes), which fit in 1"
  long id;
  char peer[200];
  long deadline;
};
long expired(const std::list<Session>& sessions, long now) {
  long count = 0;
  for (const Session& session : sessions) {
    if (session.deadline < now) count += session.id;
  }
  return count;
}

// A walk along links, in C manner.
struct Job {  // expect: hot-cold "for 'next' and 'priority' (12 bytes), which fit in 1"
  Job* next;
  char name[100];
  char directory[100];
  int priority;
};
int highest(const Job* job) {
  int best = 0;
  while (job != nullptr) {
    if (job->priority > best) best = job->priority;
    job = job->next;
  }
  return best;
}

// Accessors and private fields; the loop is called in a loop.
class Unit {  // expect: hot-cold "for 'alive_', 'health_' and 'armor_'"
 public:
  bool alive() const { return alive_; }
  void hit(int by) {
    health_ -= by / armor_;
    alive_ = health_ > 0;
  }

 private:
  bool alive_ = true;
  char name_[60] = "";
  int health_ = 10;
  char story_[120] = "";
  int armor_ = 1;
};
void battle(std::vector<Unit>& units) {
  for (int round = 0; round < 1000; ++round) {
    for (Unit& unit : units) {
      if (unit.alive()) unit.hit(round % 3);
    }
  }
}

// The hot fields are together already.
struct Particle {
  float x, y, z, speed;
  char label[120];
};
float spread(const std::vector<Particle>& particles) {
  float sum = 0;
  for (int i = 0; i < 100; ++i) {
    for (const Particle& p : particles) sum += p.x + p.y + p.z + p.speed;
  }
  return sum;
}

// One field only: it lies on one line wherever it is.
struct Page {
  char text[500];
  int number;
};
int pages(const std::vector<Page>& all) {
  int sum = 0;
  for (const Page& page : all) sum += page.number;
  return sum;
}

// The loop uses most of it.
struct Matrix {
  double rows[12];
  char name[8];
};
double trace(const std::vector<Matrix>& all) {
  double sum = 0;
  for (const Matrix& matrix : all) {
    for (int i = 0; i < 12; ++i) sum += matrix.rows[i];
  }
  return sum;
}

// Elements go whole to code that is not read.
struct Packet {
  long id;
  char payload[200];
  long time;
};
void send(const Packet& packet);
void flush(const std::vector<Packet>& packets) {
  for (const Packet& packet : packets) {
    if (packet.id < packet.time) send(packet);
  }
}

// Apart on purpose.
struct Shared {
  alignas(64) long written;
  alignas(64) long read;
  char name[64];
};
long waiting(const std::vector<Shared>& all) {
  long sum = 0;
  for (const Shared& one : all) sum += one.written - one.read;
  return sum;
}

// A handful of elements.
struct Screen {
  int width;
  char name[100];
  int height;
};
Screen screens[4];
int area() {
  int sum = 0;
  for (const Screen& screen : screens) sum += screen.width * screen.height;
  return sum;
}

// No loop: one object is looked at.
struct Config {
  std::string host;
  std::string paths[8];
  int port;
  int limit;
};
int check(const Config& config) {
  return config.port + config.limit;
}
