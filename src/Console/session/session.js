import { update } from '../page.js';
import { dropDrafts } from './drafts.js';
import * as local from './local.js';

/**
 * Who is signed in. `state` is starting, signedOut or signedIn; `how` is what settings.json says; `problem` says why nobody is; `expired`,
 * that whoever is has to sign in again.
 */
export const session = { state: 'starting', how: null, me: null, problem: null, expired: false };

const Expired = 'Your sign-in has expired.';

let provider;

/** Reads how this installation signs people in, and signs in if that takes no click. */
export async function startSession() {
  const answer = await fetch(new URL('settings.json', document.baseURI));
  if (!answer.ok) throw new Error(`The console's settings could not be read: status ${answer.status}.`);
  session.how = await answer.json();
  provider = session.how.signIn === 'local' ? local : await import('./entra.js');
  await provider.start(session.how);
  await enter();
}

/** By what the person clicks or types. */
export const signIn = input => provider.signIn(input);

export function signOut() {
  dropDrafts();
  return provider.signOut();
}

/** @returns null when the sign-in has expired. */
export async function tokenForCall() {
  const token = session.expired ? null : await provider.token();
  if (token === null) signInExpired();
  return token;
}

/** The page stays and says so, so that nobody is torn away from what they are doing. */
export function signInExpired() {
  session.expired = true;
  update();
}

/** By the person's click. */
export async function signInAgain() {
  await provider.signInAgain();
  signedOut(Expired);
}

/** @param {?string} problem why, if somebody was or tried to be. */
function signedOut(problem) {
  Object.assign(session, { state: 'signedOut', me: null, problem });
  update();
}

/** Whether the caller holds one of the roles; those who may change something may read. */
export const may = (...roles) => roles.some(role => session.me.roles.includes(role));

async function enter() {
  const why = provider.signedOutBecause();

  if (why !== undefined) {
    signedOut(why);
    return;
  }

  const token = await provider.token();

  if (token === null) {
    signedOut(Expired);
    return;
  }

  // Not api.js: a refusal here is about the sign-in itself.
  const answer = await fetch(new URL('../me', document.baseURI), { headers: { authorization: `Bearer ${token}` } });
  if (answer.ok) {
    Object.assign(session, { state: 'signedIn', me: await answer.json(), problem: null });
  } else {
    signedOut(answer.status === 401 ? 'Reanchor does not accept this sign-in. It may have ended.'
      : answer.status === 403 ? 'You have signed in, but hold none of Reanchor\'s roles. Ask an administrator of your directory to assign you one: Read, Operate, Approve or Administer.'
      : `Reanchor could not say who you are: status ${answer.status}.`);
  }
  update();
}
