#include "service/listen_address.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>

namespace newsgraph {
namespace {

bool IsLoopback(const std::string& host) {
  if (host == "localhost" || host == "[::1]") return true;
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127;
}

absl::Status TryToBind(const ListenAddress& address, int family, const sockaddr* bytes, socklen_t size) {
  const int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // Without this family on the machine there is nothing that could hold the port.
  if (fd < 0) return absl::OkStatus();
  const int yes = 1;
  // As gRPC does, so that connections of a server that has just ended do not count.
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const bool is_bound = bind(fd, bytes, size) == 0 && listen(fd, 1) == 0;
  const int error = errno;
  close(fd);
  if (is_bound || error == EADDRNOTAVAIL) return absl::OkStatus();
  if (error == EADDRINUSE) {
    return absl::UnavailableError(
        fmt::format("listen on {}:{}: address already in use; end what listens there, or choose another port (0 takes "
                    "a free one)",
                    address.host, address.port));
  }
  if (error == EACCES) {
    return absl::UnavailableError(
        fmt::format("listen on {}:{}: permission denied; choose a port above 1023", address.host, address.port));
  }
  return absl::UnavailableError(
      fmt::format("listen on {}:{}: {}; choose another address", address.host, address.port, std::strerror(error)));
}

}  // namespace

absl::StatusOr<ListenAddress> ParseListenAddress(const std::string& text) {
  const size_t colon = text.rfind(':');
  ListenAddress address;
  bool is_valid = colon != std::string::npos && colon > 0;
  if (is_valid) {
    const std::string_view port = std::string_view(text).substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    is_valid = error == std::errc() && end == port.data() + port.size() && address.port >= 0 && address.port <= 65535;
  }
  if (!is_valid) {
    return absl::InvalidArgumentError(fmt::format("listen on {}: not HOST:PORT, such as 127.0.0.1:50051", text));
  }
  address.host = text.substr(0, colon);
  if (!IsLoopback(address.host)) {
    return absl::InvalidArgumentError(fmt::format(
        "listen on {}: other machines could reach it, and there is no TLS and no access control yet; listen "
        "on 127.0.0.1 and put a proxy that has both before it",
        text));
  }
  return address;
}

absl::Status CheckPortIsFree(const ListenAddress& address) {
  if (address.port == 0) return absl::OkStatus();
  if (address.host != "[::1]") {
    sockaddr_in bytes{};
    bytes.sin_family = AF_INET;
    bytes.sin_port = htons(static_cast<uint16_t>(address.port));
    const std::string host = address.host == "localhost" ? "127.0.0.1" : address.host;
    inet_pton(AF_INET, host.c_str(), &bytes.sin_addr);
    return TryToBind(address, AF_INET, reinterpret_cast<const sockaddr*>(&bytes), sizeof bytes);
  }
  sockaddr_in6 bytes{};
  bytes.sin6_family = AF_INET6;
  bytes.sin6_port = htons(static_cast<uint16_t>(address.port));
  bytes.sin6_addr = in6addr_loopback;
  return TryToBind(address, AF_INET6, reinterpret_cast<const sockaddr*>(&bytes), sizeof bytes);
}

}  // namespace newsgraph
