#include "net/address.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/network_v4.hpp>
#include <charconv>

#include "base/text.h"

namespace tarotforge::net {
namespace {

namespace ip = boost::asio::ip;

constexpr std::array<std::uint8_t, 12> kV4Prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr unsigned kV4Bits = 96;  // before an IPv4 address

std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  const auto colon = text.find(':');
  const bool one_colon = colon != std::string_view::npos && text.find(':', colon + 1) == text.npos;
  return one_colon ? text.substr(0, colon) : text;
}

std::optional<unsigned> number(std::string_view text, unsigned most) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

bool same_bits(const Address& a, const Address& b, unsigned bits) {
  for (unsigned i = 0; i * 8 < bits; ++i) {
    const unsigned here = std::min(8u, bits - i * 8);
    const auto mask = static_cast<std::uint8_t>(0xFF00 >> here);
    if ((a.bytes[i] ^ b.bytes[i]) & mask) return false;
  }
  return true;
}

}  // namespace

Address Address::of(const ip::address& address) {
  if (address.is_v6()) return {address.to_v6().to_bytes()};
  Address mapped;
  const auto four = address.to_v4().to_bytes();
  std::ranges::copy(four, std::ranges::copy(kV4Prefix, mapped.bytes.begin()).out);
  return mapped;
}

std::optional<Address> Address::parse(std::string_view text) {
  constexpr std::size_t kLongest = 64;  // with a zone's name, which no client has
  if (text.size() > kLongest || text.find('%') != text.npos) return std::nullopt;
  boost::system::error_code bad;
  const auto address = ip::make_address(std::string(without_port(trimmed(text))), bad);
  if (bad) return std::nullopt;
  return of(address);
}

bool Address::is_v4() const { return std::ranges::equal(kV4Prefix, std::span(bytes).first(12)); }

std::string Address::to_string() const {
  if (is_v4()) return fmt::format("{}.{}.{}.{}", bytes[12], bytes[13], bytes[14], bytes[15]);
  return ip::make_address_v6(bytes).to_string();
}

Address Address::household() const {
  Address shared = *this;
  if (!is_v4()) std::ranges::fill(std::span(shared.bytes).last(8), 0);
  return shared;
}

Result<Networks> Networks::parse(std::string_view list) {
  Networks networks;
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    const auto text = trimmed(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    const auto slash = std::min(text.find('/'), text.size());
    const auto address = Address::parse(text.substr(0, slash));
    const unsigned before = address && address->is_v4() ? kV4Bits : 0;
    const auto bits = slash == text.size() ? std::optional(128 - before)
                                           : number(text.substr(slash + 1), 128 - before);
    if (!address || !bits)
      return Error(
          ErrorCode::invalid_value,
          fmt::format("\"{}\" is neither an address nor a network such as 10.0.0.0/8.", text));
    networks.networks_.push_back({*address, before + *bits});
  }
  return networks;
}

bool Networks::contain(const Address& address) const {
  return std::ranges::any_of(networks_, [&](const Network& network) {
    return same_bits(network.address, address, network.bits);
  });
}

Address client_of(const Address& peer, std::string_view forwarded_for, const Networks& trusted) {
  Address client = peer;
  while (trusted.contain(client) && !forwarded_for.empty()) {
    const auto comma = forwarded_for.rfind(',');
    const bool is_first = comma == std::string_view::npos;
    const auto before = Address::parse(forwarded_for.substr(is_first ? 0 : comma + 1));
    if (!before) break;  // who wrote this knows better than we do
    client = *before;
    forwarded_for = is_first ? std::string_view() : forwarded_for.substr(0, comma);
  }
  return client;
}

}  // namespace tarotforge::net
