// What can be laid, and how: the decks and layouts as JSON. The same for everybody, always.
#pragma once

#include <boost/json/object.hpp>

#include "core/reading.h"

namespace tarotforge::protocol {

boost::json::object decks_json();                       // {"decks":[…]}, without their cards
boost::json::object deck_json(const core::Deck& deck);  // one, with its 78 cards in order
boost::json::object layouts_json();                     // {"layouts":[{id, positions}]}

}  // namespace tarotforge::protocol
