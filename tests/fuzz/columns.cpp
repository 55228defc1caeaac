// The JSON columns of a session's row, which another program may have written: they are refused,
// or what was read is the same when it is written and read again.
#include "core/reading.h"
#include "protocol/row_json.h"
#include "tests/fuzz/input.h"

using namespace tarotforge;
using namespace tarotforge::protocol;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  if (const auto policy = read_policy(input.rest())) {
    const auto again = read_policy(policy_column(*policy));
    check(again && policy_column(*again) == policy_column(*policy), "a policy is read back");
  }
  ReadingColumns columns;
  for (auto* column : {&columns.layout, &columns.cards, &columns.deck, &columns.commitments})
    if (const auto text = input.part('\0'); !text.empty()) *column = std::string(text);
  core::Reading reading;
  if (!read_columns(columns, reading)) return 0;
  const auto written = reading_columns(reading);
  core::Reading again;
  check(read_columns(written, again).has_value(), "what is written can be read");
  const auto twice = reading_columns(again);
  check(twice.layout == written.layout && twice.cards == written.cards &&
            twice.deck == written.deck && twice.commitments == written.commitments,
        "and is written the same");
  return 0;
}
