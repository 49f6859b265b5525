// Streams of owner and weak-reference operations against std::shared_ptr.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <utility>

#include <snug/rc.hpp>

template <class Policy>
static void run(const std::uint8_t* data, std::size_t size) {
  std::array<snug::rc<int, Policy>, 4> owners;
  std::array<snug::weak_rc<int, Policy>, 2> weaks;
  std::array<std::shared_ptr<int>, 4> model;
  std::array<std::weak_ptr<int>, 2> model_weaks;
  for (std::size_t at = 0; at + 1 < size; at += 2) {
    const std::size_t i = data[at + 1] % 4u, j = data[at + 1] / 4u % 4u,
                      k = data[at + 1] / 16u % 2u;
    switch (data[at] % 9) {
      case 0:
        owners[i] = snug::make_rc<int, Policy>(data[at + 1]);
        model[i] = std::make_shared<int>(data[at + 1]);
        break;
      case 1:
        owners[i] = owners[j];
        model[i] = model[j];
        break;
      case 2:
        owners[i] = std::move(owners[j]);
        model[i] = std::move(model[j]);
        break;
      case 3:
        weaks[k] = owners[i];
        model_weaks[k] = model[i];
        break;
      case 4:
        owners[i] = weaks[k].lock();
        model[i] = model_weaks[k].lock();
        break;
      case 5:
        owners[i].reset();
        model[i].reset();
        break;
      case 6:
        weaks[0] = weaks[1];
        model_weaks[0] = model_weaks[1];
        break;
      case 7:
        if (snug::try_unwrap(std::move(owners[i]))) model[i].reset();
        break;
      case 8:
        if (auto unique = std::move(owners[i]).try_unique()) {
          **unique += 1;
          *model[i] += 1;
          owners[i] = std::move(*unique).share();
        }
        break;
    }
    for (std::size_t n = 0; n < owners.size(); ++n) {
      if (owners[n].use_count() != static_cast<std::size_t>(model[n].use_count())) std::abort();
      if (model[n] && *owners[n] != *model[n]) std::abort();
    }
    for (std::size_t n = 0; n < weaks.size(); ++n)
      if (weaks[n].expired() != model_weaks[n].expired()) std::abort();
  }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  run<snug::sync>(data, size);
  run<snug::unsync>(data, size);
  return 0;
}
