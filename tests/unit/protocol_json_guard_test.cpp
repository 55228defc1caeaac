#include "protocol/json_guard.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "base/random.h"
#include "protocol/json_text.h"

using namespace tarotforge;
using namespace tarotforge::protocol;
namespace json = boost::json;

namespace {

std::string refusal(std::string_view text) {
  const auto object = parse_object(text);
  if (object) return "";
  CHECK(object.error().code == ErrorCode::malformed);
  return object.error().detail;
}

std::string nested(int levels) {
  std::string text;
  for (int i = 0; i < levels; ++i) text += i % 2 ? "[" : R"({"a":)";
  if (levels % 2) text += "1";
  for (int i = levels; i-- > 0;) text += i % 2 ? "]" : "}";
  return text;
}

json::value number(const std::string& text) {
  return parse_object("{\"n\":" + text + "}").value().at("n");
}

}  // namespace

TEST_CASE("ER3 a JSON object of every kind of value is read") {
  const auto object = parse_object(
      R"( {"s":"a\u00e9\n","i":-3,"u":18446744073709551615,"d":0.5,"t":true,"n":null,
          "a":[1,[],{"s":2}],"o":{"s":{"s":1}},"":0} )");
  REQUIRE(object);
  CHECK(object->at("s").as_string() == "aé\n");
  CHECK(object->at("i").as_int64() == -3);
  CHECK(object->at("u").as_uint64() == std::numeric_limits<std::uint64_t>::max());
  CHECK(object->at("d").as_double() == 0.5);
  CHECK(object->at("t").as_bool());
  CHECK(object->at("n").is_null());
  CHECK(json::serialize(object->at("a")) == R"([1,[],{"s":2}])");
  CHECK(json::serialize(object->at("o")) == R"({"s":{"s":1}})");
  CHECK(object->size() == 9);
  CHECK(parse_object("{}").value().empty());
}

TEST_CASE("ER3 a body that is no JSON object is refused, with the place") {
  for (const char* other : {"[]", "null", "1", "\"{}\"", "true"})
    CHECK(refusal(other) == "The body must be a JSON object.");
  CHECK(refusal(R"({"name":"Ann",})").starts_with("The body is not valid JSON: syntax error"));
  CHECK(refusal(R"({"name":"Ann",})").ends_with("at byte 14."));
  CHECK(refusal("").ends_with("at byte 0."));
  for (const char* bad : {"{",
                          "{\"a\"",
                          "{\"a\":",
                          "{\"a\":1",
                          "{'a':1}",
                          "{a:1}",
                          "{\"a\":1 \"b\":2}",
                          "{} {}",
                          "{}x",
                          "{\"a\":tru}",
                          "{\"a\":01}",
                          "{\"a\":1.}",
                          "{\"a\":.5}",
                          "{\"a\":+1}",
                          "{\"a\":0x1}",
                          "{\"a\":NaN}",
                          "{\"a\":Infinity}",
                          "{\"a\":-}",
                          "{\"a\":1e}",
                          "{\"a\":[1,]}",
                          "{\"a\":\"\n\"}",
                          "{\"a\":\"\\x\"}",
                          "{\"a\":\"\\ud800\"}",
                          "{\"a\":\"\\udc00\"}",
                          "{\"a\":1}//c",
                          "/**/{}",
                          "\xef\xbb\xbf{}"})
    CHECK(refusal(bad).starts_with("The body is not valid JSON: "));
}

TEST_CASE("ER3 a body that is not UTF-8 is refused") {
  for (const char* bad : {"{\"a\":\"\xff\"}", "{\"a\":\"\xc0\xaf\"}", "{\"\xed\xa0\x80\":1}",
                          "\xff", "{\"a\":\"\xe2\x82\"}", "{\"a\":\"\xe2\x82"})
    CHECK(refusal(bad) == "The body is not valid UTF-8.");
}

TEST_CASE("ER3 a key that comes twice in one object is refused and named") {
  CHECK(refusal(R"({"name":1,"name":1})") == "The JSON object has the key \"name\" twice.");
  CHECK(refusal(R"({"a":{"b":1,"c":{},"b":2}})") == "The JSON object has the key \"b\" twice.");
  CHECK(refusal(R"([{"x":[],"x":[]}])") == "The JSON object has the key \"x\" twice.");
  CHECK(refusal(R"({"":1,"":2})") == "The JSON object has the key \"\" twice.");
  CHECK(refusal(R"({"a":1,"\u0061":2})") == "The JSON object has the key \"a\" twice.");
  CHECK(refusal(R"({"a\u00e9":1,"aé":2})") == "The JSON object has the key \"aé\" twice.");
  CHECK(refusal(R"({"a":{"a":{"a":[{"a":1},{"a":2}]}},"b":{"a":3}})") == "");
  CHECK(refusal(R"({"ab":1,"a":2,"abc":3,"A":4})") == "");
}

TEST_CASE("ER3 a long key that comes twice is shown shortened") {
  const auto key = std::string(39, 'k') + "é and more";
  CHECK(refusal("{\"" + key + "\":1,\"" + key + "\":2}") ==
        "The JSON object has the key \"" + std::string(39, 'k') + "…\" twice.");
}

