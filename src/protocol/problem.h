// A refusal as RFC 9457 has it (application/problem+json), over HTTP and in channel replies alike,
// and the table of all refusals that the web client's is made from.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <optional>

#include "base/error.h"
#include "base/instant.h"

namespace tarotforge::protocol {

// Restoring is the host's (ER7): to anybody else who is refused, say `withheld`.
enum class RestoreAction : std::uint8_t { offered_where_possible, withheld };

boost::json::object problem_json(const Error& error, Calendar calendar,
                                 RestoreAction restore = RestoreAction::offered_where_possible);

// The value of Retry-After: always for 429 and 503, at least 1 s; otherwise where the error has it.
std::optional<std::chrono::seconds> retry_after(const Error& error);

// [{code, status, retryable, title, sentence}], in the order of error_table.h.
boost::json::array error_table_json();

}  // namespace tarotforge::protocol
