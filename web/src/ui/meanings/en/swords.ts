// What the cards of the suit of swords mean, in English.
import type { Meanings } from '../meaning';

export const swords = {
  'ace-of-swords': {
    upright:
      'A clean cut through the fog. All at once you see what it is about, and the right ' +
      'words come without being looked for. Use this sharpness well: write it down, speak ' +
      'it, decide. A truth that is told with a steady hand may sting for a moment, and ' +
      'then everyone can breathe more easily.',
    reversed:
      'The blade is pointing the wrong way. Thoughts go round without getting anywhere, ' +
      'or a truth is being used to wound. Hold back the clever reply for a night. Gather ' +
      'the missing facts, ask whether you want to be right or to be understood, and only ' +
      'then take the sword out of its sheath.',
    keywords: {
      upright: ['clarity', 'truth', 'breakthrough', 'new idea'],
      reversed: ['confusion', 'harsh words', 'misjudgement', 'clouded mind'],
    },
  },
  'two-of-swords': {
    upright:
      'Blindfolded between two blades, you keep the peace by not looking. For a while ' +
      'that was wise, and the sea has calmed. But both arms are growing tired, and the ' +
      'choice will not make itself. Take the cloth off when you are ready. You know more ' +
      'about each side than you care to admit.',
    reversed:
      'What was held in balance begins to tip. A fact comes to light, somebody presses ' +
      'for an answer, and you can no longer stand in the middle. It is uncomfortable and ' +
      'it is also a relief. Decide for the version you could explain to a friend, and ' +
      'allow yourself to learn from it later.',
    keywords: {
      upright: ['stalemate', 'difficult choice', 'truce', 'closed eyes'],
      reversed: ['indecision ends', 'information comes out', 'overload', 'pressure'],
    },
  },
  'three-of-swords': {
    upright:
      'It hurts, and there is no need to make it prettier. A word, a loss or a parting ' +
      'has gone right through the heart, and the sky is crying with you. Let it rain. ' +
      'Pain that may be felt runs dry in time, and when the blades are drawn out the ' +
      'wound can begin to close.',
    reversed:
      'The worst of the weather is moving off. You catch yourself humming, and then ' +
      'remember, and then hum a little more. Do not pull at the scar to see whether it ' +
      'still aches. If the grief was never spoken, find someone who can bear to hear it; ' +
      'alone, it stays stuck where it is.',
    keywords: {
      upright: ['heartbreak', 'sorrow', 'painful truth', 'release'],
      reversed: ['healing', 'forgiveness', 'lingering pain', 'opening up'],
    },
  },
  'four-of-swords': {
    upright:
      'Lay the weapons aside and lie down. Your mind has been on duty for too long, and ' +
      'nothing that matters will be lost if you close your eyes for a while. Rest is a ' +
      'task too, and at present it is the most important one. Answers that would not come ' +
      'to the battlefield like to come to a chapel.',
    reversed:
      'Either you have rested and may get up now, stiff but mended, or you have refused ' +
      'to and your body is about to insist. Listen before it shouts. Cancel one thing. If ' +
      'on the other hand the retreat has become a hiding place, open the shutters; ' +
      'somewhere a bird has started without you.',
    keywords: {
      upright: ['rest', 'recovery', 'stillness', 'retreat'],
      reversed: ['restlessness', 'burnout', 'forced pause', 'returning to life'],
    },
  },
  'five-of-swords': {
    upright:
      'You can win this one, and afterwards stand alone on the beach with an armful of ' +
      'swords. Ask what the victory would be for. Sometimes it is cleverer to give way ' +
      'and keep the friend. If you are the one who lost, gather your dignity and leave; ' +
      'not each insult is worth a second round.',
    reversed:
      'The fight is over, but its swords are lying about, and somebody could still step ' +
      'on one. An apology would be well placed here, from whichever side has the greater ' +
      'courage. Say what you regret without adding what they did. And should peace not be ' +
      'possible, then at least stop rehearsing the quarrel at night.',
    keywords: {
      upright: ['hollow victory', 'conflict', 'pride', 'lost respect'],
      reversed: ['reconciliation', 'remorse', 'old resentment', 'making amends'],
    },
  },
  'six-of-swords': {
    upright:
      'The boat has pushed off. It is heavy with everything you could not leave behind, ' +
      'but the water ahead is smoother than the water astern. You are allowed to be sad ' +
      'and relieved at once. Let somebody else row for a stretch. The other shore is only ' +
      'a line as yet, and it is coming nearer.',
    reversed:
      'You want to go and the rope is still tied to the pier. A matter that was never ' +
      'talked out, or a fear of foreign shores, keeps the boat turning on the spot. Cut ' +
      'what can be cut, take along what cannot, and do not wait for a sea without waves.',
    keywords: {
      upright: ['transition', 'calmer waters', 'leaving behind', 'passage'],
      reversed: ['stuck in transit', 'unfinished goodbye', 'rough passage', 'resistance'],
    },
  },
  'seven-of-swords': {
    upright:
      'Someone is tiptoeing out of the camp with an armful of swords, looking back over a ' +
      'shoulder. There are moments when discretion and a clever plan achieve more than a ' +
      'charge. But ask what it is that cannot be done by daylight. If you suspect ' +
      "another's game, keep your wits about you and count the blades.",
    reversed:
      'The secret is getting heavy, and it would be a relief to put it down. Tell it ' +
      'before it is told by others. Perhaps the person you have been fooling most is ' +
      'yourself, with a story that was comfortable once. Bring back what was not yours, ' +
      'and you will be surprised how lightly you walk.',
    keywords: {
      upright: ['strategy', 'secrecy', 'cunning', 'going alone'],
      reversed: ['coming clean', 'being found out', 'conscience', 'self-deception'],
    },
  },
  'eight-of-swords': {
    upright:
      'Bound and blindfolded, with swords all round, it looks like a prison. Yet the ring ' +
      'has a gap in front, and the bands are loosely tied. Much of what holds you is a ' +
      'sentence you have repeated to yourself for years. Test one of those swords ' +
      'carefully; it may turn out to be made of paper.',
    reversed:
      'The blindfold slips, and you see that there is a way through. Take it slowly, for ' +
      'freedom makes one dizzy at first. You do not have to be angry about how long you ' +
      'stood there. Take off the first band by yourself and let a friend help with the ' +
      'knots at the back.',
    keywords: {
      upright: ['feeling trapped', 'limiting beliefs', 'helplessness', 'fear'],
      reversed: ['release', 'new perspective', 'self-acceptance', 'first step'],
    },
  },
  'nine-of-swords': {
    upright:
      'It is three in the morning, and every trouble has grown to the height of the wall. ' +
      'These swords hang there; not one has touched you. Put on a light, drink a glass of ' +
      'water, write the thoughts on paper so that they need not circle. Tell someone ' +
      'tomorrow. Fear shrinks when it has company.',
    reversed:
      'The night is nearly over. You have begun to see which of the worries were real and ' +
      'which came only to visit. Keep the help you have found, or look for it now if you ' +
      'have been too proud. And speak to yourself as you would to a frightened child: ' +
      'quietly, and not with reasons.',
    keywords: {
      upright: ['worry', 'sleeplessness', 'guilt', 'anxious thoughts'],
      reversed: ['hope returns', 'seeking help', 'deep fears', 'recovery'],
    },
  },
  'ten-of-swords': {
    upright:
      'This is the end of something, and no one could call it gentle. It cannot get ' +
      'worse, and there is an odd comfort in that. Do not get up at once to fight on; lie ' +
      'still and let it be finished. Far back, under the black sky, a strip of gold has ' +
      'appeared over the water.',
    reversed:
      'You are getting up, one elbow at a time. What happened leaves its marks, yet it no ' +
      'longer decides who you are. Beware of telling the story so often that you live in ' +
      'it. Should the end still be ahead because you will not let it come, allow it; the ' +
      'morning is waiting outside.',
    keywords: {
      upright: ['rock bottom', 'painful ending', 'betrayal', 'surrender'],
      reversed: ['slow recovery', 'survival', 'refusing to end it', 'lessons'],
    },
  },
  'page-of-swords': {
    upright:
      'Hair blowing, sword up, eyes on everything: here is a mind that wants to know. Ask ' +
      'the question that others find impolite. Read, check, take notes, learn the new ' +
      'language. You may say what you think, as long as you think it through first. News ' +
      'could come on this wind, and you will be quick to catch it.',
    reversed:
      'Sharp wits with nothing to do turn to teasing and eavesdropping. Something said in ' +
      'passing may cut deeper than was meant, so weigh it before you send it on. If you ' +
      'feel watched or talked about, ask openly instead of guessing. And finish one ' +
      'argument with yourself before starting the next with the world.',
    keywords: {
      upright: ['curiosity', 'alertness', 'frank speech', 'learning'],
      reversed: ['gossip', 'hasty words', 'spying', 'all talk'],
    },
  },
  'knight-of-swords': {
    upright:
      'Straight ahead, head down, and nothing seems able to stop it. Your mind is made up ' +
      'and your arguments are ready; this is the hour to act quickly and speak plainly. ' +
      'Make use of the wind. Only glance to the side now and then, since whoever rides ' +
      'that fast can overlook the very person they came for.',
    reversed:
      'The charge goes off in all directions, and somebody is going to be trampled. Being ' +
      'quick is not yet being right. If you feel the urge to cut someone short, count to ' +
      'ten and listen to the end of the sentence. If you are at the receiving end, step ' +
      'aside; storms like this pass.',
    keywords: {
      upright: ['determination', 'speed', 'directness', 'ambition'],
      reversed: ['rashness', 'bluntness', 'scattered charge', 'burnout'],
    },
  },
  'queen-of-swords': {
    upright:
      'She has known sorrow and it has made her clear. With one hand she holds the sword, ' +
      'with the other she beckons you closer. Say what is so, without cruelty and without ' +
      'sugar. Draw a boundary, ask the exact question, trust your experience. You can ' +
      'have a warm heart and still not be taken in.',
    reversed:
      'The blade has been held up so long that nobody dares come near. Perhaps it was ' +
      'needed once. Irony protects, but it also freezes, and judging others is often a ' +
      'way of not feeling. Lower the point a little, let somebody see that you were hurt, ' +
      'and be as fair to yourself as you are to your work.',
    keywords: {
      upright: ['clear judgement', 'honesty', 'independence', 'dry wit'],
      reversed: ['coldness', 'bitterness', 'sharp tongue', 'isolation'],
    },
  },
  'king-of-swords': {
    upright:
      'He looks straight at you and wants to hear the facts. Here the head should decide, ' +
      'calmly and by principle, so that the outcome would be just even for a stranger. ' +
      'Seek expert advice or give it. Set it down in writing. Power that binds itself to ' +
      'the truth is the kind that people can live under.',
    reversed:
      'A fine mind can build a prison as easily as a law. Someone here argues so well ' +
      'that feelings have no chance, or twists the rules to fit. Do not be dazzled by ' +
      'eloquence, not even your own. Ask who pays the price for being right, and bring ' +
      'mercy back into the room.',
    keywords: {
      upright: ['reason', 'authority', 'ethics', 'impartial advice'],
      reversed: ['tyranny', 'cold logic', 'misuse of power', 'rigid opinion'],
    },
  },
} satisfies Meanings;
