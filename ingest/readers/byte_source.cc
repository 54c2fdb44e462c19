#include "ingest/readers/byte_source.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace newsgraph {
namespace {

constexpr size_t kPieceBytes = 64 << 10;

class StreamSource : public ByteSource {
 public:
  explicit StreamSource(std::istream& in) : in_(in) {}

  absl::StatusOr<size_t> Read(char* to, size_t size) override {
    in_.read(to, static_cast<std::streamsize>(size));
    // What came before the failure is part of something that breaks off.
    if (in_.bad()) return absl::UnavailableError("input failed; check the disk or the pipe and try again");
    return static_cast<size_t>(in_.gcount());
  }

 private:
  std::istream& in_;
};

class OwnedSource : public ByteSource {
 public:
  explicit OwnedSource(std::unique_ptr<BufferedSource> source) : source_(std::move(source)) {}
  absl::StatusOr<size_t> Read(char* to, size_t size) override { return source_->Read(to, size); }

 private:
  std::unique_ptr<BufferedSource> source_;
};

// The members of a gzip file, one after another.
class GunzipSource : public ByteSource {
 public:
  GunzipSource(std::unique_ptr<BufferedSource> packed, uint64_t max_ratio)
      : packed_(std::move(packed)), max_ratio_(max_ratio) {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    ready_ = inflateInit2(&stream_, kGzipOnly) == Z_OK;
  }
  ~GunzipSource() override { inflateEnd(&stream_); }
  GunzipSource(const GunzipSource&) = delete;
  GunzipSource& operator=(const GunzipSource&) = delete;

  absl::StatusOr<size_t> Read(char* to, size_t size) override {
    if (!ready_) return absl::ResourceExhaustedError("no memory to unpack gzip");
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(std::min<size_t>(size, 1 << 20));
    const uInt wanted = stream_.avail_out;
    while (stream_.avail_out == wanted) {
      if (stream_.avail_in == 0) {
        const absl::StatusOr<size_t> read = packed_->Read(piece_.data(), piece_.size());
        if (!read.ok()) return read.status();
        if (*read == 0) {
          if (between_members_) return size_t{0};
          return absl::InvalidArgumentError(
              fmt::format("the gzip file breaks off after {} bytes; fetch it again", taken_));
        }
        taken_ += *read;
        stream_.next_in = reinterpret_cast<Bytef*>(piece_.data());
        stream_.avail_in = static_cast<uInt>(*read);
      }
      if (between_members_) {
        inflateReset(&stream_);
        between_members_ = false;
      }
      const int result = inflate(&stream_, Z_NO_FLUSH);
      if (result == Z_STREAM_END) {
        between_members_ = true;
      } else if (result != Z_OK && result != Z_BUF_ERROR) {
        return absl::InvalidArgumentError(
            fmt::format("the gzip file is damaged before byte {}; fetch it again", taken_ - stream_.avail_in));
      }
    }
    const size_t count = wanted - stream_.avail_out;
    given_ += count;
    // The first piece of a tiny file may well be very regular.
    if (given_ > max_ratio_ * taken_ && given_ > kPieceBytes) {
      return absl::InvalidArgumentError(
          fmt::format("unpacks to more than {} times its size ({} bytes from the first {}); if it is meant to, unpack "
                      "it first and read the result",
                      max_ratio_, given_, taken_));
    }
    return count;
  }

 private:
  std::unique_ptr<BufferedSource> packed_;
  uint64_t max_ratio_;
  z_stream stream_{};
  bool ready_ = false, between_members_ = false;
  std::array<char, kPieceBytes> piece_;
  uint64_t taken_ = 0, given_ = 0;
};

}  // namespace

bool BufferedSource::Fill() {
  if (at_end_ || !fault_.ok()) return false;
  buffer_.erase(0, position_);
  position_ = 0;
  const size_t old_size = buffer_.size();
  buffer_.resize(old_size + kPieceBytes);
  const absl::StatusOr<size_t> read = source_->Read(buffer_.data() + old_size, kPieceBytes);
  buffer_.resize(old_size + (read.ok() ? *read : 0));
  if (!read.ok()) fault_ = read.status();
  if (read.ok() && *read == 0) at_end_ = true;
  return buffer_.size() > old_size;
}

std::string_view BufferedSource::Peek(size_t size) {
  while (buffer_.size() - position_ < size && Fill()) {
  }
  return std::string_view(buffer_).substr(position_, size);
}

absl::StatusOr<bool> BufferedSource::ReadLine(std::string& line, uint64_t limit, bool& too_long) {
  line.clear();
  too_long = false;
  bool any = false;
  while (position_ < buffer_.size() || Fill()) {
    any = true;
    const char* const begin = buffer_.data() + position_;
    const char* const end = buffer_.data() + buffer_.size();
    const void* const found = std::memchr(begin, '\n', static_cast<size_t>(end - begin));
    const char* const newline = found ? static_cast<const char*>(found) : end;
    if (line.size() + static_cast<uint64_t>(newline - begin) > limit) {
      too_long = true;
    } else if (!too_long) {
      line.append(begin, newline);
    }
    position_ += static_cast<size_t>(newline - begin);
    if (newline != end) {
      ++position_;
      return true;
    }
  }
  // A line that breaks off is no line.
  if (!fault_.ok()) return fault_;
  return any;
}

absl::StatusOr<std::string> BufferedSource::ReadAll(uint64_t limit) {
  std::string all;
  while (all.size() <= limit && (position_ < buffer_.size() || Fill())) {
    const size_t count = static_cast<size_t>(std::min<uint64_t>(buffer_.size() - position_, limit + 1 - all.size()));
    all.append(buffer_, position_, count);
    position_ += count;
  }
  if (all.size() <= limit && !fault_.ok()) return fault_;
  return all;
}

absl::StatusOr<size_t> BufferedSource::Read(char* to, size_t size) {
  if (position_ == buffer_.size() && !Fill()) {
    if (!fault_.ok()) return fault_;
    return size_t{0};
  }
  const size_t count = std::min(size, buffer_.size() - position_);
  std::memcpy(to, buffer_.data() + position_, count);
  position_ += count;
  return count;
}

std::unique_ptr<ByteSource> MakeStreamSource(std::istream& in) { return std::make_unique<StreamSource>(in); }

std::unique_ptr<ByteSource> MakeSource(std::unique_ptr<BufferedSource> source) {
  return std::make_unique<OwnedSource>(std::move(source));
}

bool IsGzip(std::string_view beginning) { return beginning.starts_with("\x1F\x8B\x08"); }

std::unique_ptr<ByteSource> MakeGunzipSource(std::unique_ptr<BufferedSource> packed, uint64_t max_ratio) {
  return std::make_unique<GunzipSource>(std::move(packed), max_ratio);
}

}  // namespace newsgraph
