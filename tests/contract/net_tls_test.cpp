// A server with a certificate of its own: what it speaks, with whom, and what it keeps.
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "tests/support/certificate_maker.h"
#include "tests/support/net_client.h"
#include "tests/support/net_world.h"

using namespace tarotforge;
using namespace tarotforge::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

// A server with a certificate, and the files of it.
struct TlsWorld {
  explicit TlsWorld(NetOptions options = {}) : world(with_certificate(std::move(options))) {}

  NetOptions with_certificate(NetOptions options) {
    auto opened = net::TlsCertificate::open(make_certificate(folder), log);
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    options.server.certificate = certificate = *std::move(opened);
    return options;
  }
  std::uint16_t port() const { return world.port(); }

  TestLog log;
  TemporaryFolder folder;
  std::shared_ptr<net::TlsCertificate> certificate;
  NetWorld world;
};

Wire secure_wire(std::uint16_t port) { return Wire(port, {.tls = true}); }

Reply ask_over(Wire& wire, const Ask& what) {
  wire.send(request_text(what));
  return read_reply(wire, what.method != "HEAD");
}

std::string name_of(Wire& wire) {
  const std::unique_ptr<X509, decltype(&X509_free)> peer(SSL_get1_peer_certificate(wire.tls()),
                                                         X509_free);
  REQUIRE(peer);
  char name[100];
  X509_NAME_get_text_by_NID(X509_get_subject_name(peer.get()), NID_commonName, name, sizeof name);
  return name;
}

// A client that offers something of its own; the handshake is done by hand.
class Offer {
 public:
  explicit Offer(std::uint16_t port)
      : wire_(port, {.tls = false}),
        context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free),
        ssl_(SSL_new(context_.get()), SSL_free) {
    SSL_set_security_level(ssl_.get(), 0);
    SSL_set_min_proto_version(ssl_.get(), 0);
    SSL_set_fd(ssl_.get(), wire_.descriptor());
  }
  SSL* ssl() { return ssl_.get(); }
  bool is_taken() {
    const bool taken = SSL_connect(ssl_.get()) == 1;
    ERR_clear_error();
    return taken;
  }

 private:
  Wire wire_;
  std::shared_ptr<SSL_CTX> context_;
  std::shared_ptr<SSL> ssl_;
};

}  // namespace

TEST_CASE("TL1 TLS 1.2 and 1.3 are spoken, with forward secrecy, and http/1.1 on them") {
  const TlsWorld world;
  const auto taken = [&](auto offer) {
    Offer client(world.port());
    offer(client.ssl());
    return client.is_taken();
  };
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION})
    CHECK(taken([&](SSL* ssl) { SSL_set_max_proto_version(ssl, version); }));
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION})
    CHECK_FALSE(taken([&](SSL* ssl) { SSL_set_max_proto_version(ssl, version); }));
  const auto with_ciphers = [&](const char* list) {
    return taken([&](SSL* ssl) {
      SSL_set_max_proto_version(ssl, TLS1_2_VERSION);
      SSL_set_cipher_list(ssl, list);
    });
  };
  CHECK(with_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256"));
  CHECK(with_ciphers("ECDHE-ECDSA-CHACHA20-POLY1305"));
  CHECK_FALSE(with_ciphers("ECDHE-ECDSA-AES128-SHA256"));
  CHECK_FALSE(with_ciphers("ECDHE-ECDSA-AES256-SHA"));
  CHECK_FALSE(with_ciphers("AES128-GCM-SHA256"));

  const auto with_protocols = [&](std::string_view offered) {
    Offer client(world.port());
    SSL_set_alpn_protos(client.ssl(), reinterpret_cast<const unsigned char*>(offered.data()),
                        static_cast<unsigned>(offered.size()));
    if (!client.is_taken()) return std::string("refused");
    const unsigned char* chosen = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(client.ssl(), &chosen, &size);
    return std::string(reinterpret_cast<const char*>(chosen), size);
  };
  CHECK(with_protocols("\x02h2\x08http/1.1") == "http/1.1");
  CHECK(with_protocols("\x02h2") == "refused");
}

