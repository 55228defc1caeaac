// The JSON columns of a session's row: the reading and the policy as text, and back. Reading back
// what was written gives an equal value; a column that is absent gives its default. The text of
// the deck is the server's own and never sent to anyone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/policy.h"
#include "core/reading.h"

namespace tarotforge::protocol {

struct ReadingColumns {
  std::optional<std::string> layout{};       // "three-card", as a JSON string
  std::optional<std::string> cards{};        // array of objects: id, name, position, …
  std::optional<std::string> deck{};         // "0a8f…": a byte for each card, top first
  std::optional<std::string> commitments{};  // array of objects: digest, nonce, order, opened
};

ReadingColumns reading_columns(const core::Reading& reading);

// Fills layout, cards, undrawn and commitments, and makes the index of the next and of the active
// card agree with the cards. Without a deck column it is the cards that are not on the table, in
// the classic order. Columns of the first implementation are understood (adopted_json.h). internal
// where a column is neither.
Result<> read_columns(const ReadingColumns& columns, core::Reading& reading);

// {"timeoutSeconds":3600,"warningSeconds":300,"keepAlive":"active","recoveryHours":24,
//  "maxParticipants":16}
std::string policy_column(const core::Policy& policy);
Result<core::Policy> read_policy(std::string_view text);

}  // namespace tarotforge::protocol
