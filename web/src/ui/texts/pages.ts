// What the pages around the room say.

export const pages = {
  home: {
    lead: 'Open a room, send the link, and turn the cards together, wherever you are.',
    start: 'Start a reading',
    starting: 'Opening the room',
    options: 'Choose a name, a layout or a question first',
    name: 'Your name',
    namePlaceholder: 'How others see you',
    layout: 'Layout',
    question: 'Question',
    questionPlaceholder: 'What do you want to look at?',
    rooms: 'Your rooms',
    roomsLoading: 'Looking up your rooms',
    enter: 'Enter',
    restore: 'Restore',
    forget: 'Forget',
    roomOf: (deck: string, name: string) =>
      `${deck.charAt(0).toUpperCase()}${deck.slice(1)}, as ${name}`,
    entered: (when: string) => `Entered ${when}`,
    state: {
      open: 'Open',
      restorable: 'Expired, can be restored',
      expired: 'Expired',
      completed: 'Ended',
      gone: 'Deleted',
      unknown: 'Not reachable',
      loading: 'Checking',
    },
    how: 'How it works',
    steps: [
      ['Open a room', 'One click. You are the host; nothing to sign up for.'],
      ['Send the link', 'Whoever opens it sits down at the same table.'],
      ['Draw and turn', 'Everyone sees every card at the same moment.'],
    ] as const,
  },
  marketplace: {
    title: 'Marketplace',
    lead: 'Decks to read with.',
    loading: 'Fetching the decks',
    read: 'Read with this deck',
    empty: 'There are no decks yet.',
  },
  summary: {
    title: (question: string | null) => question || 'A reading',
    loading: 'Fetching the reading',
    noQuestion: 'A reading without a question',
    noCards: 'No card was drawn.',
    people: (names: string) => `At the table: ${names}`,
    toRoom: 'Back to the room',
    open: 'Summary',
    see: 'See the summary',
    replay: 'Replay',
    print: 'Print',
    saveImage: 'Save as an image',
    saving: 'Making the image',
    imageFailed: 'This browser cannot make an image of it. Print it to a file instead.',
    fileName: 'reading',
    kept: 'The server does not have this reading at hand. This is what your browser kept of it.',
    cut: 'The steps of this reading could not be fetched. Reload the page to see its replay.',
  },
  replay: {
    title: 'The reading, step by step',
    play: 'Play',
    pause: 'Pause',
    back: 'One step back',
    forward: 'One step on',
    way: 'The way of the reading',
    close: 'Close the replay',
    stepOf: (step: number, all: number) => `Step ${step} of ${all}`,
    done: {
      draw: (who: string, where: string) => `${who} drew a card (${where}).`,
      turnUp: (who: string, card: string, reversed: boolean) =>
        `${who} turned ${card}${reversed ? ', reversed' : ''}.`,
      turnDown: (who: string, where: string) => `${who} turned a card down (${where}).`,
      move: (who: string, where: string) => `${who} moved a card (${where}).`,
      ask: (who: string, question: string) => `${who} asked: ${question}`,
      unask: (who: string) => `${who} took the question back.`,
      step: (step: string) => `The reading went on to: ${step}.`,
      layout: (who: string, layout: string) => `${who} chose the layout: ${layout}.`,
      choose_deck: (who: string) => `${who} chose the deck, and it was shuffled.`,
      shuffle: (who: string) => `${who} shuffled the deck.`,
      return_card: (who: string) => `${who} returned a card to the deck.`,
      show: (who: string) => `${who} showed a card to everyone.`,
      hide: (who: string) => `${who} stopped showing a card.`,
      interpret: (who: string) => `${who} wrote down an interpretation.`,
      lock: (who: string) => `${who} locked the table.`,
      unlock: (who: string) => `${who} unlocked the table.`,
      remove_participant: (who: string) => `${who} removed somebody.`,
      reset: (who: string) => `${who} cleared the table, and the deck was shuffled.`,
    },
  },
  invite: {
    title: 'You are invited to a reading',
    checking: 'Checking the invitation',
    people: (count: number) =>
      count === 1 ? 'One person is at the table.' : `${count} people are at the table.`,
    name: 'Your name',
    join: 'Join the reading',
    joining: 'Joining',
    waiting:
      'This page is waiting. When the host restores the reading, you are let in automatically.',
    waitingName: 'Your name, for when it opens',
  },
  expired: {
    title: 'This reading has expired',
    sentence: (timeout: string) =>
      `This reading has expired. Sessions become inactive after ${timeout} of no activity.`,
    kept: (until: string) =>
      `The cards, the question and the notes are kept until ${until}. ` +
      'Until then the host can restore the reading.',
    keptShort: 'It can no longer be restored.',
    waiting: 'This page is waiting. When the host restores the reading, you return automatically.',
    restore: 'Restore the reading',
    restoring: 'Restoring',
  },
  ended: {
    notSaved: (count: number) =>
      count === 1
        ? 'One change of yours came too late and was not saved.'
        : `${count} changes of yours came too late and were not saved.`,
    notSavedYet: (count: number) =>
      count === 1
        ? 'One change of yours is not saved yet. It is sent when you are back in the room.'
        : `${count} changes of yours are not saved yet. They are sent when you are back in the room.`,
    completedHint: 'The host ended the reading. It can no longer be changed.',
    removedTitle: 'You were removed from this reading',
    removed: 'The host has removed you from this reading.',
    replacedTitle: 'Open in another place',
    replaced: 'This reading was opened in another tab or on another device with your seat.',
    here: 'Continue here',
    leftTitle: 'You have left the reading',
    left: 'Your seat is kept for as long as the reading can be entered.',
    returnToRoom: 'Return to the room',
    deletedTitle: 'The reading is deleted',
    deleted: 'Its cards, names and notes are gone for good.',
  },
  notFound: {
    title: 'Nothing here',
    sentence: 'There is no page at this address.',
  },
  crash: {
    title: 'This page has stopped',
    sentence: 'Something went wrong while showing this page. The reading itself is safe.',
    reload: 'Reload',
  },
  notFetched: {
    title: 'This page did not arrive',
    sentence: 'A part of this page could not be fetched. Check your connection, then reload it.',
  },
};
