#include "base/error.h"

#include <array>

namespace tarotforge {
namespace {

constexpr std::array kTable = {
#define TF_ROW(name, status, retryable, title, sentence) \
  ErrorInfo{#name, status, retryable, title, sentence},
    TF_ERRORS(TF_ROW)
#undef TF_ROW
};

}  // namespace

const ErrorInfo& info(ErrorCode code) { return kTable[static_cast<std::size_t>(code)]; }

std::optional<ErrorCode> error_code(std::string_view name) {
  for (std::size_t i = 0; i < kTable.size(); ++i)
    if (kTable[i].name == name) return static_cast<ErrorCode>(i);
  return std::nullopt;
}

}  // namespace tarotforge
