// Each way to start a thread that the tables know, as code writes it: declarations stand in for the
// headers of the libraries, outside of the project.
#include <catch2/catch.hpp>

#include <algorithm>

#include "support/scan_text.hpp"

using namespace snug;
using namespace snug::test;

namespace {

struct Way {
  std::string_view kind;
  std::string_view header;
  std::string_view code;  ///< Of a function that starts `work`.
  bool pool = false;
  bool many = false;
  std::size_t arguments = 1;  ///< Those that `work` is given.
};

constexpr std::string_view work = "struct Data { int n; };\nvoid* work(void* data);\n";
constexpr std::string_view body = "void* work(void* data) { return data; }\n";

const std::vector<Way> ways = {
    {"pthread_create",
     "typedef unsigned long pthread_t; extern \"C\" int pthread_create(pthread_t*, const void*, "
     "void* (*)(void*), void*);",
     "pthread_t t; pthread_create(&t, nullptr, work, &data);"},
    {"thrd_create",
     "typedef int thrd_t; extern \"C\" int thrd_create(thrd_t*, int (*)(void*), void*);",
     "thrd_t t; thrd_create(&t, int_work, &data);"},
    {"CreateThread",
     "extern \"C\" void* CreateThread(void*, unsigned long, unsigned (*)(void*), void*, unsigned, "
     "unsigned*);",
     "CreateThread(nullptr, 0, unsigned_work, &data, 0, nullptr);", false, false, 3},
    {"_beginthread", "extern \"C\" unsigned _beginthread(void (*)(void*), unsigned, void*);",
     "_beginthread(void_work, 0, &data);"},
    {"_beginthreadex",
     "extern \"C\" unsigned _beginthreadex(void*, unsigned, unsigned (*)(void*), void*, unsigned, "
     "unsigned*);",
     "_beginthreadex(nullptr, 0, unsigned_work, &data, 0, nullptr);", false, false, 3},
    {"QueueUserWorkItem",
     "extern \"C\" int QueueUserWorkItem(unsigned (*)(void*), void*, unsigned);",
     "QueueUserWorkItem(unsigned_work, &data, 0);", true, false, 2},
    {"g_thread_new",
     "struct GThread; extern \"C\" GThread* g_thread_new(const char*, void* (*)(void*), void*);",
     "g_thread_new(\"w\", work, &data);"},
    {"g_thread_pool_new",
     "extern \"C\" void* g_thread_pool_new(void (*)(void*, void*), void*, int, int, void**);",
     "g_thread_pool_new(two_work, &data, 4, 0, nullptr);", false, true, 5},
    {"SDL_CreateThread", "extern \"C\" void* SDL_CreateThread(int (*)(void*), const char*, void*);",
     "SDL_CreateThread(int_work, \"w\", &data);"},
    {"SDL_CreateThreadRuntime",
     "extern \"C\" void* SDL_CreateThreadRuntime(int (*)(void*), const char*, void*, void*, "
     "void*);",
     "SDL_CreateThreadRuntime(int_work, \"w\", &data, nullptr, nullptr);"},
    {"uv_thread_create",
     "typedef unsigned long uv_thread_t; extern \"C\" int uv_thread_create(uv_thread_t*, void "
     "(*)(void*), void*);",
     "uv_thread_t t; uv_thread_create(&t, void_work, &data);"},
    {"uv_queue_work",
     "extern \"C\" int uv_queue_work(void*, void*, void (*)(void*), void (*)(void*, int));",
     "uv_queue_work(nullptr, &data, void_work, nullptr);", true},
    {"rte_eal_remote_launch",
     "extern \"C\" int rte_eal_remote_launch(int (*)(void*), void*, unsigned);",
     "rte_eal_remote_launch(int_work, &data, 1);", false, false, 2},
    {"rte_eal_mp_remote_launch",
     "extern \"C\" int rte_eal_mp_remote_launch(int (*)(void*), void*, int);",
     "rte_eal_mp_remote_launch(int_work, &data, 0);", false, true, 2},
    {"QtConcurrent::run",
     "namespace QtConcurrent { template <class F, class... A> int run(F&& f, A&&... a); }",
     "QtConcurrent::run(void_work, &data);", true},
    {"QtConcurrent::map",
     "namespace QtConcurrent { template <class S, class F> int map(S& s, F f); }",
     "QtConcurrent::map(data, of_data);", false, true, 0},
    {"QThread::create",
     "struct QThread { template <class F, class... A> static QThread* create(F&& f, A&&... a); };",
     "QThread::create(void_work, &data);"},
    {"folly::CPUThreadPoolExecutor::add",
     "namespace folly { struct CPUThreadPoolExecutor { template <class F> void add(F f) {} }; }",
     "folly::CPUThreadPoolExecutor e; e.add([] {});", true, false, 0},
    {"folly::via",
     "namespace folly { template <class E, class F> int via(E* e, F&& f) { return 0; } }",
     "folly::via(&data, [] {});", true, false, 0},
    {"asio::post",
     "namespace boost::asio { template <class E, class F> void post(E& e, F&& f) {} }",
     "boost::asio::post(data, [] {});", true, false, 0},
    {"asio::defer", "namespace asio { template <class E, class F> void defer(E& e, F&& f) {} }",
     "asio::defer(data, [] {});", true, false, 0},
    {"boost::basic_thread_pool::submit",
     "namespace boost { struct basic_thread_pool { template <class F> void submit(F&& f) {} }; }",
     "boost::basic_thread_pool p; p.submit([] {});", true, false, 0},
    {"hpx::async", "namespace hpx { template <class F, class... A> int async(F&& f, A&&... a); }",
     "hpx::async(void_work, &data);", true},
    {"hpx::thread", "namespace hpx { struct thread { template <class F> thread(F&& f) {} }; }",
     "hpx::thread t([] {});", false, false, 0},
    {"tbb::parallel_for",
     "namespace oneapi::tbb { template <class I, class F> void parallel_for(I, I, F f) {} }",
     "oneapi::tbb::parallel_for(0, 9, [](int) {});", false, true, 0},
};

}  // namespace

