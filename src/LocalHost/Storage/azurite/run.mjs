// Runs Azurite until stdin closes. The operating system closes it when the parent ends, however it ends, so Azurite never outlives it.
// Usage: node run.mjs <path of azurite.js> <Azurite's arguments>
import { pathToFileURL } from 'node:url';

const [script, ...args] = process.argv.slice(2);
process.argv = [process.argv[0], script, ...args];

// Ctrl+C reaches every process of the terminal at once. The parent still needs its storage while it shuts down, so only stdin ends this one.
let close = () => process.exit(0);
const once = process.once.bind(process);
process.once = (event, listener) => {
  if (event === 'SIGTERM') {
    close = listener;
    return process;
  }
  return event === 'SIGINT' ? process : once(event, listener);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {});
}

const end = () => {
  setTimeout(() => process.exit(0), 5000).unref();
  close(); // writes what is still in memory to the location folder
};
process.stdin.once('end', end).once('error', end).resume();

// With the parent gone its pipes are gone too, and a line printed then must not stop the closing.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => {});
}

await import(pathToFileURL(script).href);
