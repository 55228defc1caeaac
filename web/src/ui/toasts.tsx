// Short notices that pass by themselves; announced politely, and dismissible.
import { Toast } from '@base-ui/react/toast';
import type { Problem } from '@tarotforge/client';
import type { ReactNode } from 'react';
import { Icon } from './icons';
import { sentenceOf } from './problem_text';
import { texts } from './texts';

// Long enough for two lines read slowly (WCAG's 20 s rule does not apply: nothing is lost).
const TOAST_MS = 7_000;
const MAX_TOASTS = 3;

const manager = Toast.createToastManager();

/** The same sentence is shown once, however often it is said. */
export const toast = (text: string): void =>
  void manager.add({ id: text, description: text, timeout: TOAST_MS });

export const toastProblem = (problem: Problem): void => toast(sentenceOf(problem));

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} limit={MAX_TOASTS}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <Shown />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Shown() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((each) => (
    <Toast.Root key={each.id} toast={each} className="toast" data-testid="toast">
      <Toast.Content className="toast-content">
        <Toast.Description />
        <Toast.Close className="button button-quiet button-icon" aria-label={texts.dismiss}>
          <Icon name="close" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
