// expect: silent
#include <thread>
struct Log { long opened = 0; long closed = 0; };
Log log_of_all;
void note_open() { log_of_all.opened++; }
void open_file() { note_open(); }
void open_session() { open_file(); }
void open_user() { open_session(); }
void note_close() { log_of_all.closed++; }
void close_file() { note_close(); }
void close_session() { close_file(); }
void close_user() { close_session(); }
int main() {
  std::thread a([] { for (int i = 0; i < 100000; ++i) open_user(); });
  std::thread b([] { for (int i = 0; i < 100000; ++i) close_user(); });
  a.join();
  b.join();
}
