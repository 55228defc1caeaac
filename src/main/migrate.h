// The commands around the schema. Exit codes: 0 done, 1 refused, failed or different, 3 (status)
// migrations are missing.
#pragma once

#include "main/configuration.h"
#include "main/output.h"

namespace tarotforge {

int migrate_up(const Configuration& configuration);
int migrate_status(const Configuration& configuration, Output output);
int migrate_verify(const Configuration& configuration);
int migrate_adopt(const Configuration& configuration, bool dry_run, bool finish);

}  // namespace tarotforge
