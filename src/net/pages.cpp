#include "net/pages.h"

#include <algorithm>

#include "net/router.h"

namespace tarotforge::net {
namespace {

constexpr std::string_view kIndex = "/index.html";
constexpr std::string_view kRoom = "/room/{id}";
constexpr std::string_view kRoomIndex = "/room.html";  // the same, asking at once for all of a room
constexpr std::string_view kDocs = "/docs";            // the page that shows /openapi.json
constexpr std::string_view kDocsPage = "/docs.html";
constexpr std::string_view kPages[] = {
    "/",
    "/invite/{code}",
    kRoom,
    "/room/{id}/summary",
    "/marketplace",
    "/dashboard",
    "/dashboard/sessions",
    "/dashboard/sessions/{id}",
    "/dashboard/analytics",
};
constexpr std::string_view kYear = "public, max-age=31536000, immutable";
constexpr std::string_view kNotBuilt =
    "<!doctype html><meta charset=utf-8><title>TarotForge</title>"
    "<p>The server runs. The web UI was not built into this binary.";

const Asset* find(std::span<const Asset> assets, std::string_view path) {
  const auto found = std::ranges::lower_bound(assets, path, {}, &Asset::path);
  return found != assets.end() && found->path == path ? &*found : nullptr;
}

bool is_page(std::string_view path) {
  return std::ranges::any_of(kPages,
                             [&](std::string_view page) { return match(page, path).has_value(); });
}

// Of an address that nothing else has, a person with a browser gets the UI, which says so.
bool wants_page(const Request& request) {
  const bool reserved = request.path.starts_with("/v1/") || request.path.starts_with("/assets/") ||
                        request.path.starts_with("/socket/");
  return !reserved && request.header("accept").find("text/html") != std::string_view::npos;
}

// Calls seen(element) for each element of a comma-separated list, spaces trimmed.
template <class Seen>
void for_each_element(std::string_view list, Seen&& seen) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    auto element = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    while (element.starts_with(' ')) element.remove_prefix(1);
    while (element.ends_with(' ')) element.remove_suffix(1);
    seen(element);
  }
}

// Whether the coding is listed, and not with a weight of zero (RFC 9110, section 12.5.3).
bool accepts(std::string_view accept_encoding, std::string_view coding) {
  bool accepted = false;
  for_each_element(accept_encoding, [&](std::string_view element) {
    const auto name = element.substr(0, element.find_first_of("; "));
    if (!equal_ignoring_case(name, coding)) return;
    const auto weight = element.find("q=");
    accepted = weight == std::string_view::npos ||
               element.find_first_of("123456789", weight) != std::string_view::npos;
  });
  return accepted;
}

bool has_etag(std::string_view if_none_match, std::string_view etag) {
  bool has = false;
  for_each_element(if_none_match, [&](std::string_view element) {
    if (element.starts_with("W/")) element.remove_prefix(2);
    has |= element == etag || element == "*";
  });
  return has;
}

struct Form {
  std::string_view coding;  // empty: as it is
  std::string_view content;
};

Form choose_form(const Asset& asset, std::string_view accept_encoding) {
  if (!asset.brotli.empty() && accepts(accept_encoding, "br")) return {"br", asset.brotli};
  if (!asset.gzip.empty() && accepts(accept_encoding, "gzip")) return {"gzip", asset.gzip};
  return {{}, asset.identity};
}

// Strong: each form of one file has its own.
std::string etag_of(const Asset& asset, std::string_view coding) {
  std::string etag(asset.etag);
  if (!coding.empty() && etag.ends_with('"'))
    etag.insert(etag.size() - 1, "-").insert(etag.size() - 1, coding);
  return etag;
}

Response file_answer(const Asset& asset, const Request& request) {
  const auto form = choose_form(asset, request.header("accept-encoding"));
  auto etag = etag_of(asset, form.coding);
  Response response;
  response.headers.emplace_back("Cache-Control", asset.immutable ? kYear : "no-cache");
  if (!asset.gzip.empty() || !asset.brotli.empty())
    response.headers.emplace_back("Vary", "Accept-Encoding");
  const bool unchanged = has_etag(request.header("if-none-match"), etag);
  response.headers.emplace_back("ETag", std::move(etag));
  if (unchanged) {
    response.status = 304;
    return response;
  }
  response.content_type = asset.content_type;
  response.lasting = form.content;
  if (!form.coding.empty()) response.headers.emplace_back("Content-Encoding", form.coding);
  return response;
}

Response index_answer(const Site& site, const Request& request) {
  const auto* index = match(kRoom, request.path) ? find(site.assets, kRoomIndex) : nullptr;
  if (!index) index = find(site.assets, kIndex);
  if (index) return file_answer(*index, request);
  Response response{.content_type = "text/html; charset=utf-8", .lasting = kNotBuilt};
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

Response wrong_method(const Site& site) {
  auto response = problem_answer(site.house, ErrorCode::method_not_allowed, {});
  response.headers.emplace_back("Allow", "GET, HEAD");
  return response;
}

}  // namespace

std::optional<Response> page_of(const Site& site, const Request& request) {
  const auto* file = find(site.assets, request.path == kDocs ? kDocsPage : request.path);
  const bool known = file || is_page(request.path);
  if (request.method != Method::get)
    return known ? std::optional(wrong_method(site)) : std::nullopt;
  if (file) return file_answer(*file, request);
  if (known || wants_page(request)) return index_answer(site, request);
  return std::nullopt;
}

}  // namespace tarotforge::net
