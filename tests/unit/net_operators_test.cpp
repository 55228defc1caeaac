// Who is an operator: the token, and logins that end.
#include "net/operators.h"

#include <doctest/doctest.h>

#include <string>

using namespace tarotforge;
using namespace tarotforge::net;

namespace {

constexpr WallTime kStart{1'769'817'600'000};

Request with_cookies(const std::string& cookies) {
  Request request;
  request.add_header("Cookie", cookies);
  return request;
}

bool knows(const Operators& operators, const std::string& cookie, WallTime now) {
  return operators.login_of(with_cookies("tarotforge_admin=" + cookie), now).has_value();
}

}  // namespace

TEST_CASE("DB1 TK6 the token alone is known, and without one nobody is an operator") {
  Prng random(1);
  const Operators operators("secret", random), nobody(std::nullopt, random);
  CHECK(operators.know_token("secret"));
  CHECK(!operators.know_token("Secret"));
  CHECK(!operators.know_token(""));
  CHECK(!nobody.know_token(""));
}

TEST_CASE("DB3 a login ends after twelve hours, or by logout") {
  Prng random(1);
  Operators operators("secret", random);
  const auto first = operators.log_in(kStart), second = operators.log_in(kStart);
  CHECK(first != second);
  CHECK(knows(operators, first, kStart));
  CHECK(!knows(operators, first + "x", kStart));
  CHECK(!knows(operators, "", kStart));
  operators.log_out(*operators.login_of(with_cookies("tarotforge_admin=" + first), kStart));
  CHECK(!knows(operators, first, kStart));
  CHECK(knows(operators, second, kStart + kLoginLasts - Duration(1)));
  CHECK(!knows(operators, second, kStart + kLoginLasts));
}

TEST_CASE("DB3 a cookie is good on every server with the same token, and on no other") {
  Prng random(1), other_random(2);
  Operators operators("secret", random);
  const Operators restarted("secret", other_random), changed("Secret", random),
      nobody(std::nullopt, random);
  const auto cookie = operators.log_in(kStart);
  CHECK(knows(restarted, cookie, kStart));
  CHECK(!knows(changed, cookie, kStart));
  CHECK(!knows(nobody, cookie, kStart));
}

TEST_CASE("DB3 what a cookie says cannot be changed") {
  Prng random(1);
  Operators operators("secret", random);
  const auto cookie = operators.log_in(kStart);
  const auto later = std::to_string((kStart + kLoginLasts).ms + 1);
  CHECK(!knows(operators, later + cookie.substr(cookie.find('.')), kStart));
  for (std::size_t i = 0; i < cookie.size(); ++i) {
    auto changed = cookie;
    changed[i] = changed[i] == '1' ? '2' : '1';
    CAPTURE(changed);
    CHECK(!knows(operators, changed, kStart));
    CHECK(!knows(operators, cookie.substr(0, i), kStart));
  }
}

TEST_CASE("DB2 ER8 a cookie is found among others, by its whole name") {
  const auto found = [](const std::string& cookies) {
    return std::string(with_cookies(cookies).cookie("tarotforge_admin"));
  };
  CHECK(found("tarotforge_admin=a") == "a");
  CHECK(found("theme=dark; tarotforge_admin=a=b; x=y") == "a=b");
  CHECK(found("theme=dark;tarotforge_admin=a") == "a");
  CHECK(found("not_tarotforge_admin=a; tarotforge_admin_=b") == "");
  CHECK(found("tarotforge_admin") == "");
  CHECK(found(";;=; =;") == "");
  CHECK(Request().cookie("tarotforge_admin") == "");
}
