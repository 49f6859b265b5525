// expect: silent
#include <memory>
#include <mutex>
#include <thread>
struct Ring { long read_at = 0; long write_at = 0; };
struct Stream {
  virtual ~Stream() = default;
  virtual void read() = 0;
  virtual void write() = 0;
};
struct Fast : Stream {
  Fast() : ring(std::make_shared<Ring>()) {}
  void read() override { ++ring->read_at; }
  void write() override { ++ring->write_at; }
  std::shared_ptr<Ring> ring;
};
struct Locked : Stream {
  explicit Locked(Fast& inner) : fast(inner) {}
  void read() override {
    std::lock_guard<std::mutex> guard(mutex);
    fast.read();
  }
  void write() override {
    std::lock_guard<std::mutex> guard(mutex);
    fast.write();
  }
  Fast& fast;
  std::mutex mutex;
};
void reads(Stream* stream) { for (int i = 0; i < 1000000; ++i) stream->read(); }
void writes(Stream* stream) { for (int i = 0; i < 1000000; ++i) stream->write(); }
Stream* make();
int main() {
  Fast fast;
  Locked locked(fast);
  Stream* stream = &locked;
  if (Stream* other = make()) stream = other;
  std::thread a(reads, stream);
  std::thread b(writes, stream);
  a.join();
  b.join();
}
