// Hostile clients, each kind with all that one process can do, against a server with the limits that
// it has by default. Neighbours hear everything meanwhile, nobody of them is disconnected, and the
// memory stays bounded. How long they wait is a benchmark's to say (./dev bench hostile).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from './support/api.ts';
import { Attack, ATTACKS } from './support/attacks.ts';
import { Neighbours } from './support/neighbours.ts';
import { Server } from './support/server.ts';

const SECONDS = Number(process.env.TAROTFORGE_HOSTILE_SECONDS ?? 2.5);
const ADDRESSES = Array.from({ length: 8 }, (_, i) => `127.0.1.${i + 1}`);
const MB = 1 << 20;
// What the attackers may take of the server's memory, as docs/security.md reckons it for these
// numbers of them: 3,000 connections of 12 KB, 500 requests or 300 messages of 64 KB, or what nobody
// reads, of 1 MB for each of a hundred.
const MEMORY_BOUND = 128 * MB;
// What ends an attack's connections, where the attack lasts long enough for it.
const ENDS: Record<string, { by: string; afterSeconds: number }> = {
  'slow heads': { by: '408', afterSeconds: 12 },
  'slow bodies': { by: '408', afterSeconds: 32 },
  'sockets that never join': { by: '101', afterSeconds: 14 },
  'never reading': { by: 'closed', afterSeconds: 4 }, // they do not read why
  'oversized': { by: '1009', afterSeconds: 0 },
  'compressed bombs': { by: '101', afterSeconds: 0 },
  'ping flood': { by: '1008', afterSeconds: 0 },
  'event flood': { by: '1008', afterSeconds: 0 },
};

async function most(server: Server, isOver: () => boolean): Promise<number> {
  let memory = 0;
  while (!isOver()) {
    memory = Math.max(memory, await server.memory());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return memory;
}

for (const [name, run] of Object.entries(ATTACKS)) {
  test(`CH9 ${name} take bounded memory, and the neighbours hear everything`,
       { timeout: 60_000 + SECONDS * 2000 }, async (t) => {
    const server = await Server.start({ RATE_LIMITS: 'on' });
    const attack = new Attack({ port: server.port, addresses: ADDRESSES });
    const neighbours = await Neighbours.sit(server.url, server.port, 3, 4);
    let isOver = false;
    try {
      const before = await server.memory();
      neighbours.start();
      const running = run(attack);
      running.catch(() => undefined);
      const measured = most(server, () => isOver);
      await until('the attack has begun', async () => attack.account.opened > 0, 20_000);
      await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
      await neighbours.stop();
      isOver = true;
      const taken = await measured - before;
      const ended = new Map(attack.account.refused); // by the server
      attack.stop();
      await running;
      t.diagnostic(`${(taken / MB).toFixed(1)} MB; ${attack.account.opened} connections, ended ` +
        ([...ended].map(([by, times]) => `${times} by ${by}`).join(', ') || 'by nobody'));
      assert.ok(taken < MEMORY_BOUND, `they took ${taken / MB} MB`);
      const end = ENDS[name];
      if (end && SECONDS > end.afterSeconds)
        assert.ok((ended.get(end.by) ?? 0) > 0, `none was ended by ${end.by}`);
    } finally {
      isOver = true;
      attack.stop();
      neighbours.leave();
      await server.stop();
    }
  });
}
