// Certificates that sign themselves, as the files that a server reads.
#pragma once

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "net/tls.h"
#include "tests/support/temporary_folder.h"

namespace tarotforge::test {

using PrivateKey = std::shared_ptr<EVP_PKEY>;

inline PrivateKey make_p256_key() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }
inline PrivateKey make_rsa_key(unsigned bits) { return {EVP_RSA_gen(bits), EVP_PKEY_free}; }

inline void write_certificate(const std::string& path, const PrivateKey& key, const char* name) {
  const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
  auto* certificate = made.get();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600 * 24);
  X509_set_pubkey(certificate, key.get());
  auto* subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  X509_set_issuer_name(certificate, subject);
  REQUIRE(X509_sign(certificate, key.get(), EVP_sha256()) > 0);
  auto* file = BIO_new_file(path.c_str(), "w");
  REQUIRE(PEM_write_bio_X509(file, certificate) == 1);
  BIO_free(file);
}

// Without a passphrase where that is null.
inline void write_key(const std::string& path, const PrivateKey& key,
                      const char* passphrase = nullptr) {
  auto* file = BIO_new_file(path.c_str(), "w");
  REQUIRE(PEM_write_bio_PKCS8PrivateKey(file, key.get(), passphrase ? EVP_aes_128_cbc() : nullptr,
                                        nullptr, 0, nullptr, const_cast<char*>(passphrase)) == 1);
  BIO_free(file);
}

// server.crt and server.key, made out to that name, in place of those that were there.
inline net::TlsCertificate::Files make_certificate(const TemporaryFolder& folder,
                                                   const char* name = "tarot.example") {
  const net::TlsCertificate::Files files{folder.file("server.crt"), folder.file("server.key")};
  const auto key = make_p256_key();
  write_certificate(files.certificate, key, name);
  write_key(files.key, key);
  return files;
}

}  // namespace tarotforge::test
