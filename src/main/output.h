// How commands answer: a refusal as one line on standard error, what is asked for as text or JSON.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace tarotforge {

enum class Output : std::uint8_t { text, json };

inline int failed(const Error& error) {
  fmt::print(stderr, "tarotforge: {}\n", error.sentence());
  return 1;
}

// Tables have headings there alone.
inline bool on_terminal() { return isatty(STDOUT_FILENO) != 0; }

void print_json(const boost::json::object& object);

// A value as people read it: "-" for null, key=value of an object.
std::string text_of(const boost::json::value& value);

// One line for each value that there is; nested objects with dots, a list with a line for each.
std::string lines_of(const boost::json::object& object, const std::string& prefix = "");

// Words in colour, where that is wanted.
class Paint {
 public:
  // `wanted`: auto (on a terminal, unless NO_COLOR is set to something), always or never.
  explicit Paint(std::string_view wanted);

  std::string heading(std::string_view text) const;
  // A status of a session or a type of the audit log, filled up with blanks to `width`.
  std::string word(std::string_view text, std::size_t width) const;
  std::string faint(std::string_view text) const;

 private:
  std::string in(std::string_view code, std::string_view text) const;

  bool is_on_;
};

}  // namespace tarotforge
