#include "protocol/close_code.h"

#include <doctest/doctest.h>

using namespace tarotforge::protocol;

TEST_CASE("WS12 close codes say what they mean and whether to come back") {
  const struct {
    unsigned code;
    const char* word;
    bool come_back;
  } table[] = {
      {1000, "normal", false},
      {1001, "going_away", true},
      {1002, "protocol_violation", false},
      {1007, "invalid_text", false},
      {1009, "too_big", false},
      {1011, "internal", true},
      {1012, "service_restart", true},
      {4000, "server_draining", true},
      {4001, "lost", true},
      {4002, "slow_consumer", true},
      {4003, "join_timeout", true},
      {4500, "kicked", false},
      {4501, "replaced", false},
      {4502, "protocol_error", false},
      {4499, "", true},
      {4999, "", false},
  };
  for (const auto& row : table) {
    const auto code = static_cast<CloseCode>(row.code);
    CHECK(reason_word(code) == row.word);
    CHECK(should_come_back(code) == row.come_back);
    CHECK(may_be_sent(code));
  }
}

TEST_CASE("WS12 codes for what never was on the wire are never sent") {
  CHECK_FALSE(may_be_sent(CloseCode::no_status));
  CHECK_FALSE(may_be_sent(CloseCode::abnormal));
  CHECK(should_come_back(CloseCode::abnormal));
}
