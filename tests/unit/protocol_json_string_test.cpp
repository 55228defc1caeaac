#include "protocol/json_string.h"

#include <doctest/doctest.h>

#include <string>

using namespace tarotforge::protocol;

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string unescaped(std::string_view text) {
  std::string out;
  return append_unescaped(out, text) ? out : "refused";
}

}  // namespace

TEST_CASE("PH2 strings are written with what JSON wants escaped, and nothing else") {
  CHECK(quoted("") == R"("")");
  CHECK(quoted("session:1/2") == R"("session:1/2")");
  CHECK(quoted("say \"no\" \\ \b\f\n\r\t") == R"("say \"no\" \\ \b\f\n\r\t")");
  CHECK(quoted(std::string_view("\0\x01\x1f\x7f", 4)) == "\"\\u0000\\u0001\\u001f\x7f\"");
  CHECK(quoted("€🃏\u2028\u2029") == "\"€🃏\u2028\u2029\"");
}

TEST_CASE("PH2 every escape is read, and what is none is refused") {
  CHECK(unescaped(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
  CHECK(unescaped(R"(\u0041\u00e9\u20AC\uD83C\udccf)") == "Aé€🃏");
  CHECK(unescaped(R"(\u007f\u0080\u07ff\u0800\uffff\ud800\udc00\udbff\udfff)") ==
        "\x7f\u0080\u07ff\u0800\uffff\U00010000\U0010ffff");
  CHECK(unescaped(R"(a\u0000b)") == std::string("a\0b", 3));
  for (const char* bad :
       {R"(\)", R"(\x)", R"(\U0041)", R"(\u)", R"(\u004)", R"(\u00g1)", R"(\u-041)", R"(\u+041)",
        R"(\u 041)", R"(\ud800)", R"(\ud800a)", R"(\ud800\n)", R"(\ud800\u0041)", R"(\ud800\ud800)",
        R"(\udc00)", R"(\udc00\ud800)"})
    CHECK(unescaped(bad) == "refused");
}

TEST_CASE("PH2 what was written is read back the same") {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  all += "é€🃏";
  const auto written = quoted(all);
  CHECK(unescaped(std::string_view(written).substr(1, written.size() - 2)) == all);
}
