import { IconButton } from './button';
import { Menu, MenuChoice, MenuLine, MenuSwitch } from './menu';
import { prefer, usePreferences } from './preferences';
import { chime } from './sound';
import { texts } from './texts';

const t = texts.preferences;

/** Theme and sound. */
export function PreferencesMenu() {
  const { theme, sound } = usePreferences();
  return (
    <Menu trigger={<IconButton icon="settings" label={t.title} data-testid="preferences" />}>
      <MenuChoice
        label={t.theme}
        value={theme}
        options={t.themes}
        testId="theme"
        onChange={(next) => prefer({ theme: next })}
      />
      <MenuLine />
      <MenuSwitch
        on={sound}
        testId="sound"
        onChange={(on) => {
          prefer({ sound: on });
          if (on) chime();
        }}
      >
        {t.sound}
      </MenuSwitch>
    </Menu>
  );
}
