/** Sync errors by the names that Microsoft gives them (docs/diagnosis.md); the API explains each. */
export const errorNames = [
  'QuarantinedAttributeValueMustBeUnique', 'AttributeValueMustBeUnique', 'InvalidSoftMatch', 'InvalidHardMatch', 'AttributeUpdateNotAllowed', 'ObjectTypeMismatch',
  'ExistingAdminRoleConflict', 'FederatedDomainChangeError', 'DeletingCloudOnlyObjectNotAllowed',
];

/** Senders and recipients of such mails, never the user in question. */
const senders = /^(msonlineservicesteam|no-?reply|mssupport|microsoft)[^@]*@|@(email\.)?microsoft(online)?\.com$/i;

/**
 * Finds whom a text is about: user names and addresses, object ids, anchors, and the error's name.
 * @returns {{users: string[], anchors: string[], error: ?string}}
 */
export function readErrorText(text) {
  const unique = items => [...new Set(items)];
  const addresses = (text.match(/[\p{L}\p{N}._%+'#-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+/giu) ?? []).filter(address => !senders.test(address));
  const ids = text.match(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi) ?? [];
  const anchors = text.match(/(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{22}==(?![A-Za-z0-9+/=])/g) ?? [];
  const plain = text.replaceAll(' ', '').toLowerCase();

  return { users: unique([...addresses, ...ids]), anchors: unique(anchors), error: errorNames.find(name => plain.includes(name.toLowerCase())) ?? null };
}
