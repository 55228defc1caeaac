// Another process's lock on a server's database: while it is held, nothing can be saved there.
import { DatabaseSync } from 'node:sqlite';
import type { Server } from './server.ts';

export class DatabaseLock {
  private readonly database: DatabaseSync;

  constructor(server: Server) {
    this.database = new DatabaseSync(`${server.folder}/readings.db`);
    // Somebody may be writing at this very moment.
    this.database.exec('PRAGMA busy_timeout = 10000');
    this.database.exec('BEGIN EXCLUSIVE');
  }

  release(): void {
    if (!this.database.isOpen) return;
    this.database.exec('ROLLBACK');
    this.database.close();
  }
}
