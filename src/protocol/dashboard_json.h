// What the dashboard tells operators beside the statistics: events as they happen, how the numbers
// went over time, and who did what in a session. Never a name, nor what people write or draw.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/ids.h"
#include "base/instant.h"
#include "core/participant.h"
#include "core/presence.h"

namespace tarotforge::protocol {

// Numbered by the server that tells it; `data` is the text of a JSON object.
struct LoggedEvent {
  std::uint64_t number = 0;
  Instant at{};
  std::string type{};  // of the audit log
  SessionId session{};
  std::uint32_t generation = 1;  // not told
  std::optional<ParticipantId> participant{};
  std::string data = "{}";
};
boost::json::object event_json(const LoggedEvent& event, Calendar calendar);

// What a server measured in the interval that ends at `at`, in seconds since 1970.
inline constexpr std::int64_t kSeriesInterval = 10;
struct SeriesPoint {
  std::int64_t at = 0;
  double active_sessions = 0, connected = 0, connections = 0;
  double joins = 0, operations = 0, heartbeats = 0;  // a second
  double memory_bytes = 0;
  std::optional<double> lateness_p99{};  // seconds; none where nothing expired
  double flush_lag = 0;                  // seconds
};
// Columns over every interval that ends in [from, to]; null where there is no point. The points
// are in order of time.
boost::json::object series_json(std::span<const SeriesPoint> points, std::int64_t from,
                                std::int64_t to);

// A participant without name, and an operation without what was written or drawn.
boost::json::object participant_line_json(const core::Participant& who,
                                          core::PresenceLevel presence, Calendar calendar);
struct OperationLine {
  std::uint64_t version;
  std::uint32_t generation;
  std::string kind;
  ParticipantId by;
  Instant at;
};
boost::json::object operation_line_json(const OperationLine& line, Calendar calendar);

}  // namespace tarotforge::protocol
