// Numbers as Prometheus reads them.
#include "protocol/prometheus.h"

#include <doctest/doctest.h>

namespace tarotforge::protocol {
namespace {

constexpr double kBounds[] = {0.005, 1, 10};

std::string written(MetricsFormat format) {
  Exposition out(format);
  out.gauge("rooms", "Rooms.", 2);
  out.counter("joins", "Joins.", 1'234'567);
  out.counters("refusals", "Refusals.");
  out.sample("code", "a\"b\\c\nd", 3);
  Histogram waits(kBounds);
  for (const double value : {0.0, 0.005, 0.5, 10.5}) waits.observe(value);
  out.histogram("wait_seconds", "Waits.", waits);
  return std::move(out).finish();
}

}  // namespace

TEST_CASE("MX2 counters, gauges and histograms are written as Prometheus reads them") {
  CHECK(written(MetricsFormat::prometheus) ==
        "# HELP rooms Rooms.\n"
        "# TYPE rooms gauge\n"
        "rooms 2\n"
        "# HELP joins_total Joins.\n"
        "# TYPE joins_total counter\n"
        "joins_total 1234567\n"
        "# HELP refusals_total Refusals.\n"
        "# TYPE refusals_total counter\n"
        "refusals_total{code=\"a\\\"b\\\\c\\nd\"} 3\n"
        "# HELP wait_seconds Waits.\n"
        "# TYPE wait_seconds histogram\n"
        "wait_seconds_bucket{le=\"0.005\"} 2\n"
        "wait_seconds_bucket{le=\"1.0\"} 3\n"
        "wait_seconds_bucket{le=\"10.0\"} 3\n"
        "wait_seconds_bucket{le=\"+Inf\"} 4\n"
        "wait_seconds_sum 11.005\n"
        "wait_seconds_count 4\n");
}

TEST_CASE("MX2 OpenMetrics names a counter's family without its ending, and ends with EOF") {
  const auto text = written(MetricsFormat::open_metrics);
  CHECK(text.find("# TYPE joins counter\njoins_total 1234567\n") != text.npos);
  CHECK(text.ends_with("wait_seconds_count 4\n# EOF\n"));
}

TEST_CASE("MX2 OpenMetrics is answered to those who name it in Accept") {
  using enum MetricsFormat;
  CHECK(metrics_format("") == prometheus);
  CHECK(metrics_format("*/*") == prometheus);
  CHECK(metrics_format("text/plain;version=0.0.4") == prometheus);
  CHECK(metrics_format("application/openmetrics-text") == open_metrics);
  CHECK(metrics_format("application/openmetrics-text;version=1.0.0,text/plain;q=0.5") ==
        open_metrics);
  CHECK(metrics_format("text/plain;q=0.5, application/openmetrics-text;version=1.0.0;q=0.75") ==
        open_metrics);
  CHECK(metrics_format("application/openmetrics-text;q=0, text/plain") == prometheus);
  CHECK(metrics_format("application/openmetrics-text;q=0.0") == prometheus);
  CHECK(metrics_format("application/openmetrics-textual") == prometheus);
}

}  // namespace tarotforge::protocol
