// The reading's JSON columns as the first implementation wrote them: what they lack is put in, and
// what can be understood in more than one way is taken as that implementation showed it. What our
// own columns look like says row_json.h.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <vector>

#include "base/result.h"
#include "core/reading.h"

namespace tarotforge::protocol {

// It kept whole layouts; one that we do not have is free style.
core::Layout adopted_layout(const boost::json::object& layout);

// True for a card on the table that has no index yet.
bool is_adopted_card(const boost::json::value& card);
// In their order, which gives each its index and height. Cards are known by id or English name, all
// lie face up where nothing is said, and x and y above 1 are hundredths. internal where a card is
// not one of the 78.
Result<std::vector<core::Card>> adopted_cards(const boost::json::array& cards, core::Layout layout);

// The order of a deck of whole cards, or of their ids, without what lies on the table and what is
// unknown; cards that it lacks lie below.
std::vector<core::UndrawnCard> adopted_deck(const boost::json::array& deck,
                                            std::span<const core::Card> table);

}  // namespace tarotforge::protocol
