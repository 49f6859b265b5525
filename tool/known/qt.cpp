// Qt.
#include <array>

#include "known/families.hpp"

namespace snug::families {
namespace {

using enum Effect;

constexpr auto qt_functions = std::to_array<KnownFunction>({
    {"QtConcurrent", "run", {HandsToPool, FirstCallable}, 0},
    {"QtConcurrent", "map", {StartsThread, FirstCallable}, 1, -1, true},
    {"QtConcurrent", "mapped", {StartsThread, FirstCallable}, 1, -1, true},
    {"QtConcurrent", "filter", {StartsThread, FirstCallable}, 1, -1, true},
    {"QtConcurrent", "filtered", {StartsThread, FirstCallable}, 1, -1, true},
    {"QtConcurrent", "blockingMap", {StartsThread, FirstCallable}, 1, -1, true, true},
    {"QtConcurrent", "blockingMapped", {StartsThread, FirstCallable}, 1, -1, true, true},
    {"QtConcurrent", "blockingFilter", {StartsThread, FirstCallable}, 1, -1, true, true},
    {"QThread", "create", {StartsThread, FirstCallable}, 0},
    {"QThread", "run", ThreadEntry},
    {"QThread", "start", {StartsThread, RunsObject}},
    {"QThread", "wait", JoinsObject},
    {"QThreadPool", "start", {HandsToPool, FirstCallable}, 0},
    {"QThreadPool", "tryStart", {HandsToPool, FirstCallable}, 0},
    {.scope = "QRunnable", .name = "run", .effects = ThreadEntry, .many = true},
});

}  // namespace

Family qt() {
  return {{}, qt_functions};
}

}  // namespace snug::families
