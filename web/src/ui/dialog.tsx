// A modal on the native <dialog>: the browser keeps the focus inside and gives it back afterwards.
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Button, IconButton } from './button';
import { texts } from './texts';

interface DialogProps {
  title: string;
  children: ReactNode;
  /** Absent: the dialog cannot be dismissed by Escape or a button. */
  onClose?: () => void;
  role?: 'dialog' | 'alertdialog';
  wide?: boolean;
  testId?: string;
}

export function Dialog({ title, children, onClose, role, wide, testId }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    const before = document.activeElement;
    if (!dialog.open) dialog.showModal();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className={wide ? 'dialog dialog-wide' : 'dialog'}
      role={role ?? 'dialog'}
      aria-labelledby={titleId}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        {onClose && <IconButton icon="close" label={texts.close} onClick={onClose} />}
      </div>
      {children}
    </dialog>
  );
}

interface ConfirmProps {
  title: string;
  text: string;
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

export function Confirm({ title, text, confirm, danger, onConfirm, onCancel }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onCancel} role="alertdialog" testId="confirm-dialog">
      <p>{text}</p>
      <div className="row row-end">
        <Button onClick={onCancel} data-testid="confirm-no" autoFocus>
          {texts.host.cancel}
        </Button>
        <Button
          kind={danger ? 'danger' : 'primary'}
          data-testid="confirm-yes"
          onClick={() => {
            onConfirm();
            onCancel();
          }}
        >
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
