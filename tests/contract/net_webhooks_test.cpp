// One webhook on its way to a real receiver: what it looks like there, and what is taken for an
// answer.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>

#include "net/webhook_sender.h"
#include "tests/support/certificate_maker.h"
#include "tests/support/loop.h"
#include "tests/support/webhook_receiver.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;
using Options = net::WebhookSender::Options;

const Options kWithin{.private_allowed = true, .user_agent = "TarotForge/9", .deadline = 10s};
const Options kHurried{.private_allowed = true, .deadline = 200ms};
const Options kOutside{.private_allowed = false, .deadline = 10s};

std::string send_to(const std::string& target, const Options& options) {
  Loop loop;
  net::WebhookSender sender(loop.context, options);
  const auto sending = [&]() -> ports::Task<std::string> {
    co_return co_await sender.send(
        {.target = target, .id = "id-1", .timestamp = "17", .signature = "v1,abc", .body = "{}"});
  };
  return loop.run<std::string>(sending()).value();
}
std::string send_to(const WebhookReceiver& receiver, const Options& options = kWithin) {
  return send_to(fmt::format("http://127.0.0.1:{}/in?a=b", receiver.port()), options);
}

// The certificates that the system trusts, while it lives.
class Trusting {
 public:
  explicit Trusting(const std::string& file) { setenv("SSL_CERT_FILE", file.c_str(), 1); }
  ~Trusting() { unsetenv("SSL_CERT_FILE"); }
};

}  // namespace

TEST_CASE("WH3 WH5 a webhook is a POST with its three headers, taken where 2xx is answered") {
  const WebhookReceiver receiver;
  CHECK(send_to(receiver) == "");
  REQUIRE(receiver.requests().size() == 1);
  const auto request = receiver.requests()[0];
  CHECK(request.starts_with("POST /in?a=b HTTP/1.1\r\n"));
  for (const auto& line :
       {fmt::format("Host: 127.0.0.1:{}", receiver.port()), std::string("webhook-id: id-1"),
        std::string("webhook-timestamp: 17"), std::string("webhook-signature: v1,abc"),
        std::string("User-Agent: TarotForge/9"), std::string("Content-Type: application/json")})
    CHECK_MESSAGE(request.contains(line + "\r\n"), request);
  CHECK(request.ends_with("\r\n\r\n{}"));
}

TEST_CASE("WH5 WH10 any other answer is none, and a redirect is not followed") {
  const WebhookReceiver elsewhere;
  const WebhookReceiver moved(
      fmt::format("HTTP/1.1 307 Gone There\r\nLocation: http://127.0.0.1:{}/\r\n"
                  "Content-Length: 0\r\n\r\n",
                  elsewhere.port()));
  CHECK(send_to(moved) == "The receiver answered 307; redirects are not followed.");
  CHECK(elsewhere.requests().empty());
  CHECK(send_to(WebhookReceiver("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")) ==
        "The receiver answered 500.");
  CHECK(send_to(WebhookReceiver("220 mail.example ESMTP\r\n\r\n"))
            .starts_with("The receiver could not be asked: "));
  std::uint16_t closed = 0;
  {
    const WebhookReceiver gone;
    closed = gone.port();
  }
  CHECK(send_to(fmt::format("http://127.0.0.1:{}/", closed), kWithin) ==
        "The receiver could not be asked: Connection refused.");
  CHECK(send_to("http://a..b/", kWithin).starts_with("The host a..b was not found: "));
}

TEST_CASE("WH11 who does not answer in time is not waited for, and endless answers are not read") {
  CHECK(send_to(WebhookReceiver(""), kHurried) == "The receiver did not answer in time.");
  CHECK(send_to(WebhookReceiver("HTTP/1.1 200 OK\r\nX-A: "), kHurried) ==
        "The receiver did not answer in time.");
  const std::string mega(1 << 20, 'a');
  CHECK(send_to(WebhookReceiver("HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n" + mega)) ==
        "");
  CHECK(send_to(WebhookReceiver("HTTP/1.1 200 OK\r\nX-A: " + mega + "\r\n\r\n"))
            .starts_with("The receiver could not be asked: "));
}

TEST_CASE("WH10 private addresses are refused unless they are allowed, by the one connected to") {
  const WebhookReceiver receiver;
  for (const auto* host : {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "10.1.2.3"}) {
    const auto answer = send_to(fmt::format("http://{}:{}/", host, receiver.port()), kOutside);
    CHECK_MESSAGE(answer.contains(" is on a private network"), answer);
  }
  CHECK(receiver.requests().empty());
  CHECK(send_to(fmt::format("http://localhost:{}/", receiver.port()), kWithin) == "");
}

TEST_CASE("WH11 over https the receiver has to have a certificate that the system trusts") {
  const TemporaryFolder folder;
  const auto files = make_certificate(folder, "localhost");
  const WebhookReceiver receiver(WebhookReceiver::kTaken, files);
  const auto at = [&](const char* host) {
    return send_to(fmt::format("https://{}:{}/", host, receiver.port()), kWithin);
  };
  const auto answer = at("localhost");
  CHECK_MESSAGE(answer.contains("certificate verify failed"), answer);
  CHECK(receiver.requests().empty());
  const Trusting trusting(files.certificate);
  CHECK(at("localhost") == "");
  CHECK(receiver.requests().size() == 1);
  CHECK(at("127.0.0.1").contains("certificate verify failed"));  // it is another's
}

TEST_CASE("WH11 a sender that stops ends what is under way") {
  const WebhookReceiver silent("");
  Loop loop;
  net::WebhookSender sender(loop.context, kWithin);
  const auto sending = [&]() -> ports::Task<std::string> {
    co_return co_await sender.send(
        {.target = fmt::format("http://127.0.0.1:{}/", silent.port()), .id = "1", .body = "{}"});
  };
  const auto answer = loop.start<std::string>(sending());
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (silent.requests().empty() && std::chrono::steady_clock::now() < deadline)
    loop.context.run_for(1ms);
  REQUIRE_FALSE(answer->has_value());
  sender.stop();
  loop.run_until([&] { return answer->has_value(); });
  CHECK_FALSE((*answer)->value().empty());
}

}  // namespace tarotforge::test
