// The others' hands on the table: each glides to where it was last told to be, and carries the card
// it holds. Writes styles each frame while anything moves, and nothing else; React draws the hands
// once and knows nothing of their way. Invariant: what a hand does not carry any more lies where the
// session says.
import type { Cursor } from '@tarotforge/client';

// With 20 places a second this hides the steps and lags behind by less than one of them.
const GLIDE_MS = 60;
// A hand that tells nothing for so long is in nobody's way.
export const IDLE_AFTER_MS = 4_000;
const ARRIVED = 0.0004;
// A hand tells that it let go before the move is saved and told; without that the card goes back.
const MOVE_COMES_WITHIN_MS = 2_000;

interface Hand {
  element: HTMLElement;
  x: number;
  y: number;
  target: Cursor;
  heardAt: number;
  shown: boolean;
  carried: number | null;
  cardX: number;
  cardY: number;
  cardTarget: { x: number; y: number };
  releasedAt: number | null;
}

export class Hands {
  private readonly surface: HTMLElement;
  private readonly hands = new Map<string, Hand>();
  private readonly cards = new Map<number, HTMLElement>();
  private frame = 0;
  private lastFrameAt = 0;
  private idleTimer: ReturnType<typeof setInterval> | undefined;
  private width = 1;
  private height = 1;
  private readonly sizes: ResizeObserver;

  constructor(surface: HTMLElement) {
    this.surface = surface;
    this.sizes = new ResizeObserver(() => {
      this.width = this.surface.clientWidth;
      this.height = this.surface.clientHeight;
      this.wake();
    });
    this.sizes.observe(surface);
    this.idleTimer = setInterval(() => this.hideIdle(), IDLE_AFTER_MS / 4);
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    clearInterval(this.idleTimer);
    this.sizes.disconnect();
  }

  setHand(id: string, element: HTMLElement | null): void {
    const known = this.hands.get(id);
    if (!element) {
      if (known) this.giveBack(known);
      return void this.hands.delete(id);
    }
    if (known) return void (known.element = element);
    const target = { x: 0.5, y: 0.5 };
    this.hands.set(id, {
      element,
      ...target,
      target,
      heardAt: 0,
      shown: false,
      carried: null,
      cardX: 0.5,
      cardY: 0.5,
      cardTarget: target,
      releasedAt: null,
    });
  }

  setCard(index: number, element: HTMLElement | null): void {
    if (element) this.cards.set(index, element);
    else this.cards.delete(index);
  }

  moved(id: string, cursor: Cursor): void {
    const hand = this.hands.get(id);
    if (!hand) return;
    hand.heardAt = performance.now();
    hand.target = cursor;
    if (cursor.card) {
      if (hand.carried !== cursor.card.index) this.take(hand, cursor.card.index);
      hand.cardTarget = cursor.card;
      hand.releasedAt = null;
    } else if (hand.carried !== null) {
      hand.releasedAt ??= performance.now();
    }
    if (cursor.gone) {
      this.hide(hand);
    } else if (!hand.shown) {
      hand.x = cursor.x;
      hand.y = cursor.y;
      hand.shown = true;
      hand.element.dataset.shown = '';
    }
    this.wake();
  }

  /** The session has the card's place now. */
  laidDown(card: number): void {
    for (const hand of this.hands.values()) if (hand.carried === card) this.take(hand, null);
    this.wake();
  }

  private take(hand: Hand, card: number | null): void {
    const before = hand.carried === null ? undefined : this.cards.get(hand.carried);
    if (before) letGo(before);
    hand.carried = card;
    hand.releasedAt = null;
    const element = card === null ? undefined : this.cards.get(card);
    if (!element) return;
    hand.cardX = Number(element.dataset.x);
    hand.cardY = Number(element.dataset.y);
    element.dataset.carried = 'others';
  }

  private hide(hand: Hand): void {
    hand.shown = false;
    delete hand.element.dataset.shown;
  }

  /** What was carried and never laid down glides back to where it lies. */
  private giveBack(hand: Hand): void {
    const card = hand.carried === null ? undefined : this.cards.get(hand.carried);
    hand.carried = null;
    if (!card) return;
    delete card.dataset.carried;
    card.style.translate = '';
  }

  private hideIdle(): void {
    const now = performance.now();
    for (const hand of this.hands.values()) {
      const idle = hand.heardAt < now - IDLE_AFTER_MS;
      if (hand.shown && idle) this.hide(hand);
      const released = hand.releasedAt !== null && hand.releasedAt < now - MOVE_COMES_WITHIN_MS;
      if (hand.carried !== null && (idle || released)) this.giveBack(hand);
    }
  }

  private wake(): void {
    if (this.frame !== 0) return;
    this.lastFrameAt = performance.now();
    this.frame = requestAnimationFrame((now) => this.step(now));
  }

  private step(now: number): void {
    const part = 1 - Math.exp(-Math.max(0, now - this.lastFrameAt) / GLIDE_MS);
    this.lastFrameAt = now;
    this.frame = 0;
    let moving = false;
    for (const hand of this.hands.values()) {
      if ((hand.shown || hand.carried !== null) && this.glide(hand, part)) moving = true;
    }
    if (moving) this.frame = requestAnimationFrame((next) => this.step(next));
  }

  /** Whether it is still on its way. */
  private glide(hand: Hand, part: number): boolean {
    const { target, element } = hand;
    hand.x += (target.x - hand.x) * part;
    hand.y += (target.y - hand.y) * part;
    element.style.translate = `${hand.x * this.width}px ${hand.y * this.height}px`;
    let rest = Math.max(Math.abs(target.x - hand.x), Math.abs(target.y - hand.y));
    const card = hand.carried === null ? undefined : this.cards.get(hand.carried);
    const { cardTarget } = hand;
    if (card) {
      hand.cardX += (cardTarget.x - hand.cardX) * part;
      hand.cardY += (cardTarget.y - hand.cardY) * part;
      const dx = (hand.cardX - Number(card.dataset.x)) * this.width;
      const dy = (hand.cardY - Number(card.dataset.y)) * this.height;
      card.style.translate = `${dx}px ${dy}px`;
      rest = Math.max(
        rest,
        Math.abs(cardTarget.x - hand.cardX),
        Math.abs(cardTarget.y - hand.cardY),
      );
    }
    return rest > ARRIVED;
  }
}

/** Without a transition from where it lay before: the place it has now is where it is seen. */
export function letGo(card: HTMLElement): void {
  card.style.translate = '';
  requestAnimationFrame(() => requestAnimationFrame(() => delete card.dataset.carried));
}
