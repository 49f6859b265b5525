// Functions whose names tell what they do with the bytes behind a pointer.
#include <algorithm>
#include <array>
#include <string_view>

#include "scan/uses_context.hpp"

namespace snug::uses {

namespace {

struct Named {
  std::string_view name;
  CallKind kind;
};

/// Sorted by name. C, POSIX, Windows, C++ streams, common libraries.
constexpr auto kCalls = std::to_array<Named>({
    {"BIO_read", CallKind::Io},
    {"BIO_write", CallKind::Io},
    {"CopyMemory", CallKind::Memory},
    {"DeviceIoControl", CallKind::Io},
    {"FillMemory", CallKind::Memory},
    {"MapViewOfFile", CallKind::Map},
    {"MoveMemory", CallKind::Memory},
    {"ReadFile", CallKind::Io},
    {"SSL_read", CallKind::Io},
    {"SSL_write", CallKind::Io},
    {"WSARecv", CallKind::Io},
    {"WSASend", CallKind::Io},
    {"WriteFile", CallKind::Io},
    {"ZeroMemory", CallKind::Memory},
    {"addressof", CallKind::Neutral},
    {"assume_aligned", CallKind::Neutral},
    {"bcmp", CallKind::Memory},
    {"bcopy", CallKind::Memory},
    {"bsearch", CallKind::Neutral},
    {"bzero", CallKind::Memory},
    {"cfree", CallKind::Neutral},
    {"clEnqueueReadBuffer", CallKind::Io},
    {"clEnqueueWriteBuffer", CallKind::Io},
    {"cudaMemcpy", CallKind::Io},
    {"cudaMemcpyAsync", CallKind::Io},
    {"explicit_bzero", CallKind::Memory},
    {"fcntl", CallKind::Io},
    {"fgets", CallKind::Io},
    {"fprintf", CallKind::Neutral},
    {"fread", CallKind::Io},
    {"fread_unlocked", CallKind::Io},
    {"free", CallKind::Neutral},
    {"fwrite", CallKind::Io},
    {"fwrite_unlocked", CallKind::Io},
    {"getsockopt", CallKind::Io},
    {"glBufferData", CallKind::Io},
    {"glBufferSubData", CallKind::Io},
    {"gzread", CallKind::Io},
    {"gzwrite", CallKind::Io},
    {"ioctl", CallKind::Io},
    {"launder", CallKind::Neutral},
    {"lfind", CallKind::Neutral},
    {"madvise", CallKind::Neutral},
    {"memccpy", CallKind::Memory},
    {"memcmp", CallKind::Memory},
    {"memcpy", CallKind::Memory},
    {"memcpy_s", CallKind::Memory},
    {"memmove", CallKind::Memory},
    {"memmove_s", CallKind::Memory},
    {"mempcpy", CallKind::Memory},
    {"memset", CallKind::Memory},
    {"memset_s", CallKind::Memory},
    {"mlock", CallKind::Neutral},
    {"mmap", CallKind::Map},
    {"mmap64", CallKind::Map},
    {"mprotect", CallKind::Neutral},
    {"mq_receive", CallKind::Io},
    {"mq_send", CallKind::Io},
    {"msgrcv", CallKind::Io},
    {"msgsnd", CallKind::Io},
    {"munlock", CallKind::Neutral},
    {"munmap", CallKind::Neutral},
    {"operator delete", CallKind::Neutral},
    {"operator delete[]", CallKind::Neutral},
    {"pread", CallKind::Io},
    {"pread64", CallKind::Io},
    {"prefetch", CallKind::Neutral},
    {"printf", CallKind::Neutral},
    {"process_vm_readv", CallKind::Io},
    {"pwrite", CallKind::Io},
    {"pwrite64", CallKind::Io},
    {"qsort", CallKind::Neutral},
    {"qsort_r", CallKind::Neutral},
    {"read", CallKind::Io},
    {"read_some", CallKind::Io},
    {"readsome", CallKind::Io},
    {"recv", CallKind::Io},
    {"recvfrom", CallKind::Io},
    {"send", CallKind::Io},
    {"sendto", CallKind::Io},
    {"setsockopt", CallKind::Io},
    {"sgetn", CallKind::Io},
    {"shmat", CallKind::Map},
    {"snprintf", CallKind::Neutral},
    {"sprintf", CallKind::Neutral},
    {"sputn", CallKind::Io},
    {"wmemcpy", CallKind::Memory},
    {"write", CallKind::Io},
    {"write_some", CallKind::Io},
});

static_assert(std::is_sorted(kCalls.begin(), kCalls.end(),
                             [](const Named& a, const Named& b) { return a.name < b.name; }));

/// __builtin_memcpy, __builtin___memcpy_chk and __memcpy_chk are memcpy.
std::string_view plain_name(std::string_view name) {
  if (name.starts_with("__builtin_")) {
    name.remove_prefix(10);
  }
  if (name.ends_with("_chk")) {
    name.remove_suffix(4);
  }
  while (name.starts_with("__")) {
    name.remove_prefix(2);
  }
  return name;
}

bool contains_word(std::string_view name, std::string_view lower) {
  return std::search(name.begin(), name.end(), lower.begin(), lower.end(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
         }) != name.end();
}

}  // namespace

bool is_allocation_name(std::string_view name) {
  return contains_word(name, "alloc") || name.starts_with("operator new") ||
         name.starts_with("operator delete") || name == "free";
}

CallKind call_kind(std::string_view name) {
  name = plain_name(name);
  const auto found =
      std::lower_bound(kCalls.begin(), kCalls.end(), name,
                       [](const Named& call, std::string_view key) { return call.name < key; });
  if (found != kCalls.end() && found->name == name) {
    return found->kind;
  }
  return is_allocation_name(name) ? CallKind::Allocation : CallKind::Unknown;
}

}  // namespace snug::uses
