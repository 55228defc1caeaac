// The lines above the room: what is wrong with the connection or with saving, while it is.
import { Banner } from '../ui/banner';
import { texts } from '../ui/texts';
import { useRoom } from './context';

export function RoomBanners() {
  const link = useRoom((state) => state.link);
  const savingPaused = useRoom((state) => state.savingPaused);
  const text =
    link === 'reconnecting' || link === 'offline' || link === 'restarting'
      ? texts.banner[link]
      : null;
  return (
    <div className="room-banners">
      {text && (
        <Banner
          text={text}
          tone={link === 'offline' ? 'trouble' : 'notice'}
          testId="offline-banner"
        />
      )}
      {savingPaused && <Banner text={texts.banner.savingPaused} testId="saving-banner" />}
    </div>
  );
}
