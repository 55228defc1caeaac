#include "base/error.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"

namespace tarotforge {
namespace {

constexpr ErrorCode kCodes[] = {
#define TF_CODE(name, status, retryable, title, sentence) ErrorCode::name,
    TF_ERRORS(TF_CODE)
#undef TF_CODE
};

TEST_CASE("ER2 every error has a name, a status, a title and a sentence for people") {
  std::set<std::string_view> names;
  for (const auto code : kCodes) {
    const ErrorInfo& row = info(code);
    CAPTURE(row.name);
    CHECK(names.insert(row.name).second);
    CHECK(error_code(row.name) == code);
    CHECK(std::ranges::all_of(row.name, [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); }));
    CHECK(row.http_status >= 400);
    CHECK(row.http_status <= 599);
    CHECK_FALSE(row.title.empty());
    CHECK_FALSE(row.title.ends_with('.'));
    CHECK(row.sentence.ends_with('.'));
    // What the server cannot do now it may do later.
    if (row.http_status >= 500 || row.http_status == 429) CHECK(row.retryable);
  }
  CHECK_FALSE(error_code(""));
  CHECK_FALSE(error_code("Malformed"));
  CHECK_FALSE(error_code("no_such_error"));
}

TEST_CASE("JN1 JN2 JN3 JN4 JN5 JN6 JN7 the problems of joining have their status and sentence") {
  struct Row {
    ErrorCode code;
    std::string_view name;
    int status;
    std::string_view sentence;
  };
  constexpr Row kRows[] = {
      {ErrorCode::invite_not_found, "invite_not_found", 404, "This invitation link is not valid."},
      {ErrorCode::invite_revoked, "invite_revoked", 410, "The host has withdrawn this invitation."},
      {ErrorCode::invite_expired, "invite_expired", 410, "This invitation link has expired."},
      {ErrorCode::invite_exhausted, "invite_exhausted", 410,
       "This invitation link has been used up."},
      {ErrorCode::session_completed, "session_completed", 410, "This reading has ended."},
      {ErrorCode::session_expired, "session_expired", 410,
       "This invitation link has expired. Sessions become inactive after 1 hour of no activity."},
      {ErrorCode::session_full, "session_full", 409, "This reading room is full."},
  };
  for (const auto& row : kRows) {
    CHECK(info(row.code).name == row.name);
    CHECK(info(row.code).http_status == row.status);
    CHECK(Error(row.code).sentence() == row.sentence);
  }
}

TEST_CASE("ER2 a detail takes the place of the sentence") {
  CHECK(Error(ErrorCode::conflict).sentence() == info(ErrorCode::conflict).sentence);
  CHECK(Error(ErrorCode::conflict, "Once more.").sentence() == "Once more.");
}

Result<int> half(int number) {
  if (number % 2) return Error(ErrorCode::invalid_value, "odd");
  return number / 2;
}

Result<int> quarter(int number) {
  TRY_ASSIGN(const int once, half(number));
  TRY_ASSIGN(const int twice, half(once));
  return twice;
}

Result<> whole_quarter(int number) {
  TRY(quarter(number));
  return {};
}

TEST_CASE("ER2 a refusal travels up as it is") {
  CHECK(quarter(12).value() == 3);
  CHECK(whole_quarter(12));
  const auto refused = whole_quarter(6);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::invalid_value);
  CHECK(refused.error().detail == "odd");
}

}  // namespace
}  // namespace tarotforge
