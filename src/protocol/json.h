// The JSON values that answers are made of, for the floors that put answers together without
// knowing the library.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string_view>

namespace tarotforge::protocol {

using Object = boost::json::object;
using Array = boost::json::array;

// Reads back the text of an object that this program made and stored.
Object parse_own(std::string_view text);

}  // namespace tarotforge::protocol
