// Modals: the focus goes into them, stays inside and comes back afterwards.
import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { Button, IconButton } from './button';
import { texts } from './texts';

interface DialogProps {
  title: string;
  children: ReactNode;
  onClose: () => void;
  wide?: boolean;
  testId?: string;
}

export function Dialog({ title, children, onClose, wide, testId }: DialogProps) {
  return (
    <BaseDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="backdrop" />
        <BaseDialog.Viewport className="dialog-viewport">
          <BaseDialog.Popup
            className={wide ? 'dialog dialog-wide' : 'dialog'}
            data-testid={testId}
          >
            <div className="dialog-head">
              <BaseDialog.Title>{title}</BaseDialog.Title>
              <IconButton icon="close" label={texts.close} onClick={onClose} />
            </div>
            {children}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

interface AlertProps {
  title: string;
  /** What it is about; read out with the title. */
  text?: string;
  children: ReactNode;
  /** Absent: only its own buttons answer it. */
  onClose?: () => void;
  firstFocus?: RefObject<HTMLElement | null>;
  testId?: string;
}

/** A question that must be answered. */
export function Alert({ title, text, children, onClose, firstFocus, testId }: AlertProps) {
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose?.()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Viewport className="dialog-viewport">
          <AlertDialog.Popup
            className="dialog"
            data-testid={testId}
            {...(firstFocus ? { initialFocus: firstFocus } : {})}
          >
            <AlertDialog.Title>{title}</AlertDialog.Title>
            {text && <AlertDialog.Description>{text}</AlertDialog.Description>}
            {children}
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
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
    <Alert title={title} text={text} onClose={onCancel} testId="confirm-dialog">
      <div className="row row-end">
        <Button onClick={onCancel} data-testid="confirm-no">
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
    </Alert>
  );
}
