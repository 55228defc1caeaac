// The lines above the room: what is wrong with the connection or with saving, while it is.
import { useEffect, useState } from 'react';
import { Banner } from '../ui/banner';
import { atTime } from '../ui/format';
import { texts } from '../ui/texts';
import { useRoom } from './context';

// A usual reload is live before; then nothing needs to be said.
const COPY_SAID_AFTER_MS = 1_500;

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
          icon="offline"
          testId="offline-banner"
        />
      )}
      <CopyBanner />
      {savingPaused && <Banner text={texts.banner.savingPaused} testId="saving-banner" />}
    </div>
  );
}

/** What is seen is what this browser kept; the server has not been heard since the page opened. */
function CopyBanner() {
  const copyFrom = useRoom((state) => state.copyFrom);
  const [said, setSaid] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(true), COPY_SAID_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!copyFrom || !said) return null;
  return (
    <Banner text={texts.banner.copy(atTime(copyFrom))} icon="history" testId="copy-banner" />
  );
}
