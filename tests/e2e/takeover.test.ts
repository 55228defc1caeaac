// A host who stays away: after two minutes somebody else may go on with the reading, and the host
// gets the role back on return.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, until } from './support/api.ts';
import { guest, host, pairInEachTest, robin, room, server } from './support/pair.ts';

const HOST_AWAY_MS = 120_000; // HO2
// The page looks at it every 5 s.
const SHOWN_WITHIN_MS = 10_000;

pairInEachTest();

test('HO2 HO3 a guest goes on as host when the host has been away for two minutes', async () => {
  await host.see('leave').click();
  await host.see('start-reading').waitFor();
  const left = Date.now();
  await until('Ada is seen as away', async () => (await guest.see('presence-Ada').innerText()) === 'Left');
  assert.equal(await guest.see('take-over-host').count(), 0);
  const sooner = await call<{ code: string }>(server.url, 'POST',
    `/v1/sessions/${room.session.id}/host`, { token: robin.token, body: { action: 'take_over' } });
  assert.equal(`${sooner.status} ${sooner.body.code}`, '409 host_present');

  await guest.see('take-over-host').waitFor({ timeout: HOST_AWAY_MS + SHOWN_WITHIN_MS });
  const waited = Date.now() - left;
  assert.ok(waited >= HOST_AWAY_MS - 1_000, `offered after ${waited} ms`);
  await guest.see('take-over-host').click();
  await guest.see('complete').waitFor();

  await host.see('enter-room').click();
  await host.see('reclaim-host').waitFor();
  assert.equal(await host.see('complete').count(), 0, 'a returned host is no host yet');
  await host.see('reclaim-host').click();
  await host.see('complete').waitFor();
  await until('Robin has no tools', async () => (await guest.see('complete').count()) === 0);
});
