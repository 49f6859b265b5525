#pragma once
// Random accesses to the fields of two types, in the first thread and in threads that end, compared
// with counts that are kept by hand.

#include <snug/tracked_ptr.hpp>

#include <array>
#include <string>
#include <thread>

#include "model.hpp"

namespace snug_test {

struct tracked_one {
  int a = 0, b = 0;
};
template <class T>
struct tracked_other {
  T only{};
};

class tracked_model {
 public:
  explicit tracked_model(op_stream ops) : ops_(ops) { snug::reset_access_profile(); }

  void run() {
    while (ops_.more()) {
      std::size_t op = ops_.below(16);
      if (op == 15) {
        snug::reset_access_profile();
        counts_ = {};
      } else if (op == 14) {
        // Made and joined at once, so that the model needs no lock; its shards end with it.
        std::thread([&] {
          for (std::size_t left = ops_.below(8); left > 0 && ops_.more(); --left) access();
        }).join();
      } else {
        access();
      }
      compare();
    }
    const std::string json = snug::access_profile();
    if (counts_[0] != snug::accesses{}) {
      SNUG_SAME(json.find("{\"name\":\"a\",\"reads\":" + std::to_string(counts_[0].reads) +
                          ",\"writes\":" + std::to_string(counts_[0].writes) + "}") !=
                std::string::npos);
    }
  }

 private:
  // One access of one of the three fields.
  void access() {
    std::size_t kind = ops_.below(3);
    switch (ops_.below(3)) {
      case 0:
        access<&tracked_one::a>(one_, kind, counts_[0], values_[0]);
        break;
      case 1:
        access<&tracked_one::b>(one_, kind, counts_[1], values_[1]);
        break;
      default:
        access<&tracked_other<int>::only>(other_, kind, counts_[2], values_[2]);
    }
  }
  template <auto Member, class S>
  void access(S& object, std::size_t kind, snug::accesses& count, int& value) {
    const snug::basic_tracked_ptr<S, true> p = &object;
    if (kind == 0) {
      SNUG_SAME(p.template read<Member>() == value);
      ++count.reads;
    } else if (kind == 1) {
      value = static_cast<int>(ops_.byte());
      p.template write<Member>(value);
      ++count.writes;
    } else {
      p.template update<Member>([](int& v) { ++v; });
      ++value;
      ++count.reads;
      ++count.writes;
    }
    SNUG_SAME(object.*Member == value);
  }
  void compare() const {
    SNUG_SAME(snug::accesses_of<&tracked_one::a>() == counts_[0]);
    SNUG_SAME(snug::accesses_of<&tracked_one::b>() == counts_[1]);
    SNUG_SAME(snug::accesses_of<&tracked_other<int>::only>() == counts_[2]);
  }

  op_stream ops_;
  tracked_one one_;
  tracked_other<int> other_;
  std::array<snug::accesses, 3> counts_{};
  std::array<int, 3> values_{};
};

inline void tracked_operations(op_stream ops) {
  tracked_model(ops).run();
}

}  // namespace snug_test
