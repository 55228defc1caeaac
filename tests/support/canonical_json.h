// JSON in one form, whatever spaces, order of names and form of numbers it came in.
#pragma once

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <map>
#include <string>

namespace tarotforge::test {

inline void write_canonical(std::string& to, const boost::json::value& value) {
  if (const auto* object = value.if_object()) {
    std::map<std::string, const boost::json::value*> sorted;
    for (const auto& member : *object) sorted.emplace(member.key(), &member.value());
    to += '{';
    for (const auto& [name, member] : sorted) {
      to += name + ':';
      write_canonical(to, *member);
      to += ' ';
    }
    to += '}';
  } else if (const auto* array = value.if_array()) {
    to += '[';
    for (const auto& each : *array) {
      write_canonical(to, each);
      to += ' ';
    }
    to += ']';
  } else if (value.is_number()) {
    to += fmt::format("{}", value.to_number<double>());
  } else if (const auto* string = value.if_string()) {
    to += '"' + std::string(*string) + '"';
  } else {
    to += value.is_null() ? "null" : value.as_bool() ? "true" : "false";
  }
}

inline std::string canonical_json(const std::string& text) {
  std::string made;
  write_canonical(made, boost::json::parse(text));
  return made;
}

}  // namespace tarotforge::test
