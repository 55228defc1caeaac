#include "protocol/close_code.h"

namespace tarotforge::protocol {

std::string_view reason_word(CloseCode code) {
  switch (code) {
#define TF_CASE(name, number, come_back) \
  case CloseCode::name:                  \
    return #name;
    TF_CLOSE_CODES(TF_CASE)
#undef TF_CASE
  }
  return "";
}

bool should_come_back(CloseCode code) {
  switch (code) {
#define TF_CASE(name, number, come_back) \
  case CloseCode::name:                  \
    return come_back;
    TF_CLOSE_CODES(TF_CASE)
#undef TF_CASE
  }
  return static_cast<std::uint16_t>(code) < 4500;  // ours by range; any other broke by accident
}

}  // namespace tarotforge::protocol
