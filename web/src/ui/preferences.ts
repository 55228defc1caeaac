// What this browser prefers: the theme, and a sound with the warning. Kept where it can be.
import { create } from 'zustand';

export type Theme = 'system' | 'light' | 'dark';

interface Preferences {
  theme: Theme;
  sound: boolean;
}

const KEY = 'tarotforge.preferences';
const usual: Preferences = { theme: 'system', sound: false };

function kept(): Preferences {
  try {
    const { theme, sound } = {
      ...usual,
      ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>),
    };
    const known = theme === 'light' || theme === 'dark' ? theme : 'system';
    return { theme: known, sound: sound === true };
  } catch {
    return usual;
  }
}

export const usePreferences = create<Preferences>(kept);

export function prefer(change: Partial<Preferences>): void {
  usePreferences.setState(change);
  try {
    localStorage.setItem(KEY, JSON.stringify(usePreferences.getState()));
  } catch {
    // They hold for this page's life.
  }
}

/** Every colour is a pair in CSS; the root's scheme says which of it counts. */
export function followTheme(): void {
  const apply = ({ theme }: Preferences) => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  apply(usePreferences.getState());
  usePreferences.subscribe(apply);
}
