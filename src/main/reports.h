// The commands `billing` and `analytics`: figures of a period, straight from the database; and
// `rebuild-reports`, which makes the sums anew that they are answered from.
#pragma once

#include <optional>
#include <string>

#include "main/configuration.h"
#include "main/output.h"

namespace tarotforge {

struct ReportOptions {
  std::optional<std::string> from{}, until{};
  std::string zone{};  // of analytics; UTC where empty
};

// CSV, where no JSON is asked for.
int billing(const Configuration& configuration, const ReportOptions& options, Output output);
int analytics(const Configuration& configuration, const ReportOptions& options, Output output);

int rebuild_reports(const Configuration& configuration);

}  // namespace tarotforge
