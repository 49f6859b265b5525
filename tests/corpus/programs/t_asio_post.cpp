// expect: warning of false-sharing
#include <utility>
#include <vector>
namespace boost::asio {
class thread_pool {
 public:
  explicit thread_pool(std::size_t threads);
  void join();
};
template <class Context, class F>
void post(Context& context, F&& f);
}  // namespace boost::asio
class Resampler {
 public:
  explicit Resampler(int channels) : energy_(channels), pool_(channels) {}
  void run(const std::vector<std::vector<float>>& in) {
    for (std::size_t c = 0; c < in.size(); ++c) {
      boost::asio::post(pool_, [this, c, &in] { measure(c, in[c]); });
    }
    pool_.join();
  }

 private:
  void measure(std::size_t c, const std::vector<float>& samples) {
    double mine = 0;  // after
    for (float s : samples) energy_[c] += s * s;  // before
    for (float s : samples) mine += s * s;  // after
    energy_[c] = mine;  // after
  }
  std::vector<double> energy_;
  boost::asio::thread_pool pool_;
};
void use(const std::vector<std::vector<float>>& in) { Resampler(8).run(in); }
