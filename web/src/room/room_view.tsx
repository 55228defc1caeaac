// The room on the screen: the table in the middle; beside it, on a phone behind tabs below it, the
// people, what is written, and what can be done with the room.
import { useEffect, useState } from 'react';
import { DeckScope } from '../ui/card_face';
import { Icon, type IconName } from '../ui/icons';
import { PreferencesMenu } from '../ui/preferences_menu';
import { Brand } from '../ui/site_head';
import { texts } from '../ui/texts';
import { RoomBanners } from './banners';
import { CardPanel } from './card_panel';
import { useRoom, useSession } from './context';
import { RoomFoot } from './foot';
import { Invitation } from './invites';
import { People } from './people';
import { Notes, Question, ReadingPanel } from './reading_panel';
import { Refusals } from './refusals';
import { RoomNews } from './room_news';
import { LeaveButton, RoomTools } from './room_tools';
import { Steps } from './steps';
import { Table } from './table';
import { Tray } from './tray';
import { WarningDialog } from './warning_dialog';

type Panel = 'table' | 'people' | 'notes' | 'room';
const PANEL_ORDER: Panel[] = ['table', 'people', 'notes', 'room'];
const PANELS: Record<Panel, IconName> = {
  table: 'table',
  people: 'people',
  notes: 'notes',
  room: 'settings',
};

export function RoomView() {
  const { deckId, cards } = useSession();
  const [chosen, setChosen] = useChosen();
  const [panel, setPanel] = useState<Panel>('table');
  const card = cards.find(({ position }) => position === chosen) ?? null;
  return (
    <DeckScope deckId={deckId} fetchAhead>
      <div className="room" data-deck={deckId} data-panel={panel} data-testid="room">
        <a className="skip" href="#content">
          {texts.nav.skip}
        </a>
        <RoomBanners />
        <Refusals />
        <RoomNews />
        <header className="room-head">
          <Brand />
          <Question />
          <div className="room-head-end">
            <RoomStatus />
            <PreferencesMenu />
            <LeaveButton />
          </div>
        </header>
        <main className="room-main" id="content">
          <Steps />
          <Table chosen={chosen} onChoose={setChosen} />
          <Tray card={card} />
          <RoomFoot />
        </main>
        <aside className="room-side" aria-label={texts.room.side}>
          <CardPanel card={card} onClose={() => setChosen(null)} />
          <div className="side-group" data-group="people">
            <People />
            <Invitation />
          </div>
          <div className="side-group" data-group="notes">
            <Notes />
            <ReadingPanel />
          </div>
          <div className="side-group" data-group="room">
            <RoomTools />
          </div>
        </aside>
        <PanelTabs panel={panel} onPanel={setPanel} />
        <WarningDialog />
      </div>
    </DeckScope>
  );
}

/** The position of the card chosen here; what is newly shown to everybody is chosen everywhere. */
function useChosen() {
  const { cards, activeCardIndex } = useSession();
  const [chosen, setChosen] = useState<string | null>(null);
  const active = cards.find(({ index }) => index === activeCardIndex)?.position ?? null;
  useEffect(() => {
    if (active !== null) setChosen(active);
  }, [active]);
  return [chosen, setChosen] as const;
}

/** Only on a phone: on a wide screen everything is there at once. */
function PanelTabs({ panel, onPanel }: { panel: Panel; onPanel: (panel: Panel) => void }) {
  const here = useRoom(
    (state) =>
      Object.values(state.people).filter(({ presence }) => presence !== 'offline').length,
  );
  return (
    <nav className="panel-tabs" aria-label={texts.room.side}>
      {PANEL_ORDER.map((id) => (
        <button
          key={id}
          type="button"
          className="panel-tab"
          aria-pressed={panel === id}
          data-testid={`panel-${id}`}
          onClick={() => onPanel(panel === id ? 'table' : id)}
        >
          <Icon name={PANELS[id]} size={20} />
          {texts.room.panels[id]}
          {id === 'people' && here > 1 && <span className="panel-count">{here}</span>}
        </button>
      ))}
    </nav>
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
      <span className="status-word">{texts.room.status[link]}</span>
    </span>
  );
}
