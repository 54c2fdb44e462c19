// What a person at a terminal sees: one line of progress.
#ifndef NEWSGRAPH_TOOLS_TERMINAL_H_
#define NEWSGRAPH_TOOLS_TERMINAL_H_

#include <chrono>
#include <string>

namespace newsgraph {

// One line on standard error that is written over, at most ten times a second; nothing
// where standard error is no terminal. Not thread-safe.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();  // clears the line
  void Show(const std::string& text);

 private:
  bool on_terminal_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace newsgraph

#endif  // NEWSGRAPH_TOOLS_TERMINAL_H_
