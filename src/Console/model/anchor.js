/** The GUID inside an anchor, as AD tools show it; null when the anchor is not the Base64 of 16 bytes. */
export function guidOf(anchor) {
  if (!/^[A-Za-z0-9+/]{22}==$/.test(anchor ?? '')) return null;
  const hex = [...atob(anchor)].map(c => c.charCodeAt(0).toString(16).padStart(2, '0'));

  // AD stores the first three groups little-endian.
  const group = (...places) => places.map(i => hex[i]).join('');
  return [group(3, 2, 1, 0), group(5, 4), group(7, 6), group(8, 9), group(10, 11, 12, 13, 14, 15)].join('-');
}
