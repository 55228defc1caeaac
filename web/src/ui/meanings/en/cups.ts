// What the cards of the suit of cups mean, in English.
import type { Meanings } from '../meaning';

export const cups = {
  'ace-of-cups': {
    upright:
      'The cup is full to the brim and running over. A new love, a reconciliation or ' +
      'simply a tenderness for life itself offers itself to you, asking nothing but that ' +
      'you hold still and receive it. Let your heart be soft today. What you feel now is ' +
      'a spring; drink first, and then pass it round.',
    reversed:
      'Something in you has turned the cup over, perhaps to keep it from being spilled by ' +
      'others again. The water has not gone away; it waits below. Begin by being friendly ' +
      'to yourself, cry if it wants to come, and let one person see a little more than ' +
      'usual.',
    keywords: {
      upright: ['love', 'new feeling', 'openness', 'compassion'],
      reversed: ['closed heart', 'emptiness', 'held-back tears', 'self-love'],
    },
  },
  'two-of-cups': {
    upright:
      'Two people look at each other and each lifts a cup. Here is a meeting between ' +
      'equals, in love, friendship or work, where giving and taking come easily. Tell the ' +
      'other what you appreciate about them. A bond that is honoured in small gestures ' +
      'grows a pair of wings that can carry both of you.',
    reversed:
      'The cups are not held at the same height. One of you gives more, or both are ' +
      'waiting for the other to speak first. It need not mean the end; it does mean a ' +
      'conversation without blame. And should the ways divide, let what was good between ' +
      'you remain good.',
    keywords: {
      upright: ['partnership', 'attraction', 'trust', 'mutual respect'],
      reversed: ['imbalance', 'misunderstanding', 'parting', 'withdrawn trust'],
    },
  },
  'three-of-cups': {
    upright:
      'Fetch the others, there is something to toast. Friends lift you over what you ' +
      'could not climb alone, and laughter tonight is as useful as any plan. Accept the ' +
      'invitation, or send one. Let the harvest be tasted while it is fresh, and be glad ' +
      "for someone else's luck as though it were yours.",
    reversed:
      "The party has gone flat. There may be talk behind somebody's back, one glass too " +
      'many, or a circle in which you smile and feel alone. Choose smaller and truer ' +
      'company for a time. One evening with a real friend heals more than a month of ' +
      'cheerful noise.',
    keywords: {
      upright: ['friendship', 'celebration', 'community', 'joy'],
      reversed: ['gossip', 'excess', 'third wheel', 'loneliness in company'],
    },
  },
  'four-of-cups': {
    upright:
      'You sit beneath the tree and look at three cups as if you had drunk from them too ' +
      'often. A fourth is being held out and you hardly raise your eyes. Boredom may be ' +
      'tiredness in disguise, or a true wish to turn inward. Either way, glance up once ' +
      'before you say no.',
    reversed:
      'The dull spell is passing. Something has caught your eye again and your hand wants ' +
      'to reach for it. Say yes to the next harmless invitation and see how it tastes. ' +
      'You may have needed the pause, and you may be grateful to whoever kept on offering ' +
      'while you sulked.',
    keywords: {
      upright: ['apathy', 'contemplation', 'discontent', 'missed offer'],
      reversed: ['waking up', 'new interest', 'acceptance', 'motivation'],
    },
  },
  'five-of-cups': {
    upright:
      'Three cups lie spilled, and you may mourn them; nobody has the right to hurry you. ' +
      'But behind your back two are standing, and there is a bridge to the house across ' +
      'the river. Cry what needs to be cried. When you turn round, slowly, you will find ' +
      'that not everything has gone.',
    reversed:
      'The heaviest of the sorrow has been carried. You begin to see what is left, and it ' +
      'is more than you thought. Forgive the one who knocked the cups over, even if it ' +
      'was you. Cross the bridge at your own pace; the light in that window has been ' +
      'burning for some time.',
    keywords: {
      upright: ['grief', 'loss', 'regret', 'disappointment'],
      reversed: ['acceptance', 'moving on', 'forgiveness', 'return of hope'],
    },
  },
  'six-of-cups': {
    upright:
      'A scent, a song, an old street, and for a moment you are small again and somebody ' +
      'hands you flowers. The past has a present for you: a friend from long ago, a ' +
      'simple pleasure, or the memory of having been loved. Take it gently. Then give a ' +
      'little of that sweetness to a child, or to the child in you.',
    reversed:
      'You keep going back to a garden that has been sold. Memory paints in pretty ' +
      'colours and leaves out the rain. Thank those days and close the gate softly. Or ' +
      'perhaps something from childhood still hurts; then this is the time to look at it ' +
      'as an adult, with kindness and with help.',
    keywords: {
      upright: ['memories', 'kindness', 'childhood', 'innocence'],
      reversed: ['living in the past', 'homesickness', 'growing up', 'rosy memory'],
    },
  },
  'seven-of-cups': {
    upright:
      'Out of the clouds rise castles, jewels, laurels and a veiled figure, and each cup ' +
      'seems to promise everything. Dreaming is allowed, and it shows you what you long ' +
      'for. Yet only one of these can be drunk at a time. Ask which would still please ' +
      'you on an ordinary Tuesday, and reach for that.',
    reversed:
      'The clouds part and most of the visions go with them. It may feel like a loss, but ' +
      'now you can see the ground and what really stands on it. Choose, commit, and put a ' +
      'date to it. A single modest cup that you can hold is worth more than seven in the ' +
      'sky.',
    keywords: {
      upright: ['choices', 'fantasy', 'temptation', 'wishful thinking'],
      reversed: ['clarity', 'sobering up', 'decision', 'realistic plan'],
    },
  },
  'eight-of-cups': {
    upright:
      'The cups stand neatly in their row, and still something is missing. Under a tired ' +
      'moon you put on your shoes. It takes courage to leave what is not bad but no ' +
      'longer enough. You need not explain it to everybody. The path leads uphill at ' +
      'first, and you will recognise what you seek when you meet it.',
    reversed:
      'One foot is out of the door, and it has been for months. Or you have walked away ' +
      'from so much that you no longer remember what you were looking for. Stay and mend ' +
      'it, or go and mean it; the doorway is the coldest place of all. Nobody but you can ' +
      'tell which is right.',
    keywords: {
      upright: ['leaving', 'searching', 'moving on', 'deeper meaning'],
      reversed: ['fear of leaving', 'drifting', 'return', 'second thoughts'],
    },
  },
  'nine-of-cups': {
    upright:
      'This is the card of the wish that comes true. Arms folded, smile on the face, and ' +
      'nine good reasons for it on the shelf. Allow yourself to be pleased with what you ' +
      'have, without apology and without counting what is lacking. Only the table would ' +
      'look even better with a few guests around it.',
    reversed:
      'You have what you wanted, and it tastes of less than you expected. Maybe the wish ' +
      'was borrowed, or comfort has been standing in for something harder to ask for. ' +
      'Look behind the shelf. What would really satisfy you may cost no money, and might ' +
      'begin with a confession.',
    keywords: {
      upright: ['contentment', 'wish granted', 'pleasure', 'satisfaction'],
      reversed: ['hollow pleasure', 'overindulgence', 'smugness', 'unmet wish'],
    },
  },
  'ten-of-cups': {
    upright:
      'A rainbow of full cups stands over the house, and those who live there look up arm ' +
      'in arm. Lasting happiness is not a firework; it is people who are glad that you ' +
      'came home. Notice it while it is here. Whatever you call family, you may lean on ' +
      'it and give it your best.',
    reversed:
      'The picture on the wall and the mood at the table do not match. Some quarrel is ' +
      "being kept quiet for the neighbours' sake, or you chase a perfect harmony that no " +
      'household has ever had. Begin with one true sentence. A home that has been argued ' +
      'over and mended stands firmer than a painted one.',
    keywords: {
      upright: ['happiness', 'family', 'peace', 'lasting love'],
      reversed: ['family strain', 'ideal and reality', 'distance', 'repair'],
    },
  },
  'page-of-cups': {
    upright:
      'A fish looks out of the cup and says something, and instead of shutting the lid ' +
      'you listen. An odd idea, a shy confession or a creative impulse comes swimming up ' +
      'from nowhere. Treat it with humour and respect. What seems childish today may turn ' +
      'out to be the truest thing you have heard all year.',
    reversed:
      'Feelings slosh about and every drop becomes a flood. Perhaps you have been teased ' +
      'for being tender and hide it behind jokes now. Make something out of it, a letter, ' +
      'a drawing, a song for nobody. Then talk to the person concerned; they cannot guess ' +
      'the weather inside you.',
    keywords: {
      upright: ['sweet surprise', 'imagination', 'tender message', 'wonder'],
      reversed: ['moodiness', 'blocked creativity', 'hurt feelings', 'daydreaming'],
    },
  },
  'knight-of-cups': {
    upright:
      'Someone comes riding at a walk, careful not to spill a drop. An invitation is on ' +
      'its way, or a declaration, or your own heart is finally getting into the saddle. ' +
      'Be gallant. Follow beauty, follow kindness, and say the romantic thing aloud. Just ' +
      'see that the gesture is followed by a second one.',
    reversed:
      'The horse is handsome and the words are sweet, yet nothing arrives. You may be in ' +
      'love with being in love, or be courted by somebody who likes the chase. Ask for ' +
      'something small and concrete, and see what happens. A feeling that cannot survive ' +
      'a weekday was mostly moonlight.',
    keywords: {
      upright: ['romance', 'invitation', 'charm', 'following the heart'],
      reversed: ['moody promises', 'seduction', 'disillusion', 'escapism'],
    },
  },
  'queen-of-cups': {
    upright:
      'She looks into her cup and sees what others only sense. Be that kind of listener ' +
      'now, for someone else or for yourself. You can feel a great deal without drowning ' +
      'in it, because you know where the shore is. Trust your first impression, answer ' +
      'gently, and keep a quiet hour by the water.',
    reversed:
      "You soak up everybody's tears, and at night you cannot tell which are yours. " +
      'Compassion needs a rim, or it runs out over the table. Give some of it back with ' +
      'love: this is your sorrow, and I will sit with you, but I cannot carry it. Then do ' +
      'something solely for your own heart.',
    keywords: {
      upright: ['empathy', 'intuition', 'tenderness', 'deep calm'],
      reversed: ['drowning in feeling', 'martyrdom', 'blurred limits', 'moods'],
    },
  },
  'king-of-cups': {
    upright:
      'Around his throne the sea is rough, and he neither fears it nor pretends that it ' +
      'is still. He has learned to feel and to think at the same time. Bring that calm to ' +
      'the matter at hand. Listen to the end, speak without raising your voice, and be ' +
      'the harbour in which others can mend their sails.',
    reversed:
      'On the surface all is smooth, and underneath something is pulling. Feelings that ' +
      'have been locked away come out sideways, as coolness, as pressure, as a bottle in ' +
      'the evening. If it is you, say the simple thing you have been avoiding. If it is ' +
      'someone near you, watch what they do when they do not get their way.',
    keywords: {
      upright: ['emotional maturity', 'kindness', 'balance', 'wise counsel'],
      reversed: ['suppressed feelings', 'manipulation', 'volatility', 'coldness'],
    },
  },
} satisfies Meanings;
