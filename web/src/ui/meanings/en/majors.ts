// What the cards of the major arcana mean, in English.
import type { Meanings } from '../meaning';

export const majors = {
  'the-fool': {
    upright:
      'Something new is calling, and you do not need to know how it ends to take the ' +
      'first step. The Fool packs lightly and looks up, trusting that the path will show ' +
      'itself. Go with curiosity, let yourself be a beginner, and keep an ear open for ' +
      'the friend who barks before the edge.',
    reversed:
      'The leap may be too hasty, or you may have stood at the edge so long that the wish ' +
      'has gone stale. Ask what you are leaping from as much as what you are leaping ' +
      'towards. A little preparation will not spoil the adventure, and neither will ' +
      'admitting that you are afraid.',
    keywords: {
      upright: ['beginnings', 'trust', 'open road', 'lightness'],
      reversed: ['recklessness', 'hesitation', 'naivety', 'false start'],
    },
  },
  'the-magician': {
    upright:
      'Everything you need for the work lies on the table before you: an idea, some ' +
      'feeling, clear words and the means. What is missing is your decision to begin. ' +
      'Choose one aim, give it your whole attention for a while, and notice how quickly a ' +
      'thought turns into something other people can touch.',
    reversed:
      'Talent is here, yet it runs in too many directions or hides behind clever talk. ' +
      'Check whether you or someone near you is putting on a show in place of doing the ' +
      'work. Gather your tools, say plainly what you want, and promise only as much as ' +
      'you can carry out.',
    keywords: {
      upright: ['skill', 'will', 'focus', 'making it real'],
      reversed: ['scattered effort', 'trickery', 'unused talent', 'doubt'],
    },
  },
  'the-high-priestess': {
    upright:
      'Not every answer comes from asking louder. Behind the veil something already ' +
      'knows, and it speaks in dreams, hunches and small repetitions. Keep your counsel ' +
      'for now, watch the tides of your own mood, and leave the matter its secret until ' +
      'it is ready to be told. Quiet is your best adviser.',
    reversed:
      'You have heard the inner voice and talked over it, perhaps because what it says is ' +
      'inconvenient. Or a secret has grown heavier than its purpose. Step away from other ' +
      "people's opinions for an evening, write down what you knew from the start, and " +
      'decide who deserves to hear it.',
    keywords: {
      upright: ['intuition', 'silence', 'inner voice', 'patience'],
      reversed: ['ignored hunches', 'secrets', 'noise', 'withdrawal'],
    },
  },
  'the-empress': {
    upright:
      'Life wants to grow here, and it asks for warmth rather than force. Tend what you ' +
      'love: a person, a garden, a piece of work, your own body. Good food, rest and ' +
      'beauty are no luxuries in this season but the soil itself. What you nourish ' +
      'patiently will soon nourish you.',
    reversed:
      'Care has lost its balance. You may be pouring so much into others that nothing is ' +
      'left for you, or holding something so close that it cannot breathe. Loosen your ' +
      'arms a little. Ask what would feed you today, and let what you have planted do ' +
      'some of its growing alone.',
    keywords: {
      upright: ['abundance', 'care', 'growth', 'the senses'],
      reversed: ['self-neglect', 'smothering', 'stalled growth', 'dependence'],
    },
  },
  'the-emperor': {
    upright:
      'A firm hand is needed, and it may well be yours. Set the rules, draw the boundary, ' +
      'make the plan and keep to it, so that others can rest on something solid. Real ' +
      'authority does not shout; it takes responsibility and stays when things turn ' +
      'difficult. Build so that it lasts.',
    reversed:
      'Order has hardened into control, or there is so little of it that everyone does as ' +
      'they please. Look at who is deciding, and whether they have earned it. If the ' +
      'rules serve only the ruler, they must change; if you have given up your own ' +
      'throne, sit down on it again.',
    keywords: {
      upright: ['structure', 'authority', 'steadiness', 'protection'],
      reversed: ['rigidity', 'control', 'power struggle', 'lack of order'],
    },
  },
  'the-hierophant': {
    upright:
      'Someone has walked this road before and left good directions. Look to a teacher, a ' +
      'custom or a community whose values you share, and learn the form before you bend ' +
      'it. Ceremony can hold what words cannot. There is comfort in belonging, and wisdom ' +
      'in asking those who have kept the keys.',
    reversed:
      'The old answers no longer fit, and repeating them will not help. You may be ' +
      'outgrowing a teacher, a family rule or a belief you never chose for yourself. Keep ' +
      'what still rings true and set down the rest with respect. Your conscience is ' +
      'allowed to be its own chapel.',
    keywords: {
      upright: ['tradition', 'teaching', 'shared values', 'guidance'],
      reversed: ['own path', 'empty forms', 'dogma', 'questioning'],
    },
  },
  'the-lovers': {
    upright:
      'Two meet with open hands, and something larger blesses them. This card speaks of ' +
      'love, but also of choosing with your whole heart and then standing by it. Let your ' +
      'values decide, not your fear of missing out. What you say yes to openly will draw ' +
      'you and the other closer together.',
    reversed:
      'Something between two people, or between two parts of you, has fallen out of tune. ' +
      'Perhaps a choice is being put off, or made with only half the truth. Speak about ' +
      'what you really value before you bargain over details. Agreement that costs you ' +
      'yourself is not yet harmony.',
    keywords: {
      upright: ['love', 'choice', 'honesty', 'union'],
      reversed: ['disharmony', 'divided heart', 'avoidance', 'mismatch'],
    },
  },
  'the-chariot': {
    upright:
      'You hold two strong wills in one pair of hands, and they will go where you are ' +
      'looking. Decide on the direction, gather your courage and move; hesitation is the ' +
      'only thing that could stop you now. Success comes from steering your feelings ' +
      'rather than pretending that you have none.',
    reversed:
      'The wheels are turning but nobody is quite steering. You may be pushing too hard, ' +
      'pulled in two directions, or stuck because you want to win more than you want to ' +
      'arrive. Slow down enough to take the reins again, and ask whether the goal is ' +
      'still truly yours.',
    keywords: {
      upright: ['drive', 'discipline', 'direction', 'victory'],
      reversed: ['losing the reins', 'haste', 'aggression', 'standstill'],
    },
  },
  strength: {
    upright:
      'There is a lion in this matter, and it will not be beaten, only befriended. Your ' +
      'power lies in a calm hand and a steady breath, in staying kind where others would ' +
      'snap. Treat the wild part of yourself with respect and it will lend you its heart. ' +
      'Softness can outlast any roar.',
    reversed:
      'You feel smaller than the beast just now, or you are holding its jaws shut with ' +
      'the last of your energy. Neither bravery nor bullying will help for long. Rest, ' +
      'admit what frightens or enrages you, and begin again with a smaller task and a ' +
      'much gentler voice towards yourself.',
    keywords: {
      upright: ['gentleness', 'courage', 'patience', 'self-command'],
      reversed: ['self-doubt', 'temper', 'exhaustion', 'bottled feelings'],
    },
  },
  'the-hermit': {
    upright:
      'Step back from the crowd for a time; what you are looking for shines only a few ' +
      'paces ahead and asks to be followed slowly. Being alone is not the same as being ' +
      'lonely. Walk, think, read, keep a lamp lit. In the end someone else may find the ' +
      'way by it too.',
    reversed:
      'Solitude has gone on too long, or you have been fleeing into company so as not to ' +
      'hear yourself. If the mountain has become a hiding place, come down a little way ' +
      'and answer a letter. If you have not been up there at all, an hour of honest quiet ' +
      'is overdue.',
    keywords: {
      upright: ['solitude', 'search', 'reflection', 'inner light'],
      reversed: ['isolation', 'avoidance', 'loneliness', 'return'],
    },
  },
  'wheel-of-fortune': {
    upright:
      'The wheel turns, and this time it lifts. Circumstances you did not arrange begin ' +
      'to move in your favour, and an old pattern comes round for another look. Stay near ' +
      'the hub, where things are still, and take the opening while it passes. What rises ' +
      'deserves gratitude as much as effort.',
    reversed:
      'Things turn against the plan, or the same round seems to begin once more. It is ' +
      'weather and not a verdict on you. Notice which part of the circle you keep feeding ' +
      'yourself, change that one habit, and wait out the rest; a low point on a wheel ' +
      'never stays low.',
    keywords: {
      upright: ['change', 'turning point', 'cycles', 'luck'],
      reversed: ['setback', 'resistance', 'repetition', 'bad timing'],
    },
  },
  justice: {
    upright:
      'Weigh it carefully and then say what is so. This card asks for facts, for both ' +
      'sides of the story, and for a decision you can sign with your name. What was done ' +
      'has its consequence, no more and no less. If you have been honest, you have little ' +
      'to fear from the scales.',
    reversed:
      'The balance is off. Someone is being judged too harshly, perhaps you by yourself, ' +
      'or something owed has been talked away. Look again at the part that is ' +
      'uncomfortable to admit. Setting it right may cost you a little pride, yet it will ' +
      'give you back your sleep.',
    keywords: {
      upright: ['fairness', 'truth', 'consequence', 'decision'],
      reversed: ['unfairness', 'excuses', 'bias', 'unfinished business'],
    },
  },
  'the-hanged-man': {
    upright:
      'Nothing can be forced at present, and that is the gift. Hanging there between ' +
      'before and after, you begin to see everything from the other side, and what looked ' +
      'like a loss turns out to be a light. Let the struggle go for a while. The rope ' +
      'will loosen when you have understood.',
    reversed:
      'You are waiting for something that waits for you, or giving up what nobody asked ' +
      'you to give. A pause is only useful while it teaches. Ask honestly who profits ' +
      'from your staying put. When the lesson has been learned, untie the knot, put your ' +
      'feet on the ground and walk.',
    keywords: {
      upright: ['pause', 'surrender', 'new view', 'letting go'],
      reversed: ['stalling', 'needless sacrifice', 'resistance', 'martyrdom'],
    },
  },
  death: {
    upright:
      'Something is over, and it is better to let it be over. This card seldom means what ' +
      'people fear; it speaks of the leaf that must fall so that the branch can bud. Say ' +
      'goodbye properly, grieve if you need to, and leave the door open. On the far shore ' +
      'the sun is rising already.',
    reversed:
      'You know that a chapter has closed, and you keep reading its last page. Holding on ' +
      'does not bring the old thing back, it only delays the new one and tires you out. ' +
      'Choose one small goodbye this week. What you release with love does not vanish; it ' +
      'becomes part of you.',
    keywords: {
      upright: ['ending', 'release', 'change', 'clearing'],
      reversed: ['clinging', 'fear of change', 'slow ending', 'stagnation'],
    },
  },
  temperance: {
    upright:
      'Pour slowly between one cup and the other, and do not spill. Two things that ' +
      'seemed opposed can be mixed into something better than either, if you keep testing ' +
      'and give it time. Moderation is an art and no punishment. Healing is under way, ' +
      'drop by drop, in the middle of the stream.',
    reversed:
      'The mixture is off: too much of one thing, too little of another, and no time to ' +
      'let it settle. Look at where you have been living at extremes, whether in work, ' +
      'comfort or opinion. Take something out before you add something more, and allow ' +
      'the waters to find their level.',
    keywords: {
      upright: ['balance', 'patience', 'blending', 'healing'],
      reversed: ['excess', 'impatience', 'imbalance', 'mismatch'],
    },
  },
  'the-devil': {
    upright:
      'A chain hangs round the neck here, and on a second look it is loose. This card ' +
      'names what has power over you: a craving, a bargain, a fear that pays well. Do not ' +
      'scold yourself for it. See it clearly, laugh at it if you can, and notice that ' +
      'your hands are free.',
    reversed:
      'The spell is weakening. You have seen the pattern for what it is, and wanting out ' +
      'is already half of leaving. Expect the old habit to knock again and be kind to ' +
      'yourself when it does. Tell somebody you trust; chains that are spoken about in ' +
      'daylight lose most of their weight.',
    keywords: {
      upright: ['attachment', 'temptation', 'habit', 'shadow'],
      reversed: ['breaking free', 'facing the shadow', 'recovery', 'honesty'],
    },
  },
  'the-tower': {
    upright:
      'What was built on a false floor comes down, quickly and with noise. It hurts, and ' +
      'it also clears the air, for a truth that strikes like lightning lights the whole ' +
      'landscape. Look after yourself and others first. Later you will see which stones ' +
      'are sound enough to build with again.',
    reversed:
      'You can feel the cracks, and perhaps you have been propping up the wall with your ' +
      'own back. The fall may be smaller if you take down a floor yourself, in good time. ' +
      'If the storm has passed already, stop bracing for it; the ground beneath you is ' +
      'holding now.',
    keywords: {
      upright: ['upheaval', 'revelation', 'sudden change', 'truth'],
      reversed: ['narrow escape', 'dread', 'delayed crisis', 'quiet collapse'],
    },
  },
  'the-star': {
    upright:
      'After the storm the sky is clear, and someone kneels at the water with nothing to ' +
      'hide. Hope returns here, not as wishful thinking but as a quiet certainty that you ' +
      'are part of something good. Be generous, be true, let yourself be seen. What you ' +
      'pour out now flows back in its own time.',
    reversed:
      'The light is there, though clouds or tiredness keep you from seeing it. You may ' +
      'have stopped asking for what you hope because hoping has hurt before. Begin with ' +
      'something small that does you good and do it daily. Faith in life grows back like ' +
      'skin, slowly and from the edges.',
    keywords: {
      upright: ['hope', 'healing', 'openness', 'inspiration'],
      reversed: ['discouragement', 'dimmed faith', 'self-doubt', 'weariness'],
    },
  },
  'the-moon': {
    upright:
      'By this light a coat on a chair looks like a stranger. Much is unclear, and your ' +
      'fears and fantasies are busy filling in the gaps. Do not decide anything large ' +
      'tonight. Follow the path a few steps at a time, honour your dreams, and let the ' +
      'animals howl until morning shows what is what.',
    reversed:
      'The mist is lifting. Something you suspected proves either true or harmless, and ' +
      'both are easier to bear than guessing. Confusion that others have spread can now ' +
      'be named without anger. Trust your senses again, sleep on what you have learned, ' +
      'and forgive yourself for having been afraid of shadows.',
    keywords: {
      upright: ['uncertainty', 'dreams', 'imagination', 'fear'],
      reversed: ['clearing fog', 'deception found', 'calmer nerves', 'truth surfacing'],
    },
  },
  'the-sun': {
    upright:
      'Here is plain gladness, with nothing behind it. What you are doing is going well, ' +
      'people are warm to you, and you may show yourself as you are. Enjoy it without ' +
      'looking for the catch. Share the warmth, play a little, speak openly; in this much ' +
      'light everything grows and little can be hidden.',
    reversed:
      'The sun has not set, it only stands behind a cloud. Joy is near but you may be too ' +
      'busy, too critical or too proud to step out into it. Perhaps success looks ' +
      'different from what you had pictured. Take the smaller happiness that is on offer, ' +
      'and the larger one will come closer.',
    keywords: {
      upright: ['joy', 'clarity', 'vitality', 'success'],
      reversed: ['clouded joy', 'modest success', 'overconfidence', 'childlike hurt'],
    },
  },
  judgement: {
    upright:
      'A trumpet sounds, and something in you stands up to answer. You are asked to look ' +
      'back over the whole way without excuse or shame, and then to begin again with what ' +
      'you have become. Forgive what can be forgiven. There is a call in this that nobody ' +
      'else can answer for you.',
    reversed:
      'You hear the call and pull the blanket over your head, or you hold court over ' +
      'yourself every night and never reach a verdict. Mistakes that have been understood ' +
      'may be laid to rest. Ask what you would begin tomorrow if you were already ' +
      'forgiven, and then begin a small piece of it.',
    keywords: {
      upright: ['awakening', 'calling', 'reckoning', 'renewal'],
      reversed: ['self-criticism', 'ignored call', 'regret', 'hesitation'],
    },
  },
  'the-world': {
    upright:
      'The circle closes, and you are dancing in the middle of it. A long piece of work, ' +
      'a journey or an inner struggle has come to its rightful end, and all its parts ' +
      'belong together. Take a bow, thank those who helped, and rest. From here a wider ' +
      'world opens whenever you are ready.',
    reversed:
      'You are nearly there, and the last stretch is the one that drags. A loose end, an ' +
      'unsaid thank you or an old doubt keeps the circle from closing. Do not start the ' +
      'next thing quite yet. Finish this one by a few honest inches and feel how much ' +
      'lighter you become.',
    keywords: {
      upright: ['completion', 'wholeness', 'arrival', 'celebration'],
      reversed: ['loose ends', 'almost there', 'delay', 'unfinished circle'],
    },
  },
} satisfies Meanings;
