#include "tools/terminal.h"

#include <fmt/format.h>
#include <unistd.h>

namespace newsgraph {

ProgressLine::ProgressLine() : on_terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
}

void ProgressLine::Show(const std::string& text) {
  if (!on_terminal_) return;
  const auto now = std::chrono::steady_clock::now();
  if (shown_ && now - last_ < std::chrono::milliseconds(100)) return;
  fmt::print(stderr, "\r\x1b[K{}", text);
  shown_ = true;
  last_ = now;
}

}  // namespace newsgraph
