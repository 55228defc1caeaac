// Creating a room from any page: asks the server, keeps the seat, goes to the room.
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../server';
import type { CreateSession } from '@tarotforge/client';
import { lastName, rememberName, rememberRoom } from '../room/known_rooms';
import { toastProblem } from '../ui/toasts';

export function useStartReading() {
  const [starting, setStarting] = useState(false);
  const [, navigate] = useLocation();

  async function start(wishes: CreateSession): Promise<void> {
    setStarting(true);
    const name = wishes.name?.trim() || lastName();
    const answer = await api.createSession({ ...wishes, name: name || undefined });
    setStarting(false);
    if (!answer.ok) return toastProblem(answer.problem);
    const { session, participant, token, restoreKey, invite } = answer.value;
    if (name) rememberName(name);
    rememberRoom({
      sessionId: session.id,
      token,
      restoreKey,
      participantId: participant.id,
      name: participant.name ?? name,
      role: 'host',
      deckId: session.deckId,
      inviteUrl: invite.url,
      enteredAt: new Date().toISOString(),
    });
    navigate(`/room/${session.id}`);
  }

  return { start, starting };
}
