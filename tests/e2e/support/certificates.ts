// Certificates of a test's own, made by openssl.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { connect, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';

const openssl = (...words: string[]) => promisify(execFile)('openssl', words);

// A root that signs itself, as NAME.crt and NAME.key.
export async function makeRoot(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  await openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
                '-days', '2', '-subj', `/CN=${name}`, '-keyout', `${file}.key`,
                '-out', `${file}.crt`);
  return `${file}.crt`;
}

// server.crt and server.key, made out to a host and signed by a root of the same folder.
export async function makeServer(folder: string, root: string, host: string): Promise<void> {
  const file = join(folder, 'server');
  await openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
                '-subj', `/CN=${host}`, '-keyout', `${file}.key`, '-out', `${file}.csr`);
  await writeFile(`${file}.ext`, `subjectAltName=${isIP(host) ? 'IP' : 'DNS'}:${host}\n`);
  await openssl('x509', '-req', '-in', `${file}.csr`, '-CA', join(folder, `${root}.crt`),
                '-CAkey', join(folder, `${root}.key`), '-CAcreateserial', '-days', '2',
                '-extfile', `${file}.ext`, '-out', `${file}.crt`);
}

// From here on fetch and WebSocket of this process trust what that root has signed.
export function trust(root: string): void {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(root, 'utf8')]);
}

// The fingerprint of what a server shows to who connects now.
export function shownBy(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
