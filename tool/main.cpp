// argv -> Options -> run() -> exit status. The one place where errors are caught.
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <vector>

#include "app/command_line.hpp"
#include "app/output.hpp"
#include "base/ending_signals.hpp"
#include "base/error.hpp"
#include "base/process.hpp"
#include "base/visible_text.hpp"

int main(int argc, char** argv) {
  using snug::ExitStatus;
  const snug::VisibleOutput visible_output(std::cout);
  const snug::VisibleOutput visible_errors(std::cerr);
  ExitStatus status = ExitStatus::Failed;
  snug::end_with_signal_status();
  try {
    snug::RealRunner runner;
    snug::Console console = snug::process_console(runner);
    status = snug::run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc), console);
    snug::finish_output(std::cout);
  } catch (const snug::Interrupted& end) {
    return 128 + end.signal();
  } catch (const snug::Error& error) {
    std::cerr << "snug: error: " << error.what() << '\n';
    status = ExitStatus::Failed;
  } catch (const std::bad_alloc&) {
    std::cerr << "snug: error: out of memory; try fewer workers with -j\n";
    status = ExitStatus::Failed;
  } catch (const std::exception& error) {
    std::cerr << "snug: internal error: " << error.what() << '\n';
    status = ExitStatus::Failed;
  }
  return static_cast<int>(status);
}
