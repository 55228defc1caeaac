// A line across the page that says what is wrong while it is wrong.
import { Icon, type IconName } from './icons';

interface BannerProps {
  text: string;
  tone?: 'notice' | 'trouble';
  icon?: IconName;
  testId?: string;
}

export function Banner({ text, tone = 'notice', icon = 'warning', testId }: BannerProps) {
  return (
    <div className={`banner banner-${tone}`} role="status" data-testid={testId}>
      <Icon name={icon} />
      <span>{text}</span>
    </div>
  );
}
