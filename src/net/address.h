// Whose a connection is: IP addresses as values, networks that the operator names, and the client
// behind proxies that are trusted to say the truth.
#pragma once

#include <array>
#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tarotforge::net {

// IPv4 stands in its place within IPv6 (RFC 4291, section 2.5.5.2), so that each has one form.
struct Address {
  std::array<std::uint8_t, 16> bytes{};

  friend auto operator<=>(const Address&, const Address&) = default;

  // "192.0.2.1" and "2001:db8::1", both also with a port ("192.0.2.1:80", "[2001:db8::1]:80").
  static std::optional<Address> parse(std::string_view text);
  static Address of(const boost::asio::ip::address& address);

  bool is_v4() const;
  std::string to_string() const;
  // What one customer of a provider has: the address itself, of IPv6 the first 64 bits (RFC 6177).
  Address household() const;
};

class Networks {
 public:
  // "10.0.0.0/8, ::1", comma-separated. invalid_value, naming what is none.
  static Result<Networks> parse(std::string_view list);

  bool contain(const Address& address) const;

 private:
  struct Network {
    Address address;
    unsigned bits;  // of 128
  };
  std::vector<Network> networks_;
};

// Who is asking: the peer, or where it is a trusted proxy the last in X-Forwarded-For that is
// none. What stands before that one was written by strangers and is not looked at.
Address client_of(const Address& peer, std::string_view forwarded_for, const Networks& trusted);

}  // namespace tarotforge::net