TEST_CASE("every way to start a thread is read, with what runs and what it is given") {
  for (const Way& way : ways) {
    INFO(way.kind);
    TextUnit unit(
        "#include <library.hpp>\n" + std::string(work) + std::string(body) +
            "int int_work(void*) { return 0; }\nunsigned unsigned_work(void*) { return 0; }\n"
            "void void_work(void*) {}\nvoid two_work(void*, void*) {}\n"
            "void of_data(int) {}\nData data;\nvoid go() { " +
            std::string(way.code) + " }\n",
        {"-std=c++20", "-isystem", "."});
    unit.header("library.hpp", std::string(way.header) + "\n");
    const Model model = unit.scan();
    REQUIRE(model.units.front().status == UnitStatus::Ok);
    std::vector<ThreadStart> starts;
    for (const Function& function : model.functions) {
      starts.insert(starts.end(), function.starts.begin(), function.starts.end());
    }
    REQUIRE(starts.size() == 1);
    const ThreadStart& start = starts.front();
    CHECK(start.kind == way.kind);
    CHECK(model.find_function(start.entry) != nullptr);
    CHECK(start.pool == way.pool);
    CHECK(start.many == way.many);
    if (way.arguments > 0) {
      REQUIRE(start.arguments.size() == way.arguments);
      // The function of GLib's pools is handed what is pushed, then what the pool was made with.
      const Argument& given = start.arguments[way.arguments == 5 ? 1 : 0];
      CHECK(given.by_reference);
      CHECK(given.path.root.kind == RootKind::Global);
    }
  }
}

TEST_CASE("what waits for a thread names its handle") {
  TextUnit unit(
      "#include <library.hpp>\nvoid work(void*) {}\n"
      "int main() { uv_thread_t t; uv_thread_create(&t, work, nullptr); uv_thread_join(&t); }\n",
      {"-std=c++20", "-isystem", "."});
  unit.header("library.hpp",
              "typedef unsigned long uv_thread_t;\nextern \"C\" {\n"
              "int uv_thread_create(uv_thread_t*, void (*)(void*), void*);\n"
              "int uv_thread_join(uv_thread_t*);\n}\n");
  const Model model = unit.scan();
  const auto main = std::find_if(model.functions.begin(), model.functions.end(),
                                 [](const Function& one) { return !one.joins.empty(); });
  REQUIRE(main != model.functions.end());
  CHECK(main->joins.front().handle == main->starts.front().handle);
  CHECK(main->joins.front().handle.root.kind == RootKind::Local);
}
