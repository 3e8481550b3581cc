/** What every module may ask of the page: to paint again, and to say something to those who do not see it. */

let paint = () => {};
let queued = false;

/** Called once, by the page itself. */
export function painter(paintNow) {
  paint = paintNow;
}

/** Paints before the next frame, however often it is called until then. */
export function update() {
  if (!queued) {
    queued = true;
    requestAnimationFrame(() => {
      queued = false;
      paint();
    });
  }
}

/** Settles when what is known now has been painted. */
export const painted = () => new Promise(requestAnimationFrame);

/** For screen readers: progress and outcomes, when the reader is idle. */
export function announce(text) {
  say('polite', text);
}

/** For screen readers: what may not wait. */
export function alertNow(text) {
  say('assertive', text);
}

function say(id, text) {
  const region = document.getElementById(id);

  // The same words twice are said twice.
  region.textContent = '';
  setTimeout(() => { region.textContent = text; }, 50);
}
