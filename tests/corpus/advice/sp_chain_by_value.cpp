// expect: warning of shared-ptr-by-value
#include <memory>
struct Image { int w, h; unsigned char* px; };
static long area(std::shared_ptr<Image> i) { return 1L * i->w * i->h; }  // before
static long bytes(std::shared_ptr<Image> i) { return area(i) * 4; }  // before
long pages(std::shared_ptr<Image> i) { return (bytes(i) + 4095) / 4096; }  // before
static long area(const std::shared_ptr<Image>& i) { return 1L * i->w * i->h; }  // after
static long bytes(const std::shared_ptr<Image>& i) { return area(i) * 4; }  // after
long pages(const std::shared_ptr<Image>& i) { return (bytes(i) + 4095) / 4096; }  // after
