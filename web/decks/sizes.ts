// Prints what each deck weighs, compressed as it is served; fails when one weighs too much.
import { DECKS } from './pack_names.ts';
import { MOST_BYTES, sizesOf } from './packs.ts';

const row = (...columns: (string | number)[]) =>
  console.log(columns.map((text, i) => (i < 2 ? String(text).padEnd(12) : String(text).padStart(9))).join(''));

row('deck', 'pack', 'pictures', 'bytes');
for (const deck of DECKS) {
  const sizes = await sizesOf(deck);
  for (const { name, pictures, bytes } of sizes) row(deck, name, pictures, bytes);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const pictures = sizes.reduce((sum, size) => sum + size.pictures, 0);
  row(deck, 'all', pictures, total);
  if (total > MOST_BYTES) {
    console.error(`${deck} weighs more than ${MOST_BYTES} bytes`);
    process.exitCode = 1;
  }
}
