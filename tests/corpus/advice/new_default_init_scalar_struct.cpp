// expect: nothing of shared-ptr-new
#include <memory>
struct Frame { unsigned char pixels[1920 * 1080]; };
std::shared_ptr<Frame> grab() { return std::shared_ptr<Frame>(new Frame); }
