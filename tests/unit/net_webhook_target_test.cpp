// Where webhooks may go: URLs, and which addresses are nobody's in public.
#include "net/webhook_target.h"

#include <doctest/doctest.h>

namespace tarotforge::net {

TEST_CASE("WH12 a target is an http or https URL without a user") {
  const auto plain = WebhookTarget::parse("https://hooks.example").value();
  CHECK(plain.is_https);
  CHECK(plain.host == "hooks.example");
  CHECK(plain.port == "443");
  CHECK(plain.path == "/");
  CHECK(plain.authority() == "hooks.example");
  const auto full = WebhookTarget::parse("http://[2001:db8::1]:8080/a/b?c=d").value();
  CHECK_FALSE(full.is_https);
  CHECK(full.host == "2001:db8::1");
  CHECK(full.port == "8080");
  CHECK(full.path == "/a/b?c=d");
  CHECK(full.authority() == "[2001:db8::1]:8080");
  CHECK(WebhookTarget::parse("https://hooks.example?a=b").value().path == "/?a=b");
  for (const auto* bad :
       {"", "hooks.example", "ftp://hooks.example", "https://", "https://:443/", "https://a:0/",
        "https://a:65536/", "https://a:b/", "https://user:secret@a/", "https://a b/",
        "https://a/#part", "https://a/\"", "https://[::1/", "https://[a]/", "https://[::1]x/",
        "https://a/,https://b/", "https://a/\n", "HTTPS://a/"})
    CHECK_MESSAGE(!WebhookTarget::parse(bad), bad);
}

TEST_CASE("WH12 WH10 targets are listed once each, by https unless private ones are allowed") {
  CHECK(parse_webhook_targets("", false)->empty());
  CHECK(parse_webhook_targets("https://a/x , https://b/", false).value() ==
        std::vector<std::string>{"https://a/x", "https://b/"});
  CHECK_FALSE(parse_webhook_targets("https://a/, https://a/", false));
  CHECK_FALSE(parse_webhook_targets("https://a/,,https://b/", false));
  CHECK_FALSE(parse_webhook_targets("http://a/", false));
  CHECK(parse_webhook_targets("http://a/", true));
}

TEST_CASE("WH10 which addresses are private") {
  for (const auto* address : {"0.0.0.0",
                              "10.0.0.1",
                              "100.64.0.1",
                              "127.0.0.1",
                              "127.255.255.255",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "198.18.0.1",
                              "224.0.0.1",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::ffff:10.0.0.1",
                              "fe80::1",
                              "fc00::1",
                              "fdff::1",
                              "fec0::1",
                              "ff02::1",
                              "2001:db8::1",
                              "2001::1",
                              "2002:a00:1::1",
                              "2002:7f00:1::",
                              "64:ff9b::10.0.0.1",
                              "64:ff9b:1::1",
                              "::127.0.0.1",
                              "4000::1"})
    CHECK_MESSAGE(is_private(*Address::parse(address)), address);
  for (const auto* address :
       {"1.1.1.1", "9.255.255.255", "11.0.0.1", "172.15.0.1", "172.32.0.1", "192.167.1.1",
        "192.169.1.1", "100.63.0.1", "223.255.255.255", "::ffff:1.1.1.1", "2606:4700::1111",
        "2a00:1450::1", "2002:808:808::1", "64:ff9b::8.8.8.8"})
    CHECK_MESSAGE(!is_private(*Address::parse(address)), address);
}

}  // namespace tarotforge::net
