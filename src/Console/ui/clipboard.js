import { announce } from '../page.js';
import { tell } from './dialog.js';

/** Copies a text, and says whether it worked. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    announce('Copied.');
  } catch {
    tell('It could not be copied', 'The browser does not let this page write to the clipboard. Mark the text and copy it.');
  }
}
