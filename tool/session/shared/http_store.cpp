// The problem: a run without shared results must not pay for them. libcurl brings thirty libraries
// that the loader would map at every start, so it is loaded when the first place is opened.
//
// 1. The functions are looked up in libcurl.so.4, whose ABI has not changed since 2006.
// 2. One handle serves all requests, so that the connection stays open.
// 3. Each request has a time and a size that it may take, redirects are followed only to HTTP.
#include "session/shared/http_store.hpp"

#include <curl/curl.h>
#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/error.hpp"

namespace snug {
namespace {

/// The functions of libcurl that are used.
struct Curl {
  decltype(&::curl_global_init) global_init = nullptr;
  decltype(&::curl_easy_init) init = nullptr;
  decltype(&::curl_easy_cleanup) cleanup = nullptr;
  decltype(&::curl_easy_setopt) set = nullptr;
  decltype(&::curl_easy_perform) perform = nullptr;
  decltype(&::curl_easy_reset) reset = nullptr;
  decltype(&::curl_easy_getinfo) info = nullptr;
  decltype(&::curl_easy_strerror) why = nullptr;
  decltype(&::curl_slist_append) append = nullptr;
  decltype(&::curl_slist_free_all) free_all = nullptr;
};

template <class Function>
void look_up(void* library, const char* name, Function& function) {
  void* const found = ::dlsym(library, name);
  if (found == nullptr) throw Error(fmt::format("libcurl has no function '{}'", name));
  std::memcpy(&function, &found, sizeof found);
}

/// Throws Error if there is no libcurl.
const Curl& curl() {
  static const Curl loaded = [] {
    void* library = nullptr;
    for (const char* const name : {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib"}) {
      if (library == nullptr) library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
    }
    if (library == nullptr) {
      throw Error(
          "a cache at http:// needs libcurl, which is not installed (on Debian: apt-get install "
          "libcurl4)");
    }
    Curl made;
    look_up(library, "curl_global_init", made.global_init);
    look_up(library, "curl_easy_init", made.init);
    look_up(library, "curl_easy_cleanup", made.cleanup);
    look_up(library, "curl_easy_setopt", made.set);
    look_up(library, "curl_easy_perform", made.perform);
    look_up(library, "curl_easy_reset", made.reset);
    look_up(library, "curl_easy_getinfo", made.info);
    look_up(library, "curl_easy_strerror", made.why);
    look_up(library, "curl_slist_append", made.append);
    look_up(library, "curl_slist_free_all", made.free_all);
    made.global_init(CURL_GLOBAL_DEFAULT);
    return made;
  }();
  return loaded;
}

struct Received {
  std::string bytes;
  std::size_t most = 0;
};

std::size_t receive(const char* data, std::size_t size, std::size_t count, void* to) {
  auto& received = *static_cast<Received*>(to);
  const std::size_t bytes = size * count;
  if (bytes > received.most - received.bytes.size()) return 0;  // ends the transfer
  received.bytes.append(data, bytes);
  return bytes;
}

std::size_t send(char* buffer, std::size_t size, std::size_t count, void* from) {
  auto& rest = *static_cast<std::string_view*>(from);
  const std::size_t bytes = std::min(size * count, rest.size());
  std::memcpy(buffer, rest.data(), bytes);
  rest.remove_prefix(bytes);
  return bytes;
}

StoreReply reply_of(long status, std::string bytes) {
  if (status == 200 || status == 201 || status == 204) {
    return {StoreAnswer::Done, std::move(bytes), ""};
  }
  if (status == 404 || status == 410) return {StoreAnswer::Absent, "", ""};
  const bool denied = status == 401 || status == 403 || status == 405 || status == 413 ||
                      status == 501 || status == 507;
  return {denied ? StoreAnswer::Denied : StoreAnswer::Failed, "",
          fmt::format("the server answers with status {}", status)};
}

class HttpStore final : public Store {
 public:
  HttpStore(const StorePlace& place, const StorePatience& patience)
      : place_(place), patience_(patience), base_(place.told()), handle_(curl().init()) {
    if (handle_ == nullptr) throw Error("libcurl cannot be used: it makes no handle");
    while (base_.ends_with('/')) base_.pop_back();
    if (const char* token = std::getenv("SNUG_CACHE_TOKEN"); token != nullptr && *token != '\0') {
      headers_ = curl().append(headers_, fmt::format("Authorization: Bearer {}", token).c_str());
    }
    headers_ = curl().append(headers_, "Content-Type: application/octet-stream");
    headers_ = curl().append(headers_, "Expect:");  // a question more for each result
  }
  ~HttpStore() override {
    curl().cleanup(handle_);
    curl().free_all(headers_);
  }
  HttpStore(const HttpStore&) = delete;
  HttpStore& operator=(const HttpStore&) = delete;

  StoreReply get(const std::string& name) override {
    prepare(name);
    StoreReply reply = perform();
    if (reply.answer == StoreAnswer::Done && status_ != 200) reply = {StoreAnswer::Absent, "", ""};
    return reply;
  }

  StoreReply put(const std::string& name, std::string_view bytes) override {
    prepare(name);
    std::string_view rest = bytes;
    curl().set(handle_, CURLOPT_UPLOAD, 1L);
    curl().set(handle_, CURLOPT_READFUNCTION, &send);
    curl().set(handle_, CURLOPT_READDATA, &rest);
    curl().set(handle_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
    StoreReply reply = perform();
    if (reply.answer == StoreAnswer::Absent) {
      reply = {StoreAnswer::Denied, "", fmt::format("the server answers with status {}", status_)};
    }
    return reply;
  }

 private:
  void prepare(const std::string& name) {
    curl().reset(handle_);
    curl().set(handle_, CURLOPT_URL, fmt::format("{}/{}", base_, name).c_str());
    curl().set(handle_, CURLOPT_HTTPHEADER, headers_);
    curl().set(handle_, CURLOPT_NOSIGNAL, 1L);
    curl().set(handle_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(patience_.connect.count()));
    curl().set(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(patience_.reply.count()));
    curl().set(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl().set(handle_, CURLOPT_REDIR_PROTOCOLS_STR, place_.scheme.c_str());
    curl().set(handle_, CURLOPT_FOLLOWLOCATION, 1L);
    curl().set(handle_, CURLOPT_MAXREDIRS, 3L);
    curl().set(handle_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    if (!place_.user.empty() || !place_.password.empty()) {
      curl().set(handle_, CURLOPT_USERNAME, place_.user.c_str());
      curl().set(handle_, CURLOPT_PASSWORD, place_.password.c_str());
    }
  }

  StoreReply perform() {
    Received received{"", patience_.most_bytes};
    curl().set(handle_, CURLOPT_WRITEFUNCTION, &receive);
    curl().set(handle_, CURLOPT_WRITEDATA, &received);
    const CURLcode code = curl().perform(handle_);
    status_ = 0;
    if (code != CURLE_OK) return {StoreAnswer::Failed, "", curl().why(code)};
    curl().info(handle_, CURLINFO_RESPONSE_CODE, &status_);
    return reply_of(status_, std::move(received.bytes));
  }

  StorePlace place_;
  StorePatience patience_;
  std::string base_;
  CURL* handle_;
  curl_slist* headers_ = nullptr;
  long status_ = 0;  ///< Of the last request; 0: none came.
};

}  // namespace

std::unique_ptr<Store> open_http_store(const StorePlace& place, const StorePatience& patience) {
  return std::make_unique<HttpStore>(place, patience);
}

}  // namespace snug
