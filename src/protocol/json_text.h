// JSON values as text, the shortest that reads back the same: no spaces, numbers as people write
// them (0.4, not 4E-1). Strings must be well-formed UTF-8 and numbers finite.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace tarotforge::protocol {

std::string to_text(const boost::json::value& value);
std::string to_text(const boost::json::object& object);
std::string to_text(const boost::json::array& array);

}  // namespace tarotforge::protocol
