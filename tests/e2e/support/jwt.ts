// JSON Web Tokens as an identity provider makes them, by the secret that it shares with the server.
import { createHmac } from 'node:crypto';

export const JWT_SECRET = 'a-secret-of-an-identity-provider-for-tests';

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

// For `sub`, valid for an hour unless `claims` say otherwise.
export function makeJwt(sub: string, claims: object = {}, secret = JWT_SECRET): string {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const text = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ sub, exp, ...claims })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
