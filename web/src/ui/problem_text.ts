// What people read about a problem: the server's own words where it sent some, else the catalogue's.
import { errorTable, type KnownError, type Problem } from '@tarotforge/client';
import { texts } from './texts';

const known: Partial<Record<string, KnownError>> = errorTable;
const own: Partial<Record<string, string>> = texts.problems;
const ownTitles: Partial<Record<string, string>> = texts.titles;

export const sentenceOf = ({ code, detail }: Problem): string =>
  detail ?? own[code] ?? known[code]?.sentence ?? errorTable.internal.sentence;

export const titleOf = ({ code, title }: Problem): string =>
  ownTitles[code] ?? title ?? known[code]?.title ?? texts.titles.other;
