// The head of an answer as it goes over the wire, with the headers that every answer has.
#pragma once

#include <string>

#include "base/instant.h"
#include "net/http.h"

namespace tarotforge::net {

struct HeadOptions {
  bool keep_alive = true;
  bool is_https = false;  // for people, by the proxy before us
  WallTime now;
};
std::string response_head(const Response& response, HeadOptions options);

}  // namespace tarotforge::net
