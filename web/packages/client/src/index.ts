// @tarotforge/client: a shared reading room from the browser or Node, without a view.
export { Api, type HostChange, type NewInvite, type OperationPage, type Seat } from './wire/api.ts';
export { RoomConnection, type PushAnswer } from './wire/connection.ts';
export { errorTable, type KnownError } from './wire/error_table.ts';
export type { CloseReason, WireEvent } from './wire/events.ts';
export { Http, newKey, type Answer, type Ask } from './wire/http.ts';
export { isRetryable, isWorthARetry, networkProblem, sentenceOf, toProblem } from './wire/problem.ts';
export type * from './wire/types.ts';
export { ServerClock } from './room/clock.ts';
export { readCopy, type RoomCopy, type RoomKeeper } from './room/copy.ts';
export { clockFace, millisecondsToNextTick, secondsUntil } from './room/countdown.ts';
export { CURSOR_EVERY_MS } from './room/cursor_sender.ts';
export { isForGood } from './room/ending.ts';
export { HOST_AWAY_MS, hostAway } from './room/host_away.ts';
export { clampToTable, nextPlace, places, type Place } from './room/layouts.ts';
export type { OperationRequest, QueuedOperation, ShownCard, ShownSession } from './room/optimistic.ts';
export type { Outcome } from './room/outbox.ts';
export { RoomClient, type RoomEvents, type RoomOptions } from './room/room_client.ts';
export * from './room/state.ts';
export { keySteps, replay, type ReplayStep } from './reading/replay.ts';
export { committedText, verify, type Verdict } from './reading/verify.ts';
export {
  createReadingSessionStore,
  type HeldSeat,
  type JoinWishes,
  type ReadingSessionActions,
  type ReadingSessionState,
  type ReadingSessionStore,
} from './session_store.ts';
export { watchPage } from './browser.ts';
