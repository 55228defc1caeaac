// The web UI inside the binary: every file of the built UI, compressed at build time.
// The table is written by tools/embed; it is sorted by path, and empty when the UI was not built.
#pragma once

#include <span>
#include <string_view>

namespace tarotforge::net {

struct Asset {
  std::string_view path;          // as requested: "/index.html", "/assets/index-B2x.js"
  std::string_view content_type;  // "text/html; charset=utf-8"
  std::string_view etag;          // quotes included: 16 hex digits of the content's SHA-256
  std::string_view identity;      // the content as it is
  std::string_view gzip;          // empty where compressing does not make it smaller
  std::string_view brotli;        // empty likewise
  bool immutable;                 // the name carries a content hash: may be cached for ever
};

std::span<const Asset> assets();

}  // namespace tarotforge::net
