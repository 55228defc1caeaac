// What the cards of the suit of pentacles mean, in English.
import type { Meanings } from '../meaning';

export const pentacles = {
  'ace-of-pentacles': {
    upright:
      'A coin is laid in your hand, solid and a little heavy. An offer, a job, a home, a ' +
      'healthy start: something real can grow from this if you plant it soon. Go through ' +
      'the garden gate. Look after the practical side with care, because this gift ' +
      'unfolds through patience and use rather than through wishing.',
    reversed:
      'The coin rolls between the boards. An opportunity is less sound than it looked, or ' +
      'you hesitate until somebody else picks it up. Check the figures before you sign, ' +
      'and do not build on money that has not come yet. There will be other seeds; ' +
      'meanwhile, see that the soil is in order.',
    keywords: {
      upright: ['opportunity', 'foundation', 'prosperity', 'seed'],
      reversed: ['missed chance', 'shaky start', 'poor planning', 'scarcity'],
    },
  },
  'two-of-pentacles': {
    upright:
      'Two coins in the air, ships on high waves, and you are dancing. Life asks you to ' +
      'manage several things at once, and you are better at it than you think as long as ' +
      'you keep moving and do not grip. Know which ball is made of glass. The others may ' +
      'bounce without any harm.',
    reversed:
      'One hand too few. The calendar, the purse or your head is overfull, and the ' +
      'charming dance begins to look like stumbling. Put down something before it falls. ' +
      'Write the list, cross out a third of it, and pay the bill you have been stepping ' +
      'around. Steadiness comes back with fewer things in the air.',
    keywords: {
      upright: ['juggling', 'flexibility', 'balance', 'adapting'],
      reversed: ['overcommitment', 'lost balance', 'disorder', 'dropped tasks'],
    },
  },
  'three-of-pentacles': {
    upright:
      'In the half-built church a craftsman, a planner and a patron bend over one ' +
      "drawing. Your skill is wanted here, and so are the others'. Ask for advice, show " +
      'what you can do, and do the part that is yours really well. What several people ' +
      'make with care will stand when all their names are forgotten.',
    reversed:
      'Everyone is building and no one has looked at the plan. Work is done twice, badly ' +
      'or without thanks. Call the people together and settle who does what, and by when. ' +
      'If you are hiding half-learned skills, practise rather than bluff; if your good ' +
      'work is overlooked, sign it and say so.',
    keywords: {
      upright: ['teamwork', 'craft', 'learning', 'good work'],
      reversed: ['poor cooperation', 'lack of craft', 'friction', 'unnoticed work'],
    },
  },
  'four-of-pentacles': {
    upright:
      'You have something, and you are holding on to it with both arms and both feet. ' +
      'Being careful is sensible after a hard time. But look at the posture: nothing can ' +
      'fall out and nothing can come in. Keep what you need for safety, and then open one ' +
      'hand, so that you can greet the person in front of you.',
    reversed:
      'The grip is loosening, whether by choice or because the fingers hurt. You may be ' +
      'learning to spend, to share or to trust that there will be enough. Or fear has got ' +
      'the upper hand and counts the coins every night. Give away something small on ' +
      'purpose; it is the quickest cure.',
    keywords: {
      upright: ['security', 'holding on', 'thrift', 'possession'],
      reversed: ['generosity', 'letting go', 'greed', 'money worries'],
    },
  },
  'five-of-pentacles': {
    upright:
      'It is snowing, the coat is thin, and there is light in the church window. Times ' +
      'are hard, in the purse or in the heart, and it feels as if the whole world were ' +
      'indoors without you. Please look up. The door is nearer than it seems, and asking ' +
      'for help is no disgrace.',
    reversed:
      'Someone has opened the door. Money trickles in again, a friendship thaws, the body ' +
      'mends. Let yourself be helped without turning it into a debt. The cold may stay in ' +
      'your bones for a while and tell you that it will never be enough; answer it with a ' +
      'hot meal and with company.',
    keywords: {
      upright: ['hardship', 'exclusion', 'worry', 'need'],
      reversed: ['recovery', 'help found', 'return of warmth', 'end of want'],
    },
  },
  'six-of-pentacles': {
    upright:
      'A hand gives, and a pair of scales hangs above it so that no one is shamed. You ' +
      'are on one side of this picture at present, and tomorrow you may be on the other. ' +
      'Give what you can spare, take what you need, and say thank you simply. Goods that ' +
      'move keep a community warm.',
    reversed:
      'The gift has a thread tied to it. Somebody gives so as to be needed, or takes ' +
      'without ever looking up. Ask what is expected before you accept, and what you are ' +
      'hoping for before you offer. Help that makes a person smaller is no help. Settle ' +
      'the old debt, and be free of each other.',
    keywords: {
      upright: ['generosity', 'fair exchange', 'support', 'gratitude'],
      reversed: ['strings attached', 'one-sided giving', 'debt', 'power'],
    },
  },
  'seven-of-pentacles': {
    upright:
      'You lean on the hoe and look at the bush. Much has been done, it is growing, and ' +
      'it cannot be hurried. This is the time to take stock: which branch bears, which ' +
      'only takes strength? Decide where your next season of effort should go. And enjoy ' +
      'the moment of simply looking; it belongs to the work.',
    reversed:
      'You have watered and watered, and there is little to show for it. It may only need ' +
      "more time, or you may be tending a plant that suits someone else's garden. Be " +
      'honest about it without contempt for what you have given. Cut your losses or stay, ' +
      'but stop digging up the roots to check on them.',
    keywords: {
      upright: ['patience', 'assessment', 'slow growth', 'investment'],
      reversed: ['impatience', 'poor return', 'doubt', 'misplaced effort'],
    },
  },
  'eight-of-pentacles': {
    upright:
      'One coin after another, each a little better than the last. There is a quiet ' +
      'happiness in doing a thing over and over until the hand knows it by itself. Sit ' +
      'down at the bench, leave the telephone in another room, and learn. Nobody is ' +
      'watching today; later they will say that you were gifted.',
    reversed:
      'The work has lost its soul, either because you file away at it endlessly or ' +
      'because you are hurrying to have it over. Ask whether this is still your craft, ' +
      'and what first drew you to it. Mistakes are allowed on the practice piece. Do one ' +
      'thing well and slowly, and the pleasure may come back.',
    keywords: {
      upright: ['diligence', 'practice', 'mastery', 'apprenticeship'],
      reversed: ['perfectionism', 'dull routine', 'shortcuts', 'lack of focus'],
    },
  },
  'nine-of-pentacles': {
    upright:
      "In her own vineyard, with a falcon on the glove, she needs nobody's permission. " +
      'You have earned this ease. Enjoy good things, a well-kept house, an afternoon that ' +
      "belongs to you alone. Contentment grown on one's own soil makes generous company. " +
      'Walk among the vines and notice what your steady work has brought about.',
    reversed:
      'The garden is lovely and you look at it through the office window. Or the comfort ' +
      'is paid for by another, and the price is a piece of your freedom. Your worth does ' +
      'not lie in what stands on the shelf. Take the glove off, let the bird fly for ' +
      'once, and see what you would like without an audience.',
    keywords: {
      upright: ['independence', 'comfort', 'self-reliance', 'refinement'],
      reversed: ['hollow luxury', 'dependence', 'overwork', 'self-worth'],
    },
  },
  'ten-of-pentacles': {
    upright:
      'Under the archway three generations and two dogs have found a place. What is built ' +
      'here is meant to outlast you: a house, a name, a way of doing things, savings that ' +
      'let others sleep well. Think in long lines now. Honour those who laid the first ' +
      'stone, and plant a tree whose shade you may not see.',
    reversed:
      'Where there is much to inherit, there is much to quarrel over. Old expectations or ' +
      'tangled money sit at the table with you. Decide which part of the legacy you wish ' +
      'to carry on and which ends with you. Clear papers make for clear hearts; get them ' +
      'in order while everybody is still on speaking terms.',
    keywords: {
      upright: ['legacy', 'family', 'lasting wealth', 'belonging'],
      reversed: ['family disputes', 'financial strain', 'burdensome legacy', 'instability'],
    },
  },
  'page-of-pentacles': {
    upright:
      'With great care a young person holds up a coin and looks at it from all sides, as ' +
      'if it were the first in the world. Be a student of something useful. Small, ' +
      'regular steps lead further now than big plans. An offer of training or a modest ' +
      'beginning deserves more attention than its size would suggest.',
    reversed:
      'The books are open and you are looking out of the window. Either the goal is too ' +
      'far off to be felt, or you have planned so nicely that nothing remains to be done. ' +
      'Cut it down to a task for today, half an hour and no more. Learning begins with ' +
      'getting your hands dirty.',
    keywords: {
      upright: ['study', 'diligence', 'practical start', 'good prospects'],
      reversed: ['procrastination', 'lack of focus', 'unrealistic plans', 'missed lesson'],
    },
  },
  'knight-of-pentacles': {
    upright:
      'His horse stands still, and that is how he gets everywhere. Not brilliance is ' +
      'called for but the sort of constancy that turns up each morning. Do what you ' +
      'promised, check it once more, go on. Others may smile at the tempo; they will be ' +
      'glad of the harvest. You can be depended on, and so can this.',
    reversed:
      'The field has been ploughed three times, and nobody has sown anything. Routine has ' +
      'become an end in itself, or has collapsed altogether and left the chores lying. ' +
      'Shake yourself awake with a change of path to work, an unusual yes. Loyalty is a ' +
      'virtue as long as it is given to something alive.',
    keywords: {
      upright: ['reliability', 'patience', 'hard work', 'persistence'],
      reversed: ['stagnation', 'boredom', 'stubbornness', 'neglected duty'],
    },
  },
  'queen-of-pentacles': {
    upright:
      'She holds the coin in her lap like something that is sleeping, and a rabbit runs ' +
      'past without fear. Be at home in your body and your rooms, cook the soup, settle ' +
      'the account, put flowers on the table. Love takes practical forms here. Those ' +
      'around you flourish because you see what they need before they ask.',
    reversed:
      'The house shines, everybody has been fed, and you are eating standing up. Or work ' +
      'has swallowed the home, or fear for the household counts every spoon. Put yourself ' +
      'on your own list, quite near the top. Caring does not have to be spotless, and ' +
      'those you look after can fetch their own slippers.',
    keywords: {
      upright: ['nurture', 'practicality', 'home', 'generosity'],
      reversed: ['self-neglect', 'worry about money', 'smothering', 'imbalance'],
    },
  },
  'king-of-pentacles': {
    upright:
      'Grapes climb over his robe and his foot rests on solid ground. He has built ' +
      'something that works, and enjoys it without needing to boast. Act like a good ' +
      'steward: think long, pay fairly, keep your word. With such a hand at the helm, the ' +
      'matter will prosper. Wealth is best seen in how many people feel safe.',
    reversed:
      'The vine has grown over the windows. Possession and position have become the ' +
      'measure of everything, or they are being gambled away to keep up appearances. Ask ' +
      'what it was all meant to be for. Be generous once where it does not pay, admit the ' +
      'bad investment, and come back to simple, solid bread.',
    keywords: {
      upright: ['prosperity', 'steadiness', 'enterprise', 'reliability'],
      reversed: ['greed', 'stubbornness', 'status', 'poor stewardship'],
    },
  },
} satisfies Meanings;