TEST_CASE("TL1 requests and answers of any size go through") {
  const TlsWorld world;
  auto wire = secure_wire(world.port());
  CHECK(ask_over(wire, {.path = "/healthz"}).status == 200);
  const std::string body = R"({"deckId":"classic"})" + std::string(60 * 1024, ' ');
  CHECK(ask_over(wire, {"POST", "/v1/sessions", body}).status == 201);
  std::string pipelined;
  for (int i = 0; i < 100; ++i) pipelined += request_text({.path = "/v1/decks/classic"});
  wire.send(pipelined);
  const auto first = read_reply(wire).body;
  CHECK(first.size() > 1000);
  for (int i = 1; i < 100; ++i) CHECK(read_reply(wire).body == first);
  for (const char c : request_text({.path = "/readyz"})) wire.send({&c, 1});
  CHECK(read_reply(wire).status == 200);
  wire.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(read_reply(wire).headers.at("connection") == "close");
  wire.stop_sending();
  CHECK(wire.closes_within(seconds(5)));
}

TEST_CASE("TL1 an answer waits for a client that reads slowly") {
  const TlsWorld world;
  Wire wire(world.port(), {.receive_buffer = 4096, .tls = true});
  const int rounds = 30;
  std::string pipelined;
  for (int i = 0; i < rounds; ++i) pipelined += request_text({.path = "/openapi.json"});
  wire.send(pipelined);
  const auto first = read_reply(wire).body;
  CHECK(first.size() > 100'000);
  for (int i = 1; i < rounds; ++i) CHECK(read_reply(wire).body == first);
}

TEST_CASE("TL2 who speaks plain HTTP there is told so, and closed") {
  const TlsWorld world;
  Wire wire(world.port(), {.tls = false});
  wire.send(request_text({.path = "/v1/decks"}));
  const auto reply = read_reply(wire);
  CHECK(reply.status == 400);
  CHECK(reply.code() == "malformed");
  CHECK(std::string(reply.json().at("detail").as_string()) ==
        "This address speaks HTTPS alone: ask with https:// in place of http://.");
  CHECK(reply.headers.at("connection") == "close");
  wire.stop_sending();
  CHECK(wire.closes_within(seconds(5)));
  // What begins like TLS and is none.
  Wire nonsense(world.port(), {.tls = false});
  nonsense.send("\x16 this is no handshake, whatever it begins with");
  CHECK(nonsense.closes_within(seconds(5)));
}

TEST_CASE("TL3 a handshake has a deadline, and counts as a connection") {
  NetOptions options;
  options.server.limits.handshake = milliseconds(300);
  SUBCASE("who says nothing, or begins and stops, is closed") {
    const TlsWorld world(options);
    Wire silent(world.port(), {.tls = false}), halting(world.port(), {.tls = false});
    halting.send("\x16\x03\x01\x02");
    CHECK(silent.closes_within(seconds(5)));
    CHECK(halting.closes_within(seconds(5)));
  }
  SUBCASE("who waits for one takes a place") {
    options.server.limits.http_connections = 1;
    options.server.limits.handshake = seconds(30);
    const TlsWorld world(options);
    {
      Wire silent(world.port(), {.tls = false});
      CHECK(secure_wire(world.port()).closes_within(seconds(5)));
    }
    const auto deadline = std::chrono::steady_clock::now() + seconds(5);
    while (secure_wire(world.port()).closes_within(milliseconds(0)))
      REQUIRE(std::chrono::steady_clock::now() < deadline);
  }
  SUBCASE("and as a request of its address") {
    options.server.limits.rates.requests = 3;
    options.server.limits.handshake = seconds(30);
    const TlsWorld world(options);
    auto first = secure_wire(world.port());
    CHECK(ask_over(first, {.path = "/v1/decks"}).status == 200);
    auto second = secure_wire(world.port());
    CHECK(ask_over(second, {.path = "/v1/decks"}).status == 429);
    CHECK(secure_wire(world.port()).closes_within(seconds(5)));
    CHECK(ask_over(second, {.path = "/healthz"}).status == 200);
  }
}

namespace {

struct Room {
  explicit Room(std::uint16_t port) : client(secure_wire(port)) {
    auto wire = secure_wire(port);
    const auto created = ask_over(wire, {"POST", "/v1/sessions", R"({"deckId":"classic"})"});
    REQUIRE(created.status == 201);
    const auto json = created.json();
    seat = {.session = std::string(json.at("session").at("id").as_string()),
            .token = std::string(json.at("token").as_string())};
    REQUIRE(client.join(seat).at("status").as_string() == "ok");
  }

  std::string ask(std::string_view event, std::string_view payload = "{}") {
    const auto reply =
        client.request(std::to_string(++number), "session:" + seat.session, event, payload);
    return std::string(reply.at("status").as_string());
  }

  Seat seat{};
  PhoenixClient client;
  int number = 10;
};

}  // namespace

TEST_CASE("TL4 a room goes through TLS, in frames of any size, cut and joined") {
  const TlsWorld world;
  Room room(world.port());
  CHECK(room.ask("keep_alive") == "ok");
  const auto interpretation = fmt::format(R"({{"key":"{}","kind":"interpret","text":"{}"}})",
                                          new_key(), std::string(10'000, 'x'));
  CHECK(room.ask("operation", interpretation) == "ok");
  // A frame in many records, and many frames in one.
  for (const char c : masked_frame(1, R"([null,"7","phoenix","heartbeat",{}])"))
    room.client.wire.send({&c, 1});
  room.client.wait_for("phx_reply", "7");
  std::string many;
  for (int i = 0; i < 200; ++i)
    many += masked_frame(1, fmt::format(R"([null,"h{}","phoenix","heartbeat",{{}}])", i));
  room.client.wire.send(many);
  for (int i = 0; i < 200; ++i) room.client.wait_for("phx_reply", "h" + std::to_string(i));
  // Together with the upgrade, in the same record.
  auto wire = secure_wire(world.port());
  wire.send(upgrade_text("?vsn=2.0.0") + many);
  wire.read_through("\r\n\r\n");
  wire.read_through("\"h199\"");
  room.client.send_frame(8, "\x03\xe8");
  CHECK(room.client.wait_for_close() == 1000);
}

TEST_CASE("TL4 a client may change its keys, and ask for ours to be changed") {
  const TlsWorld world;
  Room room(world.port());
  auto wire = secure_wire(world.port());
  for (int i = 0; i < 20; ++i) {
    for (auto* ssl : {room.client.wire.tls(), wire.tls()})
      REQUIRE(SSL_key_update(ssl,
                             i % 2 ? SSL_KEY_UPDATE_REQUESTED : SSL_KEY_UPDATE_NOT_REQUESTED) == 1);
    CHECK(room.ask("keep_alive") == "ok");
    CHECK(ask_over(wire, {.path = "/healthz"}).status == 200);
  }
  // In TLS 1.2 the whole handshake would begin anew, which costs us more than the client.
  Offer old(world.port());
  SSL_set_max_proto_version(old.ssl(), TLS1_2_VERSION);
  REQUIRE(old.is_taken());
  SSL_renegotiate(old.ssl());
  CHECK(SSL_do_handshake(old.ssl()) != 1);
  ERR_clear_error();
}

TEST_CASE("TL5 a new certificate serves who comes then, and who is here stays") {
  TlsWorld world;
  Room room(world.port());
  auto before = secure_wire(world.port());
  CHECK(name_of(before) == "tarot.example");
  make_certificate(world.folder, "new.example");
  world.world.in_loop([&] { world.certificate->follow(); });
  auto after = secure_wire(world.port());
  CHECK(name_of(after) == "new.example");
  CHECK(ask_over(before, {.path = "/healthz"}).status == 200);
  CHECK(room.ask("keep_alive") == "ok");

  SUBCASE("files that cannot be used leave it in force") {
    const auto file = world.folder.file("server.crt");
    for (const auto& broken : std::initializer_list<std::function<void()>>{
             [&] { std::ofstream(file) << "half a file"; }, [&] { std::filesystem::remove(file); },
             [&] { write_certificate(file, make_p256_key(), "another's"); }}) {
      broken();
      const auto said =
          world.log.count(LogLevel::error, "The certificate before it stays in force, until 20");
      world.world.in_loop([&] {
        world.certificate->follow();
        world.certificate->follow();  // once for each change
      });
      CHECK(world.log.count(LogLevel::error,
                            "The certificate before it stays in force, until 20") == said + 1);
      auto wire = secure_wire(world.port());
      CHECK(name_of(wire) == "new.example");
    }
    make_certificate(world.folder, "mended.example");
    world.world.in_loop([&] { world.certificate->follow(); });
    auto wire = secure_wire(world.port());
    CHECK(name_of(wire) == "mended.example");
  }
}

TEST_CASE("TL6 a certificate or key that cannot be used stops the start with one sentence") {
  TestLog log;
  TemporaryFolder folder;
  auto files = make_certificate(folder);
  const auto refusal = [&] {
    const auto opened = net::TlsCertificate::open(files, log);
    REQUIRE_FALSE(opened);
    return std::string(opened.error().sentence());
  };
  const auto with = [](std::string_view setting, const std::string& path, std::string_view why) {
    return fmt::format("{} = {}: {}", setting, path, why);
  };
  constexpr auto kCertificate = "TLS_CERTIFICATE_FILE", kKey = "TLS_KEY_FILE";
  const auto chain = files.certificate;
  files.certificate = folder.file("none.crt");
  CHECK(refusal() ==
        with(kCertificate, files.certificate, "It cannot be read: No such file or directory."));
  std::ofstream(files.certificate)
      << "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
  CHECK(refusal() == with(kCertificate, files.certificate, "It holds no certificate in PEM form."));
  const auto weak = make_rsa_key(1024);
  write_certificate(files.certificate, weak, "weak");
  CHECK(refusal() == with(kCertificate, files.certificate,
                          "Its certificate is too weak for TLS: RSA takes at least 2048 bits, and "
                          "SHA-256."));
  std::filesystem::copy_file(chain, files.certificate,
                             std::filesystem::copy_options::overwrite_existing);
  std::ofstream(files.certificate, std::ios::app) << "-----BEGIN CERTIFICATE-----\nAAAA\n"
                                                     "-----END CERTIFICATE-----\n";
  CHECK(refusal() ==
        with(kCertificate, files.certificate, "A certificate in it, behind the first, is broken."));
  files.certificate = chain;

  const auto key = files.key;
  files.key = folder.file("none.key");
  CHECK(refusal() == with(kKey, files.key, "It cannot be read: No such file or directory."));
  std::ofstream(files.key) << "no key";
  CHECK(refusal() == with(kKey, files.key, "It holds no private key in PEM form."));
  write_key(files.key, make_p256_key());
  CHECK(refusal() ==
        with(kKey, files.key, "The key is not that of the certificate in TLS_CERTIFICATE_FILE."));
  write_key(files.key, make_rsa_key(2048));
  CHECK(refusal() ==
        with(kKey, files.key, "The key is not that of the certificate in TLS_CERTIFICATE_FILE."));
  write_key(files.key, make_p256_key(), "a passphrase");
  CHECK(
      refusal() ==
      with(kKey, files.key,
           "It is locked by a passphrase, which nobody is there to type in. Store the key without "
           "one, readable by the server alone."));
  files.key = key;
  CHECK(net::TlsCertificate::open(files, log).has_value());
}
