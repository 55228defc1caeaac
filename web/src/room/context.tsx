// The room of this page, for the components in it.
import { createContext, useCallback, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { toastProblem } from '../ui/toasts';
import type { Outcome, OperationRequest } from './outbox';
import type { RoomClient } from './room_client';
import { you, type Person, type RoomState } from './state';
import type { Session } from '../protocol/types';

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

/** The session, in components that are drawn only once it is there. */
export function useSession(): Session {
  const session = useRoom((state) => state.session);
  if (!session) throw new Error('the session is not here yet');
  return session;
}

export const useYou = (): Person | null => useRoom(you);

/** Sends an operation; a refusal is shown in the server's words. */
export function useOperate(): (request: OperationRequest) => Promise<Outcome> {
  const client = useRoomClient();
  return useCallback(
    async (request) => {
      const outcome = await client.operate(request);
      if (outcome.status === 'refused' && client.store.getState().ending === null) {
        toastProblem(outcome.problem);
      }
      return outcome;
    },
    [client],
  );
}

/** What this person may do. The server decides; this only hides what it would refuse. */
export function useRights() {
  const me = useYou();
  const locked = useRoom((state) => state.session?.tableLocked ?? false);
  const isHost = me?.role === 'host';
  return {
    isHost,
    mayWrite: isHost || me?.role === 'reader',
    mayTouch: isHost || !locked,
  };
}
