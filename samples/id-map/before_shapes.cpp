// Maps with numbers as keys, and vectors with free places.
#include <cstdint>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

struct Job {
  int work = 0;
};

class Scheduler {
 public:
  unsigned add(Job job) {
    auto id = ++last_id_;
    jobs_.emplace(id, job);
    return id;
  }

 private:
  unsigned last_id_ = 0;
  std::unordered_map<unsigned, Job> jobs_;  // expect: id-map "numbers that 'last_id_' counts up"
};

// The counter is stepped in another statement; the map owns the records.
class Windows {
 public:
  int open() {
    const int id = next_;
    ++next_;
    windows_[id] = std::make_unique<Job>();
    return id;
  }

 private:
  int next_ = 0;
  std::unordered_map<int, std::unique_ptr<Job>> windows_;  // expect: id-map "'windows_' maps numbers" // expect: node-indirection "'windows_'"
};

// A vector with a free list.
class Slots {
 public:
  std::size_t add(Job job) {
    if (free_.empty()) {
      jobs_.push_back(job);
      return jobs_.size() - 1;
    }
    const std::size_t place = free_.back();
    free_.pop_back();
    jobs_[place] = job;
    return place;
  }
  void remove(std::size_t place) { free_.push_back(place); }

 private:
  std::vector<Job> jobs_;  // expect: id-map "plain indices"
  std::vector<std::size_t> free_;
};

// Keys that come from outside.
class Sessions {
 public:
  void open(int descriptor) {
    ++opened_;
    sessions_.emplace(descriptor, Job{});
  }

 private:
  int opened_ = 0;
  std::unordered_map<int, Job> sessions_;
};
// Some keys come from outside.
class Mixed {
 public:
  void add() { jobs_.emplace(next_++, Job{}); }
  void restore(int id) { jobs_.emplace(id, Job{}); }

 private:
  int next_ = 0;
  std::unordered_map<int, Job> jobs_;
};
// The order of the numbers is used.
class Log {
 public:
  void add() { lines_.emplace(next_++, Job{}); }

 private:
  int next_ = 0;
  std::map<int, Job> lines_;
};
// Shared with others.
class Shared {
 public:
  void add() { jobs_.emplace(next_++, std::make_shared<Job>()); }

 private:
  int next_ = 0;
  std::unordered_map<int, std::shared_ptr<Job>> jobs_;
};
// The handles are checked already.
class Checked {
 public:
  struct Entry {
    Job job;
    std::uint32_t generation = 0;
  };
  std::size_t add() {
    const std::size_t place = free_.back();
    free_.pop_back();
    entries_[place].job = Job{};
    return place;
  }
  void remove(std::size_t place) {
    ++entries_[place].generation;
    free_.push_back(place);
  }

 private:
  std::vector<Entry> entries_;
  std::vector<std::size_t> free_;
};
// A stack of numbers is no free list.
class Stack {
 public:
  void push(std::size_t place) { open_.push_back(place); }
  void add(Job job) { jobs_.push_back(job); }
  void pop() { open_.pop_back(); }

 private:
  std::vector<Job> jobs_;
  std::vector<std::size_t> open_;
};

Scheduler scheduler;
Windows windows;
Slots slots;
Sessions sessions;
Mixed mixed;
Log log_;
Shared shared;
Checked checked;
Stack stack;
