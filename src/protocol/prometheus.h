// Numbers as text for Prometheus: its format 0.0.4, or OpenMetrics 1.0.0. Families are written one
// after another, each with its samples.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/histogram.h"

namespace tarotforge::protocol {

enum class MetricsFormat : std::uint8_t { prometheus, open_metrics };

// What an Accept header asks for; OpenMetrics only where it is named and not refused by "q=0".
MetricsFormat metrics_format(std::string_view accept);
std::string_view content_type(MetricsFormat format);

class Exposition {
 public:
  explicit Exposition(MetricsFormat format) : format_(format) {}

  // A family and its only sample. A counter's name is given without "_total".
  void gauge(std::string_view name, std::string_view help, double value);
  void counter(std::string_view name, std::string_view help, double value);

  // A family whose samples follow, told apart by one label.
  void gauges(std::string_view name, std::string_view help) { open(name, "gauge", help); }
  void counters(std::string_view name, std::string_view help) { open(name, "counter", help); }
  void sample(std::string_view label, std::string_view label_value, double value);

  void histogram(std::string_view name, std::string_view help, const Histogram& histogram);

  std::string finish() &&;

 private:
  void open(std::string_view name, std::string_view type, std::string_view help);
  void line(std::string_view name, std::string_view labels, double value);

  MetricsFormat format_;
  std::string text_;
  std::string sample_name_;  // of the family that was opened last
};

}  // namespace tarotforge::protocol
