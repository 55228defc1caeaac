#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace tarotforge {

void fail_check(std::string_view condition, std::source_location where) {
  std::fprintf(stderr, "tarotforge: bug: %.*s (%s:%u)\n", static_cast<int>(condition.size()),
               condition.data(), where.file_name(), where.line());
  std::abort();
}

}  // namespace tarotforge
