#include "protocol/websocket_handshake.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>

namespace tarotforge::protocol {
namespace {

constexpr std::string_view kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455, section 1.3
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kKeyCharacters = 24;  // 16 bytes in base64: 22 characters and "=="

using Sha1 = std::array<std::uint32_t, 5>;

// One block of 64 bytes; constants and functions of FIPS 180-4, section 6.1.
void sha1_block(Sha1& hash, std::string_view block) {
  std::array<std::uint32_t, 80> words;
  for (std::size_t i = 0; i < 16; ++i) {
    words[i] = 0;
    for (std::size_t j = 0; j < 4; ++j)
      words[i] = (words[i] << 8) | static_cast<unsigned char>(block[4 * i + j]);
  }
  for (std::size_t i = 16; i < 80; ++i)
    words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
  auto [a, b, c, d, e] = hash;
  for (std::size_t i = 0; i < 80; ++i) {
    std::uint32_t mixed = b ^ c ^ d;
    if (i < 20) mixed = (b & c) | (~b & d);
    if (i >= 40 && i < 60) mixed = (b & c) | (b & d) | (c & d);
    constexpr std::uint32_t kRound[] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
    const auto next = std::rotl(a, 5) + mixed + e + kRound[i / 20] + words[i];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  hash = {hash[0] + a, hash[1] + b, hash[2] + c, hash[3] + d, hash[4] + e};
}

std::array<std::uint8_t, 20> sha1(std::string text) {
  const std::uint64_t bits = text.size() * 8;
  text += static_cast<char>(0x80);
  text.append((64 + 56 - text.size() % 64) % 64, '\0');
  for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>((bits >> shift) & 0xff);
  Sha1 hash = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  for (std::size_t at = 0; at < text.size(); at += 64)
    sha1_block(hash, std::string_view(text).substr(at, 64));
  std::array<std::uint8_t, 20> bytes;
  for (std::size_t i = 0; i < 20; ++i)
    bytes[i] = static_cast<std::uint8_t>(hash[i / 4] >> (24 - 8 * (i % 4)));
  return bytes;
}

std::string base64(std::span<const std::uint8_t> bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t j = 0; j < 3; ++j)
      three = (three << 8) | (i + j < bytes.size() ? bytes[i + j] : 0u);
    for (std::size_t j = 0; j < 4; ++j)
      text += i + j <= bytes.size() ? kBase64[(three >> (18 - 6 * j)) & 63] : '=';
  }
  return text;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool equal_in_any_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// 16 bytes in base64. The four bits that the last character has too many are not looked at, as
// in other servers: some clients fill them.
bool is_key(std::string_view key) {
  return key.size() == kKeyCharacters && key.ends_with("==") &&
         key.find_first_not_of(kBase64) == kKeyCharacters - 2;
}

}  // namespace

bool has_token(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    if (equal_in_any_case(trimmed(list.substr(0, comma)), token)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

std::string accept_key(std::string_view key) {
  return base64(sha1(std::string(key).append(kGuid)));
}

Result<std::string> accept_upgrade(const UpgradeRequest& request) {
  const auto refuse = [](const char* detail) { return Error(ErrorCode::malformed, detail); };
  if (request.method != "GET") return refuse("A WebSocket is opened with GET.");
  if (request.http_version < 11) return refuse("A WebSocket needs HTTP/1.1.");
  if (!has_token(request.upgrade, "websocket"))
    return refuse("This address speaks WebSocket. Send \"Upgrade: websocket\".");
  if (!has_token(request.connection, "upgrade"))
    return refuse("The Connection header must hold \"Upgrade\".");
  if (trimmed(request.version) != kWebSocketVersion)
    return refuse("Only version 13 of WebSocket is spoken here.");
  const auto key = trimmed(request.key);
  if (!is_key(key)) return refuse("Sec-WebSocket-Key must be 16 bytes in base64.");
  return accept_key(key);
}

}  // namespace tarotforge::protocol
