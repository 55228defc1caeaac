// The room of this page, for the components in it.
import { createContext, useCallback, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import {
  you,
  type OperationRequest,
  type Outcome,
  type Person,
  type RoomClient,
  type RoomState,
  type ShownSession,
} from '@tarotforge/client';

const RoomContext = createContext<RoomClient | null>(null);

export function RoomProvider({ client, children }: { client: RoomClient; children: ReactNode }) {
  return <RoomContext value={client}>{children}</RoomContext>;
}

export function useRoomClient(): RoomClient {
  const client = useContext(RoomContext);
  if (!client) throw new Error('outside of a room');
  return client;
}

export function useRoom<T>(select: (state: RoomState) => T): T {
  return useStore(useRoomClient().store, select);
}

/** The session as it is shown, in components that are drawn only once it is there. */
export function useSession(): ShownSession {
  const session = useRoom((state) => state.shown);
  if (!session) throw new Error('the session is not here yet');
  return session;
}

export const useYou = (): Person | null => useRoom(you);

/** Shown at once; what is refused later is undone, and said by `Refusals`. */
export function useOperate(): (request: OperationRequest) => Promise<Outcome> {
  const client = useRoomClient();
  return useCallback((request) => client.operate(request), [client]);
}

/** What this person may do. The server decides; this only hides what it would refuse. */
export function useRights() {
  const me = useYou();
  const locked = useRoom((state) => state.shown?.tableLocked ?? false);
  const isHost = me?.role === 'host';
  return {
    isHost,
    mayWrite: isHost || me?.role === 'reader',
    mayTouch: isHost || !locked,
  };
}
