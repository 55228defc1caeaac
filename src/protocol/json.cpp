#include "protocol/json.h"

#include <boost/json/parse.hpp>

#include "base/check.h"

namespace tarotforge::protocol {

Object parse_own(std::string_view text) {
  boost::system::error_code error;
  auto value = boost::json::parse(text, error);
  check(!error && value.is_object(), "stored JSON that this program wrote is an object");
  return std::move(value.get_object());
}

}  // namespace tarotforge::protocol
