// Buttons and links that look like them: one size, four kinds.
import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'wouter';
import { Icon, type IconName } from './icons';
import { Tip } from './tip';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

interface Looks {
  kind?: ButtonKind;
  icon?: IconName;
  children?: ReactNode;
}

const classOf = (kind: ButtonKind, extra?: string) =>
  `button button-${kind}${extra ? ` ${extra}` : ''}`;

export function Button({
  kind = 'plain',
  icon,
  children,
  className,
  ...rest
}: Looks & ComponentProps<'button'>) {
  return (
    <button type="button" className={classOf(kind, className)} {...rest}>
      {icon && <Icon name={icon} />}
      {children && <span>{children}</span>}
    </button>
  );
}

/** A button that is only a picture still has a name. */
export function IconButton({
  icon,
  label,
  className,
  ...rest
}: { icon: IconName; label: string } & ComponentProps<'button'>) {
  return (
    <Tip text={label}>
      <button
        type="button"
        className={`button button-quiet button-icon ${className ?? ''}`}
        aria-label={label}
        {...rest}
      >
        <Icon name={icon} />
      </button>
    </Tip>
  );
}

/** Its word is shown where there is room for it (`.tool`), its whole name always told. */
export function ToolButton({
  label,
  short,
  ...rest
}: { icon: IconName; label: string; short?: string } & ComponentProps<'button'>) {
  return (
    <Tip text={label}>
      <Button kind="quiet" className="tool" aria-label={label} {...rest}>
        {short ?? label}
      </Button>
    </Tip>
  );
}

export function ButtonLink({
  kind = 'plain',
  icon,
  children,
  href,
  ...rest
}: Looks & { href: string; 'data-testid'?: string }) {
  return (
    <Link href={href} className={classOf(kind)} {...rest}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </Link>
  );
}
