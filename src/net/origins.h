// Which pages may speak with this server: its own, those of PUBLIC_URL and those that the operator
// allows. Programs that are no browsers send no Origin and are not held to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/http.h"

namespace tarotforge::net {

class Origins {
 public:
  Origins(std::string_view public_url, std::vector<std::string> allowed);

  // Whether the request's page may open a socket.
  bool may_connect(const Request& request) const;

  // Whether the request was sent by one of our own pages: what acts with a cookie has to be.
  bool is_from_own_page(const Request& request) const;

  // Adds the headers with which a browser lets an allowed page of another origin read the answer.
  void add_cors(const Request& request, Response& response) const;

  // The answer to OPTIONS: a preflight, or the plain question for what a path allows.
  // origin_not_allowed.
  Result<Response> preflight(const Request& request, const std::string& allow) const;

 private:
  bool is_own(std::string_view origin, const Request& request) const;
  bool is_allowed(std::string_view origin) const;

  std::string public_origin_;
  std::vector<std::string> allowed_;
};

// "https://example.org" of "https://example.org/path".
std::string origin_of(std::string_view url);

}  // namespace tarotforge::net
