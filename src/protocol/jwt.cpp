#include "protocol/jwt.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <cmath>

#include "base/text.h"
#include "protocol/json_fields.h"
#include "protocol/json_guard.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;

Error refused(std::string sentence) { return {ErrorCode::unauthorized, std::move(sentence)}; }

Error unreadable() { return refused("This sign-in cannot be read. Sign in again."); }

std::optional<JwtAlgorithm> algorithm_of(std::string_view name) {
  constexpr std::array<std::string_view, 4> kNames = {"HS256", "RS256", "ES256", "EdDSA"};
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<JwtAlgorithm>(found - kNames.begin());
}

// A token of another type, such as one that tells of a sign-out, must not be taken for a sign-in
// (RFC 8725, section 3.11). Types are named in either case (RFC 7515, section 4.1.9).
bool is_sign_in(std::string type) {
  std::ranges::transform(type, type.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return type == "jwt" || type == "at+jwt" || type == "application/at+jwt";
}

std::optional<std::string> decoded(std::string_view part) {
  const auto bytes = base64url_decode(part);
  if (!bytes || bytes->empty()) return std::nullopt;
  return std::string(bytes->begin(), bytes->end());
}

// Seconds since the Unix epoch, with a fraction or without, as milliseconds.
Result<std::optional<double>> time_of(const JsonFields& claims, std::string_view name) {
  TRY_ASSIGN(const auto seconds, claims.number(name));
  if (!seconds) return std::optional<double>();
  return std::optional(*seconds * 1000);
}

Result<> check_times(const JsonFields& claims, WallTime now) {
  const auto expires = time_of(claims, "exp"), begins = time_of(claims, "nbf");
  if (!expires || !begins) return unreadable();
  if (!*expires) return refused("This sign-in does not say when it ends. Sign in again.");
  const auto at = static_cast<double>(now.ms);
  const auto leeway = static_cast<double>(kJwtLeeway.count());
  if (at >= **expires + leeway) return refused("Your sign-in has expired. Sign in again.");
  if (*begins && at < **begins - leeway)
    return refused("This sign-in is not valid yet. Try again in a moment.");
  return {};
}

bool is_meant_for(const json::value* audience, std::string_view us) {
  if (!audience) return false;
  if (audience->is_string()) return audience->get_string() == us;
  return audience->is_array() && std::ranges::any_of(audience->get_array(), [&](const auto& each) {
           return each.is_string() && each.get_string() == us;
         });
}

Result<> check_terms(const json::object& claims, const JwtTerms& terms) {
  const auto* issuer = claims.if_contains("iss");
  if (!terms.issuer.empty() &&
      !(issuer && issuer->is_string() && issuer->get_string() == terms.issuer))
    return refused("This sign-in comes from an identity provider that is not known here.");
  if (!terms.audience.empty() && !is_meant_for(claims.if_contains("aud"), terms.audience))
    return refused("This sign-in is meant for another service. Sign in for this one.");
  return {};
}

}  // namespace

bool looks_like_jwt(std::string_view token) { return token.find('.') != std::string_view::npos; }

Result<Jwt> parse_jwt(std::string_view token) {
  if (token.size() > kMaxJwtBytes) return unreadable();
  const auto first = token.find('.');
  const auto last = token.rfind('.');
  if (first == std::string_view::npos || first == last) return unreadable();
  // A third dot would stand in the claims, where base64url has none.
  const auto header_text = decoded(token.substr(0, first));
  auto claims = decoded(token.substr(first + 1, last - first - 1));
  auto signature = base64url_decode(token.substr(last + 1));
  if (!header_text || !claims || !signature) return unreadable();
  const auto header = parse_object(*header_text);
  if (!header) return unreadable();
  const JsonFields fields(*header);
  const auto name = fields.text("alg"), type = fields.text("typ");
  auto key_id = fields.text("kid");
  // What is critical must be understood, and nothing that may be is (RFC 7515, section 4.1.11).
  if (!name || !*name || !type || !key_id || header->contains("crit")) return unreadable();
  if (*type && !is_sign_in(**type)) return refused("This token is no sign-in. Sign in again.");
  const auto algorithm = algorithm_of(**name);
  if (!algorithm) return refused("This sign-in is not signed in a way that is accepted here.");
  return Jwt{.algorithm = *algorithm,
             .key_id = *std::move(key_id),
             .signed_text = token.substr(0, last),
             .claims = *std::move(claims),
             .signature = *std::move(signature)};
}

Result<UserId> user_of_claims(std::string_view text, const JwtTerms& terms, WallTime now) {
  const auto claims = parse_object(text);
  if (!claims) return unreadable();
  const JsonFields fields(*claims);
  TRY(check_times(fields, now));
  TRY(check_terms(*claims, terms));
  const auto subject = fields.text("sub");
  if (!subject || !*subject) return refused("This sign-in names nobody. Sign in again.");
  const auto user = UserId::parse(**subject);
  if (!user) return ErrorCode::account_not_usable;
  return *user;
}

}  // namespace tarotforge::protocol
