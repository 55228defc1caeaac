// Prints what each deck weighs, compressed as it is served; fails when one weighs too much.
import { DECKS } from './pack_names.ts';
import { MOST_BYTES, sizesOf } from './packs.ts';

for (const deck of DECKS) {
  const sizes = sizesOf(deck);
  for (const { name, cards, bytes } of sizes) {
    console.log(`${deck.padEnd(10)} ${name.padEnd(10)} ${String(cards).padStart(3)} pictures ${String(bytes).padStart(7)} bytes`);
  }
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`${deck.padEnd(10)} ${'all'.padEnd(10)}              ${String(total).padStart(7)} bytes, ${MOST_BYTES} at most`);
  if (total > MOST_BYTES) process.exitCode = 1;
}
