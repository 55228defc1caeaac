// People who sit in rooms of their own while somebody attacks the server: they talk all the time,
// and know what each of them must hear, and how long it took.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createSession, until } from './api.ts';
import { Line } from './line.ts';
import { joinAs, seatOf } from './rooms.ts';

const TALK_MS = 50; // between two messages of one room

export class Neighbours {
  readonly delays: number[] = []; // from a message to each who hears it, in ms
  readonly saves: number[] = []; // from an operation to its answer
  sent = 0;
  private rooms: Line[][] = [];
  private topics: string[] = [];
  private isOver = false;
  private talking: Promise<unknown> = Promise.resolve();
  private readonly sentAt = new Map<string, number>();
  private heard = 0;

  static async sit(base: string, port: number, rooms: number, people: number): Promise<Neighbours> {
    const all = new Neighbours();
    for (let i = 0; i < rooms; ++i) {
      const room = await createSession(base);
      const seats = [seatOf(room)];
      for (let j = 1; j < people; ++j) seats.push(await joinAs(base, room, `Guest ${j}`));
      const topic = `session:${room.session.id}`;
      const lines = [];
      for (const { token } of seats) {
        const line = await Line.open({ port });
        assert.equal((await line.join(topic, { token }))?.status, 'ok');
        line.onHeard = ({ event, payload }) => {
          if (event === 'cursor') all.hear(payload.mark as string);
          line.heard.length = 0;
        };
        lines.push(line);
      }
      all.rooms.push(lines);
      all.topics.push(topic);
    }
    return all;
  }

  private hear(mark: string): void {
    ++this.heard;
    this.delays.push(performance.now() - this.sentAt.get(mark)!);
  }

  // What each message is heard by.
  private get others(): number {
    return this.rooms[0]!.length - 1;
  }

  start(): void {
    this.isOver = false;
    this.talking = Promise.all(this.rooms.map((lines, i) => this.talk(lines, this.topics[i]!)));
  }

  private async talk(lines: Line[], topic: string): Promise<void> {
    for (let n = 0; !this.isOver; ++n) {
      const line = lines[n % lines.length]!;
      const mark = randomUUID();
      this.sentAt.set(mark, performance.now());
      ++this.sent;
      line.say(topic, 'cursor', { mark, x: 0.5, y: 0.5 });
      if (n % 10 === 0) {
        const since = performance.now();
        const saved = await line.push(topic, 'operation',
                                      { key: randomUUID(), kind: 'focus', card: null });
        assert.equal(saved?.status, 'ok', JSON.stringify(saved));
        this.saves.push(performance.now() - since);
      }
      await new Promise((resolve) => setTimeout(resolve, TALK_MS));
    }
  }

  // All that was said has been heard, and everybody is here.
  async stop(): Promise<void> {
    this.isOver = true;
    await this.talking;
    for (const line of this.rooms.flat())
      assert.ok(!line.isOver, `a neighbour was disconnected with ${line.code}`);
    await until(`${this.sent} messages are heard by ${this.others} each`, async () =>
      this.heard >= this.sent * this.others);
    assert.equal(this.heard, this.sent * this.others);
  }

  leave(): void {
    for (const line of this.rooms.flat()) line.end();
  }
}
