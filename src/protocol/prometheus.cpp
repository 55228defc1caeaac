#include "protocol/prometheus.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace tarotforge::protocol {
namespace {

constexpr std::string_view kOpenMetrics = "application/openmetrics-text";

// A bound as both formats write it: "0.005", "1.0" (OpenMetrics asks for a float).
std::string bound(double value) {
  auto text = fmt::format("{}", value);
  if (text.find_first_of(".e") == text.npos) text += ".0";
  return text;
}

// Label values may hold anything but these as they are.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out;
}

// ";q=0", ";q=0.0" and the like.
bool is_refused(std::string_view parameters) {
  const auto q = parameters.find("q=");
  return q != parameters.npos &&
         trimmed(parameters.substr(q + 2)).find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

MetricsFormat metrics_format(std::string_view accept) {
  while (!accept.empty()) {
    const auto comma = std::min(accept.find(','), accept.size());
    const auto each = accept.substr(0, comma);
    accept.remove_prefix(std::min(comma + 1, accept.size()));
    const auto semicolon = std::min(each.find(';'), each.size());
    if (trimmed(each.substr(0, semicolon)) == kOpenMetrics && !is_refused(each.substr(semicolon)))
      return MetricsFormat::open_metrics;
  }
  return MetricsFormat::prometheus;
}

std::string_view content_type(MetricsFormat format) {
  return format == MetricsFormat::open_metrics
             ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
             : "text/plain; version=0.0.4; charset=utf-8";
}

void Exposition::open(std::string_view name, std::string_view type, std::string_view help) {
  // A counter's samples end in "_total"; only OpenMetrics names its family without that.
  const bool is_counter = type == "counter";
  sample_name_ = fmt::format("{}{}", name, is_counter ? "_total" : "");
  const auto family =
      format_ == MetricsFormat::open_metrics ? name : std::string_view(sample_name_);
  fmt::format_to(std::back_inserter(text_), "# HELP {} {}\n# TYPE {} {}\n", family, help, family,
                 type);
}

void Exposition::line(std::string_view name, std::string_view labels, double value) {
  fmt::format_to(std::back_inserter(text_), "{}{} {}\n", name, labels, value);
}

void Exposition::gauge(std::string_view name, std::string_view help, double value) {
  open(name, "gauge", help);
  line(sample_name_, "", value);
}

void Exposition::counter(std::string_view name, std::string_view help, double value) {
  open(name, "counter", help);
  line(sample_name_, "", value);
}

void Exposition::sample(std::string_view label, std::string_view label_value, double value) {
  line(sample_name_, fmt::format("{{{}=\"{}\"}}", label, escaped(label_value)), value);
}

void Exposition::histogram(std::string_view name, std::string_view help,
                           const Histogram& histogram) {
  open(name, "histogram", help);
  const auto bucket = fmt::format("{}_bucket", name);
  const auto bounds = histogram.bounds();
  for (std::size_t i = 0; i < bounds.size(); ++i)
    line(bucket, fmt::format("{{le=\"{}\"}}", bound(bounds[i])),
         static_cast<double>(histogram.at_most(i)));
  const auto count = static_cast<double>(histogram.count());
  line(bucket, "{le=\"+Inf\"}", count);
  line(fmt::format("{}_sum", name), "", histogram.sum());
  line(fmt::format("{}_count", name), "", count);
}

std::string Exposition::finish() && {
  if (format_ == MetricsFormat::open_metrics) text_ += "# EOF\n";
  return std::move(text_);
}

}  // namespace tarotforge::protocol
