import { html, nothing } from '../lit.js';
import { all, get } from '../api.js';
import { announce } from '../page.js';
import { Reading, shown } from '../reading.js';
import { at } from '../router.js';
import { isOver, isWhole, withFindings } from '../model/scans.js';
import { nameOf, pauseButton, tenantReading } from '../tenant.js';
import { empty, notice } from '../ui/parts.js';
import { findingsChart } from '../ui/chart.js';
import { FindingList } from '../ui/finding-list.js';
import { latestScan, startButtons, reportLinks } from '../ui/scan-parts.js';
import { time } from '../ui/time.js';
import { poisonPanel } from '../ui/poison.js';

const ChartedScans = 20;

/** What the latest scan found, and every scan before it in numbers. */
export function findings({ tenant, query }) {
  const about = tenantReading(tenant);
  const scans = new Reading(() => get(`tenants/${tenant}/scans?top=${ChartedScans}`).then(page => page.items), { every: 30_000 });
  const poison = new Reading(() => get(`tenants/${tenant}/poison?status=waiting`).then(page => page.items), { every: 60_000 });
  const list = new FindingList(tenant, query);
  let found = null;
  let read = null;
  let said = null;

  /** Follows the newest scan: its progress, and its findings as soon as it is over. */
  function follow() {
    const [newest] = scans.value ?? [];
    if (!newest) return;
    const over = isOver(newest);
    scans.every = over ? 30_000 : 2_000;
    const state = `${newest.scanId} ${newest.status}`;

    if (said !== null && said !== state) {
      announce(over ? `The scan has ended: ${newest.status}.` : `The scan is ${newest.status}.`);
    }

    said = state;

    // A running scan takes over the findings row by row; its list is read when it has ended.
    const source = withFindings(scans.value);
    if (source && isOver(source) && read?.scanId !== source.scanId) {
      read = source;
      found?.close();
      found = new Reading(() => all(`tenants/${tenant}/scans/${source.scanId}/findings`));
    }
  }

  /** Whose findings these are, where it is not plain. */
  function whose() {
    const newest = scans.value[0];
    const told = [];
    if (newest.scanId !== read.scanId) told.push(html`These are the findings of the scan that ended ${time(read.endedAt)}. The latest one ${newest.status === 'failed' ? 'failed before it read anybody' : `is ${newest.status}`}.`);
    if (!isWhole(read)) told.push('The scan failed: users whom it did not reach are missing here.');
    return told.length ? notice('warn', told.map(text => html`<p>${text}</p>`)) : nothing;
  }

  const listed = items => items.length === 0 && !isWhole(read)
    ? empty('Nothing found before it failed', 'Whether there is anything to find is unknown.')
    : list.render(items);

  /** While there is no list to show, though there are scans. */
  const notYet = () => withFindings(scans.value)
    ? empty('The scan is not over', 'What it finds is listed here when it has ended.')
    : empty('No findings yet', `${scans.value.length < ChartedScans ? 'No scan' : `None of the latest ${ChartedScans} scans`} has read the tenant's users.`);

  return {
    get title() { return nameOf(tenant); },
    lead: 'What the latest scan found, and why.',
    tenant,
    area: 'findings',
    aside: () => about.value ? html`<div class="buttons">${startButtons(about.value, scans)}${pauseButton(about.value)}</div>` : nothing,
    body() {
      follow();
      return html`
        ${shown(scans, items => items.length === 0
          ? empty('No scan yet', 'A scan reads the tenant\'s users that carry an anchor and are not synced, and says of each why it may or may not be cleared. It changes nothing.',
            html`<p><a href=${at('tenants', tenant, 'setup')}>Go through the set-up step by step</a></p>`)
          : html`
            <div class="columns">
              <section class="panel" aria-labelledby="latest"><h2 id="latest">Latest scan</h2>${latestScan(items[0], scans)}</section>
              <section class="panel" aria-labelledby="past"><h2 id="past">Findings over time</h2>${findingsChart(items.filter(isOver).toReversed())}</section>
            </div>`)}
        ${poisonPanel(tenant, poison)}
        ${found ? html`
          <section class="panel" aria-labelledby="findings">
            <header><h2 id="findings">Findings</h2>${reportLinks(tenant, read.scanId)}</header>
            ${whose()}
            ${shown(found, listed)}
          </section>` : scans.value?.length ? html`<section class="panel" aria-label="Findings">${notYet()}</section>` : nothing}`;
    },
    close() {
      scans.close();
      poison.close();
      found?.close();
    },
  };
}
