/** Sign-in to a local installation: a token that LocalHost gives out, kept for this browser tab alone. */

const Key = 'reanchor.token';

/** Takes the token out of the address, where it would end up in the history. */
export function start() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');

  if (given) {
    sessionStorage.setItem(Key, given);
    history.replaceState(null, '', `${location.pathname}#/`);
  }
}

/** By a page of its own: nothing that was read for somebody else is left in it. */
export function signIn(text) {
  sessionStorage.setItem(Key, text.trim().replace(/^.*#token=/, ''));
  location.reload();
}

/** There is nowhere to go for it: the sign-in page takes another token. */
export const signInAgain = () => {};

/** Leaves the page, with all that it has read. */
export function signOut() {
  sessionStorage.removeItem(Key);
  location.replace(location.pathname);
}

export const token = () => sessionStorage.getItem(Key) ?? '';

/** @returns why nobody is signed in; null when nobody tried; undefined when somebody is. */
export function signedOutBecause() {
  if (!token()) return null;
  const ends = endOf(token());
  return ends === null ? 'This is not a token of LocalHost.' : ends < Date.now() ? 'Your sign-in link is no longer valid: its eight hours are over.' : undefined;
}

function endOf(text) {
  try {
    return JSON.parse(atob(text.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))).exp * 1000;
  } catch {
    return null;
  }
}
