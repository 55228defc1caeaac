// The commands beside `serve` and `migrate`; those that list and follow are in listing.h. They open
// the database directly, also while a server runs on it. Exit codes: 0 done, 1 refused or failed,
// 2 wrong usage, 3 (check) the session has expired.
#pragma once

#include <string>

#include "main/configuration.h"
#include "main/output.h"

namespace tarotforge {

int cleanup(const Configuration& configuration, bool dry_run, Output output);
int check_session(const Configuration& configuration, const std::string& id, Output output);
int explain(const Configuration& configuration, const std::string& id, Output output, Paint paint);
int restore(const Configuration& configuration, const std::string& id, Output output);
int backup(const Configuration& configuration, const std::string& file);
int doctor(const Configuration& configuration);
int webhooks(const Configuration& configuration, bool dead, Output output);
int replay_webhook(const Configuration& configuration, const std::string& id, Output output);
int show_config(const Configuration& configuration, Output output);

}  // namespace tarotforge
