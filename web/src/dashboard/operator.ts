// Whether this browser is signed in as the operator. The cookie itself is not for scripts to see: it is
// known by the server's answers.
import { create } from 'zustand';

export type SignIn = 'unknown' | 'in' | 'out';

export const useOperator = create<{ signIn: SignIn }>(() => ({ signIn: 'unknown' }));

export const signedIn = (): void => useOperator.setState({ signIn: 'in' });
export const signedOut = (): void => useOperator.setState({ signIn: 'out' });
