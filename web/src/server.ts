// The server that served this page.
import { Api } from '@tarotforge/client';

export const api = new Api();
