// JSON values as text, the shortest that reads back the same: no spaces, numbers as people write
// them (0.4, not 4E-1); and text as JSON values. Strings must be well-formed UTF-8 and numbers
// finite.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"

namespace tarotforge::protocol {

std::string to_text(const boost::json::value& value);
std::string to_text(const boost::json::object& object);
std::string to_text(const boost::json::array& array);

inline boost::json::string text_json(std::string_view view) { return boost::json::string(view); }

template <class Kind>
boost::json::value id_json(const std::optional<Id<Kind>>& id) {
  if (!id) return nullptr;
  return text_json(id->to_string());
}

}  // namespace tarotforge::protocol
