#include "service/request_window.h"

#include <fmt/format.h>

#include <utility>

namespace newsgraph {
namespace {

constexpr size_t kMaxIdBytes = 200;

}  // namespace

absl::StatusOr<std::optional<std::string>> RequestWindow::Begin(const std::string& request_id, Id128 content) {
  if (request_id.empty()) return std::optional<std::string>();
  if (request_id.size() > kMaxIdBytes) {
    return absl::InvalidArgumentError(
        fmt::format("request id of {} bytes: at most {} are taken", request_id.size(), kMaxIdBytes));
  }
  const std::lock_guard lock(mutex_);
  const auto [write, is_new] = writes_.try_emplace(request_id, Write{content, std::nullopt});
  if (is_new) return std::optional<std::string>();
  if (write->second.content != content) {
    return absl::InvalidArgumentError(
        fmt::format("request id {}: was used for another write; give each write an id of its own", request_id));
  }
  if (!write->second.answer.has_value()) {
    return absl::AbortedError(
        fmt::format("request id {}: the same write is still running; send it again later", request_id));
  }
  return write->second.answer;
}

void RequestWindow::End(const std::string& request_id, std::string answer) {
  if (request_id.empty()) return;
  const std::lock_guard lock(mutex_);
  writes_.at(request_id).answer = std::move(answer);
  done_.push_back(request_id);
  if (done_.size() <= capacity_) return;
  writes_.erase(done_.front());
  done_.pop_front();
}

void RequestWindow::Abandon(const std::string& request_id) {
  if (request_id.empty()) return;
  const std::lock_guard lock(mutex_);
  writes_.erase(request_id);
}

}  // namespace newsgraph
