// Where to listen: from an operator's text to an endpoint, and from what the system refused to a
// sentence that says what to do.
#pragma once

#include <boost/system/error_code.hpp>
#include <string_view>

#include "base/result.h"
#include "net/tcp.h"

namespace tarotforge::net {

// "127.0.0.1:8080", "[::1]:8080", "localhost:8080". invalid_value.
Result<Tcp::endpoint> parse_listen_address(std::string_view text);

Error listen_refusal(std::string_view text, const Tcp::endpoint& endpoint,
                     boost::system::error_code error);

}  // namespace tarotforge::net
