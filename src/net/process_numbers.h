// What the system knows of this process. Each asks it anew.
#pragma once

#include <cstdint>

namespace tarotforge::net {

double cpu_seconds();
std::uint64_t resident_bytes();
std::uint64_t open_files();  // looks at each of them

}  // namespace tarotforge::net
