// What the cards of the suit of wands mean, in English.
import type { Meanings } from '../meaning';

export const wands = {
  'ace-of-wands': {
    upright:
      'A spark has been put into your hand, and it is warm. An idea, a wish or a sudden ' +
      'appetite for life wants to become something, and the moment is good. Do not plan ' +
      'it to death. Take one bold step while the fire is young, and feed it every day ' +
      'with a little wood.',
    reversed:
      'The match will not catch, or it flares up and goes out. Maybe the idea belongs to ' +
      'someone else, or you are simply too tired to burn at present. Clear away what is ' +
      'damp, rest your enthusiasm for a few days, and see which wish is still glowing ' +
      'when you come back.',
    keywords: {
      upright: ['spark', 'inspiration', 'courage', 'new venture'],
      reversed: ['false start', 'blocked energy', 'lost spark', 'delay'],
    },
  },
  'two-of-wands': {
    upright:
      'You hold the world in one hand and look out over the wall. A first success lies ' +
      'behind you and the question now is how far you want to go. Make plans with a wide ' +
      'view, compare the roads, and be honest about longing. Comfort and the horizon ' +
      'cannot both be had for long.',
    reversed:
      'The map is spread out, yet you never leave the castle. It may be fear of the ' +
      'unknown, or a plan so perfect that no real road can match it. Pick a nearer goal ' +
      'and set off for that. Once you are moving, the next hill will tell you more than ' +
      'another evening of thinking.',
    keywords: {
      upright: ['planning', 'vision', 'choice', 'looking outward'],
      reversed: ['fear of leaving', 'narrow view', 'indecision', 'playing safe'],
    },
  },
  'three-of-wands': {
    upright:
      'Your ships are out at sea, and from the cliff you can already see their sails. ' +
      'What you have set in motion is working even while you stand still. Keep looking ' +
      'ahead, think bigger than last year, and welcome partners from afar. Good returns ' +
      'are coming to someone who dared to send things out.',
    reversed:
      'The ships are late, and the waiting makes you doubt whether they were ever ' +
      'seaworthy. Check what can be checked, send one more message, and then stop staring ' +
      'at the water. Perhaps the plan was a size too small, or the help you counted on ' +
      'needs to be asked for out loud.',
    keywords: {
      upright: ['expansion', 'foresight', 'waiting well', 'trade'],
      reversed: ['delays', 'short sight', 'disappointment', 'held-back plans'],
    },
  },
  'four-of-wands': {
    upright:
      'Garlands are up and the door is open. A milestone has been reached, a household is ' +
      'happy, friends are on their way. Celebrate it, even if there is more to do ' +
      'tomorrow, because joy that is shared becomes the beam that holds the roof. You ' +
      'have somewhere to belong, and you helped to build it.',
    reversed:
      'The feast is not quite a feast. There may be strain under the roof, a move that is ' +
      'dragging on, or a success which nobody has stopped to notice. Mark it anyway, in a ' +
      'small way and with the right people. Home begins where you can put down your bag ' +
      'and be welcome.',
    keywords: {
      upright: ['celebration', 'home', 'homecoming', 'community'],
      reversed: ['unsettled home', 'postponed joy', 'tension', 'not belonging'],
    },
  },
  'five-of-wands': {
    upright:
      'Everybody has a stick and an opinion. It looks like a fight, but much of it is ' +
      'sport: ideas knocking against each other to find out which are strong. Join in ' +
      'without taking each blow to heart. If you listen between the strokes, this noisy ' +
      'circle may produce something none of you had alone.',
    reversed:
      'The quarrel is ending, or it has gone underground where it does more harm. If you ' +
      'have been swallowing your view for the sake of peace, say it now and calmly. If ' +
      'you are fighting on out of habit, put the stick down first; somebody has to, and ' +
      'you will hardly lose by it.',
    keywords: {
      upright: ['competition', 'friction', 'lively debate', 'testing'],
      reversed: ['avoided conflict', 'inner struggle', 'truce', 'bickering'],
    },
  },
  'six-of-wands': {
    upright:
      'You ride home with a wreath on your staff, and people come out to cheer. Your ' +
      'effort has been seen. Accept the praise without shrinking and without letting it ' +
      'swell your head; the horse did its share too. Confidence suits you. Let this ' +
      'success carry others along, and use it to aim a little higher.',
    reversed:
      'The applause fails to come, or it went to the wrong person. Ask whether you needed ' +
      'the crowd or only your own good opinion. A victory nobody noticed can still be ' +
      'real. If fame has made you careless, climb down and walk beside the others for a ' +
      'while; the view is friendlier there.',
    keywords: {
      upright: ['recognition', 'victory', 'confidence', 'good news'],
      reversed: ['overlooked', 'pride', 'private success', 'fall from favour'],
    },
  },
  'seven-of-wands': {
    upright:
      'You have the higher ground, and others would like it. Hold your position, for you ' +
      'have good reasons and more strength than you feel. Not every challenge deserves an ' +
      'answer, but this one does. Plant your feet, speak up for what you have built, and ' +
      'remember that being contested is often a sign of having mattered.',
    reversed:
      'So many demands come up the hill that your arms are getting heavy. Perhaps you ' +
      'defend a spot that you no longer even want, or hear attack where there was only a ' +
      'question. Decide what is worth guarding, let the rest go by, and call for someone ' +
      'to stand beside you.',
    keywords: {
      upright: ['standing firm', 'conviction', 'defence', 'courage'],
      reversed: ['overwhelmed', 'giving way', 'defensiveness', 'weariness'],
    },
  },
  'eight-of-wands': {
    upright:
      'Everything takes flight at once. Messages arrive, plans fall into line, and what ' +
      'was stuck last week is suddenly moving faster than you can write it down. Go along ' +
      'with the current and answer quickly while the sky is clear. A journey or a piece ' +
      'of news may hit the mark before evening.',
    reversed:
      "Arrows in the air are getting in each other's way. A message goes astray, a " +
      'journey is put off, or haste causes the very mistake it wanted to avoid. Read ' +
      'things twice before you send them. A short wait now saves a long detour, and the ' +
      'next favourable wind is never far behind.',
    keywords: {
      upright: ['speed', 'news', 'movement', 'momentum'],
      reversed: ['delay', 'crossed messages', 'rush', 'scattered aim'],
    },
  },
  'nine-of-wands': {
    upright:
      'You have been through something, and the bandage shows it, yet you are still on ' +
      'your feet. One more effort stands between you and the end. Lean on your staff, ' +
      'guard your limits, and take courage from all that you have survived. You may be ' +
      'tired without being beaten, and help may be accepted.',
    reversed:
      'You have been on watch for so long that every rustle sounds like an enemy. The ' +
      'wall that once kept you safe is now keeping out friends as well. Let somebody take ' +
      'the next shift. Old wounds need air and time, and not all of life is the battle ' +
      'you came from.',
    keywords: {
      upright: ['resilience', 'last stretch', 'vigilance', 'boundaries'],
      reversed: ['exhaustion', 'suspicion', 'stubbornness', 'raw nerves'],
    },
  },
  'ten-of-wands': {
    upright:
      'You said yes to each of these sticks, one after another, and now you can hardly ' +
      'see the road. The house is not far, so you will get there; but look at what you ' +
      'are carrying and for whom. Some of it may be put down, some shared. Being needed ' +
      'is not the same as being loved.',
    reversed:
      'The load is slipping, and it may be the best thing that could happen. Before your ' +
      'back decides for you, choose what to drop. Hand over a task without explaining how ' +
      'it should be done, disappoint somebody mildly, and take a free breath. Very little ' +
      'of this was ever yours alone.',
    keywords: {
      upright: ['burden', 'duty', 'overload', 'endurance'],
      reversed: ['letting go', 'delegating', 'collapse', 'relief'],
    },
  },
  'page-of-wands': {
    upright:
      'A young fire comes running with shining eyes and something to tell you. Follow the ' +
      'thing that makes you curious, even if you cannot yet say what it is good for. Try, ' +
      'play, ask cheeky questions. Skill will come later; at this point the willingness ' +
      'to be delighted is worth more than experience.',
    reversed:
      'Ten beginnings lie about and none has got past its second page. Or somebody ' +
      'laughed at a young idea, and it has hidden since. Give one of them a fixed hour a ' +
      'week and protect it from critics, the inner one included. Enthusiasm is shy; it ' +
      'returns to where it is treated well.',
    keywords: {
      upright: ['enthusiasm', 'discovery', 'bold idea', 'good news'],
      reversed: ['restlessness', 'empty talk', 'discouragement', 'distraction'],
    },
  },
  'knight-of-wands': {
    upright:
      'In a cloud of dust someone arrives who acts first and explains afterwards. Energy ' +
      'is high, the road is calling, and boldness will be rewarded more than caution. ' +
      'Saddle up for the thing you burn for. Only make sure that you know roughly where ' +
      'you are heading, and that those riding with you can keep pace.',
    reversed:
      'The horse is rearing but not going anywhere. Heat turns into temper, promises are ' +
      'made at a gallop and forgotten by the next inn. Whether it is you or someone near ' +
      'you, do not confuse drama with devotion. Cool down, finish the ride you started, ' +
      'and let deeds speak instead of spurs.',
    keywords: {
      upright: ['passion', 'adventure', 'daring', 'charm'],
      reversed: ['impatience', 'recklessness', 'burning out', 'bluster'],
    },
  },
  'queen-of-wands': {
    upright:
      'She sits like a sunflower in full bloom, with a black cat at her feet, and people ' +
      'turn towards her. Be as wholeheartedly yourself as that. Your warmth opens doors, ' +
      'your good humour carries others, your independence needs no excuse. Say what you ' +
      'want with a smile, and then go and get it.',
    reversed:
      'The glow has turned to glare, or it has been turned down so as not to disturb. ' +
      'Comparing yourself with others costs you more strength than any work. If you feel ' +
      'like ruling every room, ask what you are afraid of losing. Go back to what you ' +
      'love doing when nobody is watching.',
    keywords: {
      upright: ['warmth', 'confidence', 'vitality', 'generosity'],
      reversed: ['jealousy', 'insecurity', 'overbearing', 'dimmed fire'],
    },
  },
  'king-of-wands': {
    upright:
      'He sees the finished thing long before the first stone is laid, and makes others ' +
      'want to build it. Take the lead here. Set out the great line, give people room, ' +
      'and answer for the risk yourself. Authority that rests on enthusiasm needs no ' +
      'force; your example is the plan that they will follow.',
    reversed:
      'Great words, and others are left to carry them out. A leader who cannot listen ' +
      'soon talks to himself. If this is you, ask for honest contradiction and thank ' +
      'whoever gives it. If you live under such a king, keep your own fire; you need not ' +
      "burn for somebody else's monument.",
    keywords: {
      upright: ['leadership', 'vision', 'enterprise', 'honour'],
      reversed: ['arrogance', 'high demands', 'impulsive rule', 'empty vision'],
    },
  },
} satisfies Meanings;