TEST_CASE("ER3 a repeated key is found among thousands") {
  std::string text = "{";
  for (int i = 0; i < 5000; ++i) text += fmt::format("\"k{}\":{},", i, i);
  CHECK(parse_object(text + "\"other\":1}").value().size() == 5001);
  CHECK(refusal(text + "\"k2500\":1}") == "The JSON object has the key \"k2500\" twice.");
}

TEST_CASE("ER3 JSON may be nested 32 levels deep and no deeper") {
  CHECK(refusal(nested(32)) == "");
  CHECK(refusal(nested(33)) == "The JSON is nested more than 32 levels deep.");
  CHECK(refusal(std::string(60'000, '[')) == "The JSON is nested more than 32 levels deep.");
  CHECK(parse_json("[[1]]", {.max_depth = 2}));
  CHECK_FALSE(parse_json("[[[1]]]", {.max_depth = 2}));
}

TEST_CASE("ER3 JSON over its size limit is too large") {
  const auto sized = [](std::size_t bytes) {
    return R"({"a":")" + std::string(bytes - 8, 'x') + "\"}";
  };
  CHECK(parse_object(sized(64 * 1024)));
  const auto larger = parse_object(sized(64 * 1024 + 1));
  REQUIRE_FALSE(larger);
  CHECK(larger.error().code == ErrorCode::too_large);
  CHECK(parse_object("{}", {.max_bytes = 2}));
  CHECK_FALSE(parse_object("{ }", {.max_bytes = 2}));
}

TEST_CASE("ER4 integers stay integers, up to 64 bits") {
  CHECK(number("0").is_int64());
  CHECK(number("-9223372036854775808").as_int64() == std::numeric_limits<std::int64_t>::min());
  CHECK(number("9223372036854775807").as_int64() == std::numeric_limits<std::int64_t>::max());
  CHECK(number("9223372036854775808").as_uint64() == 9223372036854775808u);
  CHECK(number("18446744073709551616").as_double() == 18446744073709551616.0);
  CHECK(number("-9223372036854775809").is_double());
  CHECK(number("1.0").is_double());
  CHECK(number("1e2").is_double());
}

TEST_CASE("ER4 a number is the double nearest to what was written") {
  CHECK(number("0.1").as_double() == 0.1);
  CHECK(number("0.4").as_double() == 0.4);
  CHECK(number("8.5e-3").as_double() == 8.5e-3);
  CHECK(number("1.7976931348623157e308").as_double() == 1.7976931348623157e308);
  CHECK(number("2.2250738585072014E-308").as_double() == 2.2250738585072014E-308);
  CHECK(number("5e-324").as_double() == 5e-324);
  CHECK(number("1e-400").as_double() == 0);
  CHECK(number("-1e-400").as_double() == 0);
  CHECK(number("0e999").as_double() == 0);
  CHECK(number("9007199254740993.0").as_double() == 9007199254740992.0);
  Prng random(4);
  for (int round = 0; round < 20'000; ++round) {
    const double wanted = static_cast<double>(random.next() >> 11) * 0x1p-53 *
                          std::pow(10.0, static_cast<double>(random.below(20)) - 10);
    if (number(fmt::format("{:.17e}", wanted)).as_double() != wanted) FAIL(wanted);
  }
}

TEST_CASE("ER4 a number beyond every double is refused") {
  for (const char* huge : {"1e309", "-1e309", "1e99999999999", "1.8e308"}) {
    const auto detail = refusal(fmt::format("{{\"n\":{}}}", huge));
    CHECK(detail != "");
  }
  CHECK(refusal("{\"n\":1e309}") == "A number in the JSON is too large.");
  CHECK(refusal("{\"n\":" + std::string(400, '9') + "}") == "A number in the JSON is too large.");
}

TEST_CASE("ER8 no cut or changed byte breaks the JSON parser") {
  Prng random(8);
  const std::string text =
      R"({"s":"a\u00e9\ud83c\udccf","i":-3,"d":0.5e-7,"t":true,"n":null,"a":[1,[],{"s":2}]})";
  for (std::size_t length = 0; length < text.size(); ++length)
    CHECK_FALSE(parse_object(std::string(text.substr(0, length))));
  for (int round = 0; round < 50'000; ++round) {
    auto changed = text;
    for (auto n = 1 + random.below(3); n > 0; --n)
      changed[random.below(static_cast<std::uint32_t>(changed.size()))] =
          static_cast<char>(random.below(256));
    const auto value = parse_json(changed);
    // What was read is written as JSON that reads the same.
    if (value && parse_json(json::serialize(*value)).value() != *value) FAIL(changed);
  }
}

TEST_CASE("SC1 a number is written as it is read back, also a zero with a sign") {
  for (const auto* text : {"[-0.0]", "[-0]", "[-0e308]", "[0.0]"}) {
    CAPTURE(text);
    const auto value = parse_json(text);
    REQUIRE(value);
    CHECK(to_text(*value) == "[0]");
  }
}
