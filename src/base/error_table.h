// Every refusal this software can answer: name, HTTP status, whether the same request may succeed
// if repeated later, and the sentence for people. The web client's table and docs are made from it.
// X(name, http_status, retryable, title, sentence)
#pragma once

// clang-format off
#define TF_ERRORS(X)                                                                                                  \
  X(malformed, 400, false, "Malformed request", "The request could not be read. Check its syntax and try again.")    \
  X(unauthorized, 401, false, "Not signed in", "A valid token is needed. Join the reading again to get one.")        \
  X(not_allowed, 403, false, "Not allowed", "You are not allowed to do this here. Ask the host of the reading.")     \
  X(account_not_usable, 403, false, "Account not usable here", "This account cannot be used here, because its id is not a UUID. Join as a guest, or tell the operator.") \
  X(origin_not_allowed, 403, false, "Origin not allowed", "This page may not connect here. Ask the operator to add its origin to ALLOWED_ORIGINS.") \
  X(not_found, 404, false, "Not found", "There is nothing at this address. Check the link and try again.")           \
  X(session_not_found, 404, false, "Reading not found", "This reading does not exist. Check the link or start a new one.") \
  X(participant_not_found, 404, false, "Participant not found", "This person is not in the reading.")               \
  X(invite_not_found, 404, false, "Invitation not valid", "This invitation link is not valid.")                      \
  X(method_not_allowed, 405, false, "Method not allowed", "This address does not support that method.")              \
  X(request_timeout, 408, true, "Too slow", "The request did not arrive in time. Try again.")                        \
  X(card_not_drawn, 409, false, "Card not drawn", "This card has not been drawn yet.")                               \
  X(deck_exhausted, 409, false, "Deck exhausted", "All 78 cards have been drawn. Return a card or reset the table.") \
  X(position_taken, 409, false, "Position taken", "There is already a card in this position.")                       \
  X(table_locked, 409, false, "Table locked", "The host has locked the table.")                                      \
  X(cards_drawn, 409, false, "Cards already drawn", "This can only be changed before the first card is drawn. Reset the table first.") \
  X(wrong_step, 409, false, "Not at this step", "Cards can be drawn once the reading has reached the drawing step.") \
  X(stale_generation, 409, false, "Reading was restored", "The reading has been restored since. Load it again.")     \
  X(session_full, 409, true, "Reading room full", "This reading room is full.")                                      \
  X(host_present, 409, true, "Host is present", "The host is still here or has only just left. Try again in two minutes.") \
  X(not_restorable, 409, false, "Nothing to restore", "This reading is open; there is nothing to restore.")          \
  X(conflict, 409, true, "Changed meanwhile", "The reading was changed by somebody else at the same time. Try again.") \
  X(invite_revoked, 410, false, "Invitation withdrawn", "The host has withdrawn this invitation.")                   \
  X(invite_expired, 410, false, "Invitation expired", "This invitation link has expired.")                           \
  X(invite_exhausted, 410, false, "Invitation used up", "This invitation link has been used up.")                    \
  X(session_completed, 410, false, "Reading ended", "This reading has ended.")                                       \
  X(session_expired, 410, false, "Reading expired", "This invitation link has expired. Sessions become inactive after 1 hour of no activity.") \
  X(session_purged, 410, false, "Reading deleted", "This reading has been deleted and can no longer be restored.")   \
  X(too_large, 413, false, "Too large", "The request is too large. Send at most 64 KB.")                             \
  X(uri_too_long, 414, false, "Address too long", "The address is too long.")                                        \
  X(unsupported_media_type, 415, false, "Not JSON", "The body must be JSON (Content-Type: application/json).")       \
  X(invalid_value, 422, false, "Invalid value", "A value in the request is not valid.")                              \
  X(deck_not_found, 422, false, "Deck not found", "There is no deck with this name. See /v1/decks.")                 \
  X(invalid_operation, 422, false, "Invalid operation", "This operation is not known or lacks a field.")             \
  X(unknown_position, 422, false, "Unknown position", "The layout has no such position. See /v1/layouts.")           \
  X(policy_out_of_bounds, 422, false, "Policy out of bounds", "The requested policy is outside what the operator allows.") \
  X(idempotency_key_reused, 422, false, "Key reused", "This idempotency key was used with another request. Use a new key.") \
  X(idempotency_key_missing, 422, false, "Key missing", "Send an Idempotency-Key (a UUID) with this request.")       \
  X(rate_limited, 429, true, "Too many requests", "Too many requests. Wait a moment and try again.")                 \
  X(headers_too_large, 431, false, "Headers too large", "The request's headers are too large.")                      \
  X(internal, 500, true, "Internal error", "Something went wrong on the server. Try again; if it stays, tell the operator.") \
  X(saving_paused, 503, true, "Saving paused", "Saving is paused because the database cannot be reached. Your change is kept here and will be sent again.") \
  X(overloaded, 503, true, "Server busy", "The server is busy. Try again in a moment.")                              \
  X(draining, 503, true, "Server restarting", "The server is restarting. You will be reconnected in a moment.")
// clang-format on
