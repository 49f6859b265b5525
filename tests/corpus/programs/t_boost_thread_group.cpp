// expect: warning of false-sharing
namespace boost {
class thread {};
class thread_group {
 public:
  template <class F>
  thread* create_thread(F f) { f(); return nullptr; }
  void join_all();
};
}  // namespace boost
struct Count {
  long reads = 0;
  long writes = 0;
  char line[48];  // after
};
static Count per_thread[8];
int main() {
  boost::thread_group group;
  for (int t = 0; t < 8; ++t) {
    group.create_thread([t] {
      for (int i = 0; i < 1000000; ++i) {
        if (i & 3) per_thread[t].reads++;
        else per_thread[t].writes++;
      }
    });
  }
  group.join_all();
}
