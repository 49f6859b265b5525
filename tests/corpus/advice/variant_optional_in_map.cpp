// expect: warning of large-variant
#include <optional>
#include <unordered_map>
#include <string>
#include <memory>
struct TlsState { unsigned char keys[512]; int version; };
struct Session { int fd = -1; std::optional<TlsState> tls; };  // before
struct Session { int fd = -1; std::unique_ptr<TlsState> tls; };  // after
std::unordered_map<int, Session> sessions;
void accept_plain(int fd) { sessions[fd].fd = fd; }
void accept_tls(int fd) { auto& s = sessions[fd]; s.fd = fd; s.tls.emplace(); }  // before
void accept_tls(int fd) { auto& s = sessions[fd]; s.fd = fd; s.tls = std::make_unique<TlsState>(); }  // after
