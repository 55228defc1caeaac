#include "base/hash.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/text.h"

namespace tarotforge {
namespace {

TEST_CASE("TK1 SHA-256 gives the values of FIPS 180-4") {
  CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(hex(sha256(std::string(1'000'000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  const std::vector<std::uint8_t> bytes = {'a', 'b', 'c'};
  CHECK(sha256(bytes) == sha256("abc"));
}

TEST_CASE("TK2 a secret is compared whole") {
  const Digest right = sha256("token");
  Digest other = right;
  CHECK(equal_in_constant_time(right, other));
  for (auto& byte : other) {
    byte ^= 1;
    CHECK_FALSE(equal_in_constant_time(right, other));
    byte ^= 1;
  }
  CHECK_FALSE(equal_in_constant_time(right, std::span(right).first(31)));
  CHECK(equal_in_constant_time({}, {}));
}

}  // namespace
}  // namespace tarotforge
