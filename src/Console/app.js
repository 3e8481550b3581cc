import { html, render } from './lit.js';
import { painter } from './page.js';
import { route } from './router.js';
import { session, startSession } from './session/session.js';
import { expiredBanner, signInPage } from './session/page.js';
import { frame } from './frame.js';
import { leaveTenant } from './tenant.js';
import { tell } from './ui/dialog.js';
import { countAnew } from './ui/parts.js';
import { startTheme } from './ui/theme.js';
import { viewOf } from './views/index.js';

/**
 * A view: what one address shows.
 * @typedef {{title: string, lead?: any, aside?: function, tenant?: string, area?: string, body: function, close?: function, keys?: function}} View
 */

const app = document.getElementById('app');

/** @type {View} */
let view = null;
let heading = null;

function paint() {
  countAnew();

  if (session.state === 'signedIn') {
    view ??= open();
  } else {
    leave();
  }

  render(view ? html`${expiredBanner()}${frame(view)}` : session.state === 'signedOut' ? signInPage() : starting(), app);

  if (view && heading !== view.title) {
    heading = view.title;
    document.title = `${view.title} · Reanchor`;
  }
}

const starting = () => html`<main><div class="loading"><span class="bar"></span><p>Reanchor is starting …</p></div></main>`;

function open() {
  const next = viewOf(route());
  if (!next.tenant) leaveTenant();
  return next;
}

function leave() {
  view?.close?.();
  view = null;
  heading = null;
}

addEventListener('hashchange', () => {
  // A sign-in link, opened where the page is open already.
  if (location.hash.startsWith('#token=')) return location.reload();
  if (session.state !== 'signedIn') return;
  leave();
  paint();
  scrollTo(0, 0);
  document.querySelector('h1')?.focus();
});

addEventListener('keydown', event => {
  const typing = event.target.closest?.('input, textarea, select, dialog, [contenteditable]');
  if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) view?.keys?.(event);
});

// The browser keeps a page that was left for its Back button, with all that whoever was signed in could see.
addEventListener('pageshow', event => { if (event.persisted) location.reload(); });

// A fault of the page itself: nothing was lost on the other side, and a reload reads everything anew.
const fault = error => tell('The page has failed', `Reload it. What it said: ${error?.message ?? error}`);
addEventListener('unhandledrejection', event => fault(event.reason));
addEventListener('error', event => fault(event.error));

painter(paint);
startTheme();
paint();

try {
  await startSession();
} catch (error) {
  render(html`<main><h1>Reanchor cannot start</h1><div class="notice bad"><p>${error.message}</p></div><p>Reload the page to try again.</p></main>`, app);
  console.error(error);
}
