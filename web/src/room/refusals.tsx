// What was done here and not accepted is said in the server's words; the table has undone it already.
import { useEffect } from 'react';
import { toastProblem } from '../ui/toasts';
import { useRoomClient } from './context';

export function Refusals() {
  const client = useRoomClient();
  useEffect(() => client.on('refused', ({ problem }) => toastProblem(problem)), [client]);
  return null;
}
