// The embedded web UI: its files by their names, and its one page for every address that it knows.
#pragma once

#include <optional>

#include "net/http.h"
#include "net/site.h"

namespace tarotforge::net {

// nullopt where no file and no page has this address.
std::optional<Response> page_of(const Site& site, const Request& request);

}  // namespace tarotforge::net
