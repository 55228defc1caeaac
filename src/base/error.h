// A refusal: something a caller may do wrong or the world may deny. Not a bug (see check.h).
// The table of all refusals is error_table.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error_table.h"
#include "base/ids.h"
#include "base/instant.h"

namespace tarotforge {

enum class ErrorCode : std::uint8_t {
#define TF_ENUM(name, status, retryable, title, sentence) name,
  TF_ERRORS(TF_ENUM)
#undef TF_ENUM
};
inline constexpr std::size_t kErrorCodes = 0
#define TF_COUNT(name, status, retryable, title, sentence) +1
    TF_ERRORS(TF_COUNT)
#undef TF_COUNT
    ;

struct ErrorInfo {
  std::string_view name;
  int http_status;
  bool retryable;
  std::string_view title;
  std::string_view sentence;
};

const ErrorInfo& info(ErrorCode code);
std::optional<ErrorCode> error_code(std::string_view name);

// `detail` replaces the table's sentence for people when it is not empty. The optional fields
// travel in the problem document where they help: which session to wait for, until when it can be
// restored, and how long to wait before trying again.
struct Error {
  ErrorCode code;
  std::string detail{};
  std::optional<SessionId> session_id{};
  std::optional<Instant> restorable_until{};
  std::optional<Duration> retry_after{};
  int status_instead = 0;  // an HTTP status other than the table's, where one word has two uses

  // NOLINTNEXTLINE(google-explicit-constructor): a bare code is a complete refusal.
  Error(ErrorCode c) : code(c) {}
  Error(ErrorCode c, std::string text) : code(c), detail(std::move(text)) {}

  int http_status() const { return status_instead ? status_instead : info(code).http_status; }
  std::string_view sentence() const { return detail.empty() ? info(code).sentence : detail; }
};

}  // namespace tarotforge
