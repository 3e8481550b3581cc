/** Where the address says we are: `#/tenants/{id}/review/{proposal}?filter=…`. */
export function route() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return { parts: path.split('/').filter(Boolean).map(decodeURIComponent), query: new URLSearchParams(query) };
}

/** The address of a view. */
export const at = (...parts) => `#/${parts.map(encodeURIComponent).join('/')}`;

/** Goes there, as a link would. */
export function go(...parts) {
  location.hash = at(...parts);
}

/** Keeps a filter in the address, without a step in the history. @param {Record<string, string>} values */
export function keepInAddress(values) {
  const [path] = location.hash.split('?');
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  history.replaceState(null, '', `${location.pathname}${path}${query.size ? `?${query}` : ''}`);
}
