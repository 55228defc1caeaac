// Every refusal of the server: HTTP status, whether the same request may succeed if repeated later,
// title, and the sentence for people. Made by tools/errors from src/base/error_table.h; not edited.

export interface KnownError {
  status: number;
  retryable: boolean;
  title: string;
  sentence: string;
}

export const errorTable = {
  malformed: {
    status: 400, retryable: false, title: 'Malformed request',
    sentence: 'The request could not be read. Check its syntax and try again.',
  },
  unauthorized: {
    status: 401, retryable: false, title: 'Not signed in',
    sentence: 'A valid token is needed. Join the reading again to get one.',
  },
  not_allowed: {
    status: 403, retryable: false, title: 'Not allowed',
    sentence: 'You are not allowed to do this here. Ask the host of the reading.',
  },
  account_not_usable: {
    status: 403, retryable: false, title: 'Account not usable here',
    sentence:
      'This account cannot be used here, because its id is not a UUID. Join as a guest, or tell the operator.',
  },
  origin_not_allowed: {
    status: 403, retryable: false, title: 'Origin not allowed',
    sentence:
      'This page may not connect here. Ask the operator to add its origin to ALLOWED_ORIGINS.',
  },
  not_found: {
    status: 404, retryable: false, title: 'Not found',
    sentence: 'There is nothing at this address. Check the link and try again.',
  },
  session_not_found: {
    status: 404, retryable: false, title: 'Reading not found',
    sentence: 'This reading does not exist. Check the link or start a new one.',
  },
  participant_not_found: {
    status: 404, retryable: false, title: 'Participant not found',
    sentence: 'This person is not in the reading.',
  },
  invite_not_found: {
    status: 404, retryable: false, title: 'Invitation not valid',
    sentence: 'This invitation link is not valid.',
  },
  method_not_allowed: {
    status: 405, retryable: false, title: 'Method not allowed',
    sentence: 'This address does not support that method.',
  },
  request_timeout: {
    status: 408, retryable: true, title: 'Too slow',
    sentence: 'The request did not arrive in time. Try again.',
  },
  card_not_drawn: {
    status: 409, retryable: false, title: 'Card not drawn',
    sentence: 'This card has not been drawn yet.',
  },
  deck_exhausted: {
    status: 409, retryable: false, title: 'Deck exhausted',
    sentence: 'All 78 cards have been drawn. Return a card or reset the table.',
  },
  position_taken: {
    status: 409, retryable: false, title: 'Position taken',
    sentence: 'There is already a card in this position.',
  },
  table_locked: {
    status: 409, retryable: false, title: 'Table locked',
    sentence: 'The host has locked the table.',
  },
  cards_drawn: {
    status: 409, retryable: false, title: 'Cards already drawn',
    sentence: 'This can only be changed before the first card is drawn. Reset the table first.',
  },
  wrong_step: {
    status: 409, retryable: false, title: 'Not at this step',
    sentence: 'Cards can be drawn once the reading has reached the drawing step.',
  },
  stale_generation: {
    status: 409, retryable: false, title: 'Reading was restored',
    sentence: 'The reading has been restored since. Load it again.',
  },
  session_full: {
    status: 409, retryable: true, title: 'Reading room full',
    sentence: 'This reading room is full.',
  },
  host_present: {
    status: 409, retryable: true, title: 'Host is present',
    sentence: 'The host is still here or has only just left. Try again in two minutes.',
  },
  not_restorable: {
    status: 409, retryable: false, title: 'Nothing to restore',
    sentence: 'This reading is open; there is nothing to restore.',
  },
  conflict: {
    status: 409, retryable: true, title: 'Changed meanwhile',
    sentence: 'The reading was changed by somebody else at the same time. Try again.',
  },
  invite_revoked: {
    status: 410, retryable: false, title: 'Invitation withdrawn',
    sentence: 'The host has withdrawn this invitation.',
  },
  invite_expired: {
    status: 410, retryable: false, title: 'Invitation expired',
    sentence: 'This invitation link has expired.',
  },
  invite_exhausted: {
    status: 410, retryable: false, title: 'Invitation used up',
    sentence: 'This invitation link has been used up.',
  },
  session_completed: {
    status: 410, retryable: false, title: 'Reading ended',
    sentence: 'This reading has ended.',
  },
  session_expired: {
    status: 410, retryable: false, title: 'Reading expired',
    sentence:
      'This invitation link has expired. Sessions become inactive after 1 hour of no activity.',
  },
  session_purged: {
    status: 410, retryable: false, title: 'Reading deleted',
    sentence: 'This reading has been deleted and can no longer be restored.',
  },
  too_large: {
    status: 413, retryable: false, title: 'Too large',
    sentence: 'The request is too large. Send at most 64 KB.',
  },
  uri_too_long: {
    status: 414, retryable: false, title: 'Address too long',
    sentence: 'The address is too long.',
  },
  unsupported_media_type: {
    status: 415, retryable: false, title: 'Not JSON',
    sentence: 'The body must be JSON (Content-Type: application/json).',
  },
  invalid_value: {
    status: 422, retryable: false, title: 'Invalid value',
    sentence: 'A value in the request is not valid.',
  },
  deck_not_found: {
    status: 422, retryable: false, title: 'Deck not found',
    sentence: 'There is no deck with this name. See /v1/decks.',
  },
  invalid_operation: {
    status: 422, retryable: false, title: 'Invalid operation',
    sentence: 'This operation is not known or lacks a field.',
  },
  unknown_position: {
    status: 422, retryable: false, title: 'Unknown position',
    sentence: 'The layout has no such position. See /v1/layouts.',
  },
  policy_out_of_bounds: {
    status: 422, retryable: false, title: 'Policy out of bounds',
    sentence: 'The requested policy is outside what the operator allows.',
  },
  idempotency_key_reused: {
    status: 422, retryable: false, title: 'Key reused',
    sentence: 'This idempotency key was used with another request. Use a new key.',
  },
  idempotency_key_missing: {
    status: 422, retryable: false, title: 'Key missing',
    sentence: 'Send an Idempotency-Key (a UUID) with this request.',
  },
  rate_limited: {
    status: 429, retryable: true, title: 'Too many requests',
    sentence: 'Too many requests. Wait a moment and try again.',
  },
  headers_too_large: {
    status: 431, retryable: false, title: 'Headers too large',
    sentence: "The request's headers are too large.",
  },
  internal: {
    status: 500, retryable: true, title: 'Internal error',
    sentence: 'Something went wrong on the server. Try again; if it stays, tell the operator.',
  },
  saving_paused: {
    status: 503, retryable: true, title: 'Saving paused',
    sentence:
      'Saving is paused because the database cannot be reached. Your change is kept here and will be sent again.',
  },
  overloaded: {
    status: 503, retryable: true, title: 'Server busy',
    sentence: 'The server is busy. Try again in a moment.',
  },
  draining: {
    status: 503, retryable: true, title: 'Server restarting',
    sentence: 'The server is restarting. You will be reconnected in a moment.',
  },
} satisfies Record<string, KnownError>;
