// The server's certificate: from two files to what sessions are made with.
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <ctime>
#include <memory>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "net/tls.h"

namespace tarotforge::net {
namespace {

constexpr std::size_t kMostBytes = 256 * 1024;  // of a file; a chain has some 5 KB
constexpr std::string_view kProtocol = "\x08http/1.1";

// Forward secrecy and authenticated encryption only (RFC 9325, section 4.2); TLS 1.3 has no others.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr const char* kGroups = "X25519:P-256:P-384";

using Text = std::unique_ptr<BIO, decltype(&BIO_free)>;

Text memory(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free};
}

Error bad(std::string sentence) { return {ErrorCode::invalid_value, std::move(sentence)}; }
Error bad(std::string_view setting, const WatchedFile& file, std::string_view why) {
  return bad(fmt::format("{} = {}: {}", setting, file.path(), why));
}
Error bad_certificate(const WatchedFile& file, std::string_view why) {
  return bad("TLS_CERTIFICATE_FILE", file, why);
}
Error bad_key(const WatchedFile& file, std::string_view why) {
  return bad("TLS_KEY_FILE", file, why);
}

// Of what the client offers; one that offers only others, such as h2, speaks something else.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned offered_size, void*) {
  const auto* ours = reinterpret_cast<const unsigned char*>(kProtocol.data());
  auto** out = const_cast<unsigned char**>(chosen);
  const bool found = SSL_select_next_proto(out, size, ours, kProtocol.size(), offered,
                                           offered_size) == OPENSSL_NPN_NEGOTIATED;
  return found ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

std::shared_ptr<SSL_CTX> make_context() {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  auto* ctx = context.get();
  check(ctx && SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) == 1 &&
            SSL_CTX_set_cipher_list(ctx, kCiphers) == 1 &&
            SSL_CTX_set1_groups_list(ctx, kGroups) == 1,
        "OpenSSL speaks TLS 1.2 as it is asked to");
  SSL_CTX_set_options(ctx, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                               SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);  // an idle session takes 13 KB, not 36
  // Who comes back brings their session along, sealed; none is remembered here.
  SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(ctx, 1);
  SSL_CTX_set_alpn_select_cb(ctx, choose_protocol, nullptr);
  return context;
}

Result<> take_certificate(SSL_CTX* context, const WatchedFile& file) {
  const auto text = file.read(kMostBytes);
  if (!text) return bad_certificate(file, text.error().sentence());
  const auto from = memory(*text);
  const std::unique_ptr<X509, decltype(&X509_free)> own(
      PEM_read_bio_X509_AUX(from.get(), nullptr, nullptr, nullptr), X509_free);
  if (!own) return bad_certificate(file, "It holds no certificate in PEM form.");
  if (SSL_CTX_use_certificate(context, own.get()) != 1)
    return bad_certificate(
        file, "Its certificate is too weak for TLS: RSA takes at least 2048 bits, and SHA-256.");
  while (auto* next = PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr))
    SSL_CTX_add0_chain_cert(context, next);
  // The end is the one mistake that may follow the last.
  if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE)
    return bad_certificate(file, "A certificate in it, behind the first, is broken.");
  return {};
}

// The default would ask at the terminal.
int refuse_passphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

Result<> take_key(SSL_CTX* context, const WatchedFile& file) {
  const auto text = file.read(kMostBytes);
  if (!text) return bad_key(file, text.error().sentence());
  const auto from = memory(*text);
  bool is_locked = false;
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(from.get(), nullptr, refuse_passphrase, &is_locked), EVP_PKEY_free);
  if (is_locked)
    return bad_key(file,
                   "It is locked by a passphrase, which nobody is there to type in. Store the key "
                   "without one, readable by the server alone.");
  if (!key) return bad_key(file, "It holds no private key in PEM form.");
  if (SSL_CTX_use_PrivateKey(context, key.get()) == 1 && SSL_CTX_check_private_key(context) == 1)
    return {};
  return bad_key(file, "The key is not that of the certificate in TLS_CERTIFICATE_FILE.");
}

std::string end_of(SSL_CTX* context) {
  std::tm parts{};
  const auto* certificate = SSL_CTX_get0_certificate(context);
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) != 1) return "an unknown time";
  return rfc3339(WallTime{std::int64_t{timegm(&parts)} * 1000}).substr(0, 10);
}

}  // namespace

TlsCertificate::TlsCertificate(Files files, Log& log)
    : certificate_(std::move(files.certificate)), key_(std::move(files.key)), log_(log) {}

Result<std::shared_ptr<TlsCertificate>> TlsCertificate::open(Files files, Log& log) {
  std::shared_ptr<TlsCertificate> opened(new TlsCertificate(std::move(files), log));
  opened->has_changed();
  TRY(opened->read());
  log.info("The TLS certificate is valid until {}", opened->valid_until_);
  return opened;
}

bool TlsCertificate::has_changed() {
  const bool certificate = certificate_.has_changed();
  return key_.has_changed() || certificate;
}

Result<> TlsCertificate::read() {
  ERR_clear_error();
  const auto context = make_context();
  auto taken = take_certificate(context.get(), certificate_);
  ERR_clear_error();
  if (taken) taken = take_key(context.get(), key_);
  ERR_clear_error();
  TRY(std::move(taken));
  context_ = context;
  valid_until_ = end_of(context.get());
  return {};
}

void TlsCertificate::follow() {
  if (has_changed()) reload();
}

void TlsCertificate::reload() {
  has_changed();  // what is read now is not read again for that
  if (const auto taken = read(); !taken)
    return log_.error("{} The certificate before it stays in force, until {}.",
                      taken.error().sentence(), valid_until_);
  log_.info("The TLS certificate was read again, and is valid until {}", valid_until_);
}

std::unique_ptr<TlsSession> TlsCertificate::accept(int descriptor) const {
  return std::make_unique<TlsSession>(*context_, descriptor);
}

}  // namespace tarotforge::net
