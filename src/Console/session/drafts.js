import { session } from './session.js';

const Key = 'reanchor.drafts';

/**
 * What somebody has typed or chosen and not yet sent. It is kept for this browser tab, over a look elsewhere, a reload and a new sign-in of
 * the same person; nobody else gets it.
 */
export const draft = (name, otherwise = '') => kept()[name] ?? otherwise;

/** @param value empty, and it is kept no longer. */
export function keep(name, value) {
  const drafts = kept();
  if (value.length) drafts[name] = value; else delete drafts[name];
  sessionStorage.setItem(Key, JSON.stringify({ of: session.me.id, drafts }));
}

export const dropDrafts = () => sessionStorage.removeItem(Key);

function kept() {
  const stored = JSON.parse(sessionStorage.getItem(Key));
  return stored?.of === session.me.id ? stored.drafts : {};
}
