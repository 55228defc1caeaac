#include "protocol/jwks.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>

#include "base/text.h"
#include "protocol/json_fields.h"
#include "protocol/json_guard.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;

Error bad(std::string sentence) { return {ErrorCode::invalid_value, std::move(sentence)}; }

// A field's text; nullopt also where it is none.
std::optional<std::string> text_of(const json::object& key, std::string_view name) {
  auto text = JsonFields(key).text(name);
  return text ? *std::move(text) : std::nullopt;
}

std::optional<std::vector<std::uint8_t>> bytes_of(const json::object& key, std::string_view name) {
  const auto text = text_of(key, name);
  return text ? base64url_decode(*text) : std::nullopt;
}

bool is_text(const json::value& value, std::string_view text) {
  return value.is_string() && std::string_view(value.get_string()) == text;
}

// Keys for something else are in sets too: for encryption, or for other algorithms.
bool is_for_verifying(const json::object& key, std::string_view algorithm) {
  const auto *use = key.if_contains("use"), *named = key.if_contains("alg");
  if ((use && !is_text(*use, "sig")) || (named && !is_text(*named, algorithm))) return false;
  const auto* operations = key.if_contains("key_ops");
  if (!operations) return true;
  return operations->is_array() && std::ranges::any_of(operations->get_array(), [](const auto& it) {
           return is_text(it, "verify");
         });
}

struct Kind {
  std::string_view type, curve, algorithm_name;
  JwtAlgorithm algorithm;
  std::string_view first, second;
};
constexpr Kind kKinds[] = {
    {"RSA", "", "RS256", JwtAlgorithm::rs256, "n", "e"},
    {"EC", "P-256", "ES256", JwtAlgorithm::es256, "x", "y"},
    {"OKP", "Ed25519", "EdDSA", JwtAlgorithm::eddsa, "x", ""},
};

std::optional<JsonWebKey> key_of(const json::object& object) {
  const auto type = text_of(object, "kty"), curve = text_of(object, "crv");
  for (const auto& kind : kKinds) {
    if (type != kind.type || curve.value_or("") != kind.curve) continue;
    auto first = bytes_of(object, kind.first);
    auto second = kind.second.empty() ? std::vector<std::uint8_t>() : bytes_of(object, kind.second);
    if (!first || !second || !is_for_verifying(object, kind.algorithm_name)) break;
    return JsonWebKey{kind.algorithm, text_of(object, "kid"), *std::move(first),
                      *std::move(second)};
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<JsonWebKey>> parse_jwks(std::string_view text) {
  const auto set = parse_object(text, {.max_bytes = kMaxJwksBytes});
  if (!set) return bad(fmt::format("It is no JSON Web Key Set: {}", set.error().sentence()));
  const auto* list = set->if_contains("keys");
  if (!list || !list->is_array()) return bad("It is no JSON Web Key Set: it has no list \"keys\".");
  std::vector<JsonWebKey> keys;
  for (const auto& each : list->get_array())
    if (auto key = each.is_object() ? key_of(each.get_object()) : std::nullopt)
      keys.push_back(*std::move(key));
  if (keys.empty())
    return bad("It has no key for RS256, ES256 or EdDSA (RSA, P-256 or Ed25519, to verify with).");
  if (keys.size() > kMaxJwks)
    return bad(fmt::format("It has {} keys; {} is the most.", keys.size(), kMaxJwks));
  return keys;
}

}  // namespace tarotforge::protocol
