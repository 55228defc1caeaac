// Refusals as clients see them.
#include "protocol/problem.h"

#include <doctest/doctest.h>

#include "tests/unit/protocol_shapes.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;
using test::kCalendar;
using test::kNow;

TEST_CASE("ER1 a problem has type, title, status, detail and code") {
  const json::object out = problem_json(ErrorCode::card_not_drawn, kCalendar);
  CHECK(to_text(out) ==
        R"({"type":"https://tarotforge.dev/problems/card-not-drawn","title":"Card not drawn",)"
        R"("status":409,"code":"card_not_drawn","detail":"This card has not been drawn yet."})");
  CHECK(problem_json(Error(ErrorCode::invalid_value, "name is bad."), kCalendar).at("detail") ==
        "name is bad.");
  Error elsewhere(ErrorCode::session_completed);
  elsewhere.status_instead = 409;
  CHECK(problem_json(elsewhere, kCalendar).at("status") == 409);
}

TEST_CASE("ER1 what may be repeated later says when, 429 and 503 always") {
  using std::chrono::seconds;
  CHECK(retry_after(ErrorCode::saving_paused).has_value());
  CHECK(retry_after(ErrorCode::overloaded).has_value());
  CHECK(retry_after(ErrorCode::draining).has_value());
  CHECK(retry_after(ErrorCode::rate_limited).has_value());
  CHECK_FALSE(retry_after(ErrorCode::malformed));
  CHECK_FALSE(retry_after(ErrorCode::session_full));
  Error error(ErrorCode::host_present);
  error.retry_after = Duration(1);
  CHECK(retry_after(error) == seconds(1));
  error.retry_after = Duration(61'001);
  CHECK(retry_after(error) == seconds(62));
  const json::object out = problem_json(error, kCalendar);
  CHECK(out.at("retryAfterSeconds") == 62);
  CHECK(out.at("actions") == json::array{"retry"});
}

TEST_CASE("ER7 problems about an ended session carry it, and what to do next") {
  core::SessionData session;
  session.id = test::id_of<SessionKind>(9);
  session.phase = core::Ended{core::EndReason::expired, kNow, kNow + std::chrono::hours(24)};
  const Error expired = core::refusal_of_ended(session, core::Asker::invited);
  const json::object out = problem_json(expired, kCalendar);
  CHECK(out.at("status") == 410);
  CHECK(out.at("detail") ==
        "This invitation link has expired. "
        "Sessions become inactive after 1 hour of no activity.");
  CHECK(out.at("sessionId") == "00000000-0000-0000-0000-000000000009");
  CHECK(out.at("restorableUntil") == "2026-02-01T23:59:59.000Z");
  CHECK(out.at("actions") == json::array{"home", "marketplace", "restore"});
  CHECK(problem_json(expired, kCalendar, RestoreAction::withheld).at("actions") ==
        json::array{"home", "marketplace"});

  session.phase = core::Ended{core::EndReason::completed, kNow, kNow};
  const json::object completed =
      problem_json(core::refusal_of_ended(session, core::Asker::participant), kCalendar);
  CHECK(completed.at("code") == "session_completed");
  CHECK(completed.at("actions") == json::array{"home", "marketplace"});
  CHECK(completed.contains("sessionId"));
  CHECK_FALSE(completed.contains("restorableUntil"));

  session.phase = core::Purged{core::EndReason::expired, kNow, kNow};
  const json::object purged =
      problem_json(core::refusal_of_ended(session, core::Asker::participant), kCalendar);
  CHECK(purged.at("actions") == json::array{"home", "marketplace"});
  CHECK_FALSE(purged.contains("restorableUntil"));
}

TEST_CASE("ER2 the table for the web client has every error once") {
  const json::array table = error_table_json();
  std::set<std::string> codes;
  for (const auto& row : table) {
    const auto code = error_code(test::word(row.at("code")));
    REQUIRE(code);
    codes.insert(test::word(row.at("code")));
    CHECK(row.at("status") == info(*code).http_status);
    CHECK(row.at("retryable") == info(*code).retryable);
    CHECK(test::word(row.at("title")) == info(*code).title);
    CHECK(test::word(row.at("sentence")) == info(*code).sentence);
  }
  CHECK(codes.size() == table.size());
  CHECK(codes.contains("malformed"));
  CHECK(codes.contains("draining"));
}

}  // namespace
}  // namespace tarotforge::protocol
