// A list of actions behind a button.
import { Menu as BaseMenu } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icons';

interface MenuProps {
  trigger: ReactElement;
  children: ReactNode;
}

export function Menu({ trigger, children }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={6} align="end" className="menu-place">
          <BaseMenu.Popup className="menu">{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

interface ItemProps {
  icon: IconName;
  children: ReactNode;
  danger?: boolean;
  testId?: string;
  onClick: () => void;
}

export function MenuItem({ icon, children, danger, testId, onClick }: ItemProps) {
  return (
    <BaseMenu.Item
      className={danger ? 'menu-item menu-item-danger' : 'menu-item'}
      data-testid={testId}
      onClick={onClick}
    >
      <Icon name={icon} size={17} />
      {children}
    </BaseMenu.Item>
  );
}

interface ChoiceProps<V extends string> {
  label: string;
  value: V;
  options: Record<V, string>;
  testId?: string;
  onChange: (value: V) => void;
}

export function MenuChoice<V extends string>(props: ChoiceProps<V>) {
  const { label, value, options, testId, onChange } = props;
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="menu-label">{label}</BaseMenu.GroupLabel>
      <BaseMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as V)}>
        {Object.entries<string>(options).map(([id, text]) => (
          <BaseMenu.RadioItem
            key={id}
            value={id}
            className="menu-item"
            data-testid={testId && `${testId}-${id}`}
          >
            <span className="menu-mark" aria-hidden="true">
              <BaseMenu.RadioItemIndicator>
                <Icon name="check" size={15} />
              </BaseMenu.RadioItemIndicator>
            </span>
            {text}
          </BaseMenu.RadioItem>
        ))}
      </BaseMenu.RadioGroup>
    </BaseMenu.Group>
  );
}

export function MenuSwitch(props: {
  children: ReactNode;
  on: boolean;
  testId?: string;
  onChange: (on: boolean) => void;
}) {
  return (
    <BaseMenu.CheckboxItem
      className="menu-item"
      checked={props.on}
      onCheckedChange={props.onChange}
      data-testid={props.testId}
    >
      <span className="menu-mark" aria-hidden="true">
        <BaseMenu.CheckboxItemIndicator>
          <Icon name="check" size={15} />
        </BaseMenu.CheckboxItemIndicator>
      </span>
      {props.children}
    </BaseMenu.CheckboxItem>
  );
}

export const MenuLine = () => <BaseMenu.Separator className="menu-line" />;
