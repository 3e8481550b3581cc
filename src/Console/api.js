import { session, signInExpired, tokenForCall } from './session/session.js';
import { update } from './page.js';

/** A refusal in the API's words (RFC 9457). */
export class Problem extends Error {
  constructor(status, detail, errors = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

/** Nothing was sent, or nothing was done with it. */
export class SignInExpired extends Problem {
  constructor() {
    super(401, 'Your sign-in has expired. Sign in again at the top of the page; your reason stays.');
  }
}

/** No answer came. */
export class ConnectionLost extends Error {
  constructor() {
    super('Reanchor does not answer. Check your connection.');
  }
}

/** Since when no answer has come; null while all is well. */
export const connection = { lostSince: null };

/** Where the API is, seen from the console's own address. */
const root = new URL('../', document.baseURI);

const addressOf = path => new URL(path, root);

/** @returns {Promise<any>} the answer's JSON; null when it has none. */
export const get = path => call('GET', path);
export const post = (path, body) => call('POST', path, body);
export const put = (path, body) => call('PUT', path, body);
export const remove = (path, body) => call('DELETE', path, body);

/** Every item of a list, page after page. */
export async function all(path, { each = () => {}, top = 1000 } = {}) {
  const items = [];
  let next = null;

  do {
    const address = addressOf(path);
    address.searchParams.set('top', top);
    if (next) address.searchParams.set('next', next);
    const page = await call('GET', address);
    items.push(...page.items);
    next = page.next;
    each(items);
  } while (next);

  return items;
}

/** Fetches what cannot be a link, because a link sends no token, and hands it to the browser's download. */
export async function download(path, name) {
  const answer = await send('GET', addressOf(path));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function call(method, path, body) {
  const answer = await send(method, addressOf(path), body);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

async function send(method, address, body) {
  // Whatever reads on by itself would count as failed sign-ins.
  if (session.state !== 'signedIn') throw new Problem(401, 'You are not signed in.');
  let answer;

  try {
    const token = await tokenForCall();
    if (token === null) throw new SignInExpired();
    const headers = { authorization: `Bearer ${token}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    answer = await fetch(address, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    connection.lostSince ??= new Date();
    update();
    throw new ConnectionLost();
  }

  if (connection.lostSince) {
    connection.lostSince = null;
    update();
  }

  if (answer.ok) return answer;

  if (answer.status === 401) {
    signInExpired();
    throw new SignInExpired();
  }

  throw await problemOf(answer);
}

async function problemOf(answer) {
  const text = await answer.text();

  try {
    const problem = JSON.parse(text);
    return new Problem(answer.status, problem.detail ?? problem.title, problem.errors);
  } catch {
    return new Problem(answer.status, `Reanchor answered with status ${answer.status} and no explanation.`);
  }
}
