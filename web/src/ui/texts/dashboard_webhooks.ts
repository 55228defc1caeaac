// What the dashboard's page of webhooks says.
const plural = (count: number, one: string, other: string) => (count === 1 ? one : other);

export const dashboardWebhooks = {
  title: 'Webhooks',
  loading: 'Fetching the webhooks',
  targets: 'Targets',
  target: 'Target',
  state: 'State',
  oldest: 'Oldest waits for',
  states: { waiting: 'Waiting', dead: 'Given up' },
  targetStates: {
    delivered: 'All delivered',
    waiting: 'Waiting',
    late: 'Late',
    dead: 'Given up',
    gone: 'Not in WEBHOOK_URLS',
  },
  kept: 'Not delivered yet',
  all: 'All',
  none: {
    all: 'Everything has been delivered.',
    waiting: 'Nothing waits.',
    dead: 'Nothing was given up.',
  },
  happened: (at: string) => `since ${at}`,
  attempts: (attempts: number) =>
    attempts === 0 ? 'not tried yet' : `${attempts} ${plural(attempts, 'attempt', 'attempts')}`,
  next: (at: string) => `next at ${at}`,
  more: 'Show more',
  most: (most: string) => `The first ${most} are shown; replay or deliver them to see the rest.`,
  replay: 'Replay',
  replayNamed: (type: string, session: string) => `Replay ${type} of session ${session}`,
  replayDead: (webhooks: string) => `Replay all given up (${webhooks})`,
  replayed: 'They are sent again now.',
  confirmOne: {
    title: 'Replay this webhook?',
    text: (target: string) =>
      `It is sent to ${target} now, with all that its session has waiting there, ` +
      'and tried for another three days.',
  },
  confirmDead: {
    title: (webhooks: string) => `Replay ${webhooks} given up?`,
    text:
      'They are sent now and tried for another three days. ' +
      'Receivers may have heard of some of them already.',
  },
  setup: {
    title: 'No target is named yet',
    what:
      'Webhooks tell other programs what happens to sessions: created, joined, left, expiring, ' +
      'expired, completed, restored and purged.',
    how: 'Name a receiver in the settings of the server, with a secret that both know, and restart it:',
    settings:
      'WEBHOOK_URLS=https://hooks.example/tarot\n' +
      'WEBHOOK_SECRETS=whsec_…    # echo whsec_$(openssl rand -base64 32)',
    more:
      'Receivers verify what they get by the conventions of Standard Webhooks. ' +
      'The chapter Webhooks of docs/operations.md has the rest.',
  },
};
