// What the words of a name tell: a class that is called TicketLock is one, in whatever library.
//
// Only the last name counts, without case and underscores and without the _t of C.
#include <algorithm>
#include <array>
#include <cctype>

#include "known/families.hpp"

namespace snug::families {
namespace {

/// "Locked_Mutex_t" -> "lockedmutex"
std::string plain(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (c != '_') result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (result.size() > 1 && result.back() == 't' && name.ends_with("_t")) result.pop_back();
  return result;
}

template <std::size_t N>
bool ends_with_any(std::string_view name, const std::array<std::string_view, N>& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

template <std::size_t N>
bool is_any(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 5> lock_endings{"mutex", "futex", "lock",
                                                       "pthreadmutexunion", "criticalsection"};
constexpr std::array<std::string_view, 4> condition_endings{"condvar", "conditionvariable",
                                                            "conditionvariableany", "pthreadcond"};
constexpr std::array<std::string_view, 7> guard_endings{
    "locker", "guard", "lockholder", "scopedlock", "autolock", "mutexlock", "lockscope"};
constexpr std::array<std::string_view, 6> guards{"uniquelock", "sharedlock", "writelock",
                                                 "readlock",   "writerlock", "readerlock"};
constexpr std::array<std::string_view, 2> pointer_endings{"ptr", "pointer"};
constexpr std::array<std::string_view, 2> pointers{"rc", "box"};

bool is_guard(std::string_view name) {
  return ends_with_any(name, guard_endings) || name.starts_with("scopedlock") ||
         is_any(name, guards);
}

bool is_lock(std::string_view name) {
  return ends_with_any(name, lock_endings) && name.find("guard") == std::string_view::npos &&
         !name.starts_with("unique") && !name.starts_with("scoped");
}

}  // namespace

Roles roles_by_words(std::string_view last_name) {
  const std::string name = plain(last_name);
  Roles roles;
  if (is_guard(name)) {
    roles |= TypeRole::Guard;
    if (name.find("shared") != std::string::npos || name.find("read") != std::string::npos) {
      roles |= TypeRole::SharedGuard;
    }
  } else if (is_lock(name)) {
    roles |= TypeRole::Lock;
  } else if (ends_with_any(name, condition_endings)) {
    roles |= TypeRole::Condition;
  }
  if (ends_with_any(name, pointer_endings) || is_any(name, pointers)) {
    roles |= {TypeRole::Pointer, TypeRole::Refers};
  }
  if (name.find("group") != std::string::npos || name.find("executor") != std::string::npos) {
    roles |= TypeRole::Pool;
  }
  const bool map = name.find("map") != std::string::npos;
  if (map) roles |= TypeRole::MapLike;
  if (map || name.find("list") != std::string::npos || name.find("set") != std::string::npos) {
    roles |= TypeRole::NodeLike;
  }
  if (name.find("iterator") != std::string::npos) roles |= TypeRole::Iterator;
  if (name.ends_with("iterator")) roles |= TypeRole::Refers;
  return roles;
}

}  // namespace snug::families
