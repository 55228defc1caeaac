// A time in which nothing can be saved in a server's database: another process's lock on the SQLite
// file, or a PostgreSQL that has crashed.
import { DatabaseSync } from 'node:sqlite';
import { ON_POSTGRESQL, sharedCluster, type Server } from './server.ts';

export class DatabaseLock {
  private readonly end: () => Promise<void>;
  private released = false;

  private constructor(end: () => Promise<void>) {
    this.end = end;
  }

  static async take(server: Server): Promise<DatabaseLock> {
    if (ON_POSTGRESQL) {
      const cluster = await sharedCluster();
      await cluster.halt();
      return new DatabaseLock(() => cluster.resume());
    }
    const database = new DatabaseSync(`${server.folder}/readings.db`);
    // Somebody may be writing at this very moment.
    database.exec('PRAGMA busy_timeout = 10000');
    database.exec('BEGIN EXCLUSIVE');
    return new DatabaseLock(async () => {
      database.exec('ROLLBACK');
      database.close();
    });
  }

  async release(): Promise<void> {
    if (this.released) return;
    this.released = true;
    await this.end();
  }
}
