// SHA-256, for commitments, token digests, request digests and migrations.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace tarotforge {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::span<const std::uint8_t> bytes);
Digest sha256(std::string_view text);

// Compares in time that does not depend on where the first difference is.
bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

}  // namespace tarotforge
