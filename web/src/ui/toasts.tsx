// Short notices that pass by themselves; announced politely, and dismissible.
import { create } from 'zustand';
import { sentenceOf } from './problem_text';
import type { Problem } from '@tarotforge/client';
import { IconButton } from './button';
import { texts } from './texts';

interface Toast {
  id: number;
  text: string;
}

// Long enough for two lines read slowly (WCAG's 20 s rule does not apply: nothing is lost).
const TOAST_MS = 7_000;
const MAX_TOASTS = 4;

const useToasts = create<{ list: Toast[] }>(() => ({ list: [] }));
let counter = 0;

const drop = (id: number) =>
  useToasts.setState(({ list }) => ({ list: list.filter((toast) => toast.id !== id) }));

export function toast(text: string): void {
  const id = ++counter;
  useToasts.setState(({ list }) => {
    const others = list.filter((known) => known.text !== text);
    return { list: [...others, { id, text }].slice(-MAX_TOASTS) };
  });
  setTimeout(() => drop(id), TOAST_MS);
}

export const toastProblem = (problem: Problem): void => toast(sentenceOf(problem));

export function Toasts() {
  const list = useToasts((state) => state.list);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map(({ id, text }) => (
        <div key={id} className="toast" data-testid="toast">
          <span>{text}</span>
          <IconButton icon="close" label={texts.dismiss} onClick={() => drop(id)} />
        </div>
      ))}
    </div>
  );
}
