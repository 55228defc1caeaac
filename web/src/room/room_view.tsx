// The room on the screen.
import { useState } from 'react';
import { Brand } from '../ui/site_head';
import { texts } from '../ui/texts';
import { RoomBanners } from './banners';
import { useRoom, useSession } from './context';
import { RoomFoot } from './foot';
import { Invitation } from './invites';
import { People } from './people';
import { Notes, Question, ReadingPanel, Steps } from './reading_panel';
import { HostTools, LeaveButton } from './room_tools';
import { Refusals } from './refusals';
import { Table } from './table';
import { Tray } from './tray';
import { WarningDialog } from './warning_dialog';

export function RoomView() {
  const [chosen, setChosen] = useState<number | null>(null);
  const { deckId } = useSession();
  return (
    <div className="room" data-deck={deckId} data-testid="room">
      <RoomBanners />
      <Refusals />
      <header className="room-head">
        <Brand />
        <Question />
        <div className="room-head-end">
          <RoomStatus />
          <LeaveButton />
        </div>
      </header>
      <main className="room-main" id="content">
        <div>
          <Steps />
        </div>
        <Table chosen={chosen} onChoose={setChosen} />
        <Tray chosen={chosen} />
        <RoomFoot />
      </main>
      <aside className="room-side">
        <People />
        <Invitation />
        <ReadingPanel />
        <Notes />
        <HostTools />
      </aside>
      <WarningDialog />
    </div>
  );
}

function RoomStatus() {
  const link = useRoom((state) => state.link);
  const version = useRoom((state) => state.session?.version ?? 0);
  return (
    <span
      className="status"
      role="status"
      data-testid="room-status"
      data-status={link}
      data-version={version}
    >
      {texts.room.status[link]}
    </span>
  );
}
