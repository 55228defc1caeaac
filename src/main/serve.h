// The server: wiring, start and the order of shutdown.
#pragma once

#include "main/configuration.h"

namespace tarotforge {

// Returns the process's exit code; says why on standard error where it could not start.
int serve(const Configuration& configuration);

}  // namespace tarotforge
