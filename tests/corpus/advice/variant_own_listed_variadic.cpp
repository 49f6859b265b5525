// expect: warning of large-variant
// config: [[known.type]]
// config: name = "Either"
// config: role = "variant"
#include <deque>
#include <string>
#include <algorithm>
template <typename... Ts> struct Either {
  alignas(Ts...) char storage[std::max({sizeof(Ts)...})];
  unsigned char tag = 0;
  template <typename T> static Either of(const T& value) { Either e; new (e.storage) T(value); return e; }
};
struct Ack { unsigned seq; };
struct Nack { unsigned seq; unsigned reason; };
struct Payload { char body[1400]; };  // before
struct Payload { char body[24]; };  // after
struct Conn { std::deque<Either<Ack, Nack, Payload>> pending; };
void ack(Conn& c, unsigned s) { c.pending.push_back(Either<Ack, Nack, Payload>::of(Ack{s})); }
void nack(Conn& c, unsigned s) { c.pending.push_back(Either<Ack, Nack, Payload>::of(Nack{s, 1})); }
void acks(Conn& c) { for (unsigned i = 0; i < 500; ++i) { ack(c, i); nack(c, i); } }
void payload(Conn& c) { c.pending.push_back(Either<Ack, Nack, Payload>::of(Payload{})); }
