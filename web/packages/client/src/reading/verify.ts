// Checks what the server promised about a shuffle against what it opened later: the digest is
// SHA-256 over the text that docs/protocol.md gives, so anybody can compute it again.
import type { Commitment } from '../wire/types.ts';

export type Verdict = 'kept' | 'broken' | 'closed' | 'unable';

export const committedText = ({ nonce, order }: Required<Commitment>): string =>
  `tarotforge-shuffle-1\n${nonce}\n` +
  order.map(({ id, isReversed }) => `${id} ${isReversed ? 'reversed' : 'upright'}\n`).join('');

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `closed`: not opened yet. `unable`: this page has no SHA-256, as it does not come over https. */
export async function verify(commitment: Commitment): Promise<Verdict> {
  const { opened, nonce, order, digest } = commitment;
  if (!opened || nonce === undefined || order === undefined) return 'closed';
  if (!globalThis.crypto?.subtle) return 'unable';
  const computed = await sha256(committedText({ digest, opened, nonce, order }));
  return computed === digest.toLowerCase() ? 'kept' : 'broken';
}
