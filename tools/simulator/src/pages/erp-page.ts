import type { Mapping, RequeueRecord } from '../estate/estate-state.js';
import type { MissingUnit } from '../estate/estate.js';
import type { Order } from '../story/order.js';
import { LEGAL_ENTITIES } from '../story/legal-entities.js';
import { html, NOTHING, type Html } from './html.js';
import { page, time } from './layout.js';

export type ErpView = {
  mappings: readonly Mapping[];
  missing: readonly MissingUnit[];
  requeues: readonly RequeueRecord[];
  /** Payments that nobody applied to their invoice. */
  unapplied: readonly Order[];
  /** Unit that somebody chose to map. */
  chosen?: string;
  /** Unit that was mapped by the form just before. */
  added?: string;
  /** Payment that was applied just before. */
  applied?: string;
  /** What was wrong with the form, and what was typed. */
  refused?: { problem: string; unit: string };
};

const ADDED_BY: Record<Mapping['addedBy'], string> = {
  'set-up': 'set-up',
  history: 'master data team',
  page: 'this page',
};

const OUTCOMES: Record<RequeueRecord['outcome'], { icon: string; words: string; tone: string }> = {
  running: { icon: '◷', words: 'accepted, runs', tone: 'info' },
  succeeded: { icon: '●', words: 'ran to the end', tone: 'good' },
  'failed-again': { icon: '▲', words: 'failed again', tone: 'critical' },
  refused: { icon: '▲', words: 'refused', tone: 'critical' },
  'already-processed': { icon: '◆', words: 'already processed', tone: 'warning' },
};

/** The page on which master data of the simulated ERP is put right. */
export function erpPage(view: ErpView): string {
  const note =
    view.refused !== undefined
      ? html`<p class="note wrong" role="alert">${view.refused.problem}</p>`
      : view.added !== undefined
        ? html`<p class="note" role="status">${view.added} is mapped now. Send its orders again from Throughline.</p>`
        : view.applied !== undefined
          ? html`<p class="note" role="status">${view.applied} is applied to its invoice.</p>`
          : NOTHING;
  return page(
    '/erp',
    'SAP S/4HANA: company codes of selling units',
    html`
      ${note} ${missingSection(view.missing)} ${formSection(view)} ${unappliedSection(view.unapplied)}
      ${mappingSection(view.mappings)} ${requeueSection(view.requeues)}
    `,
  );
}

function missingSection(missing: readonly MissingUnit[]): Html {
  if (missing.length === 0) {
    return html`<section aria-labelledby="missing">
      <h2 id="missing">Units without company code</h2>
      <p class="muted">Every selling unit that an order asked for is mapped.</p>
    </section>`;
  }
  const rows = missing.map(
    ({ unit, legalEntity, orders }) =>
      html`<tr>
        <td>
          <a href="/erp?unit=${encodeURIComponent(unit)}#add"><code>${unit}</code></a>
        </td>
        <td>${legalEntity}</td>
        <td class="number">${orders.length}</td>
        <td>${orders.slice(0, 6).join(', ')}${orders.length > 6 ? ' …' : ''}</td>
      </tr>`,
  );
  return html`<section aria-labelledby="missing">
    <h2 id="missing">Units without company code</h2>
    ${table('Units without company code', ['Selling unit', 'Legal entity', '#Orders waiting', 'Orders'], rows)}
  </section>`;
}

function formSection(view: ErpView): Html {
  const unit = view.refused?.unit ?? view.chosen ?? '';
  const asking = view.missing.find((missing) => missing.unit === unit);
  const suggestions = view.missing.map((missing) => html`<option value="${missing.unit}"></option>`);
  const codes = LEGAL_ENTITIES.map(({ code, name }) =>
    code === asking?.legalEntity
      ? html`<option value="${code}" selected>${code} ${name}</option>`
      : html`<option value="${code}">${code} ${name}</option>`,
  );
  return html`<section aria-labelledby="add">
    <h2 id="add">Add a mapping</h2>
    <form method="post" action="/erp/mappings">
      <div class="field">
        <label for="unit">Selling unit</label>
        <input id="unit" name="unit" value="${unit}" list="units" required autocomplete="off" maxlength="40" />
      </div>
      <datalist id="units">${suggestions}</datalist>
      <div class="field">
        <label for="company-code">Company code</label>
        <select id="company-code" name="companyCode" required>
          ${codes}
        </select>
      </div>
      <button type="submit">Add mapping</button>
    </form>
  </section>`;
}

function unappliedSection(orders: readonly Order[]): Html {
  if (orders.length === 0) return NOTHING;
  const rows = orders.slice(0, 50).map(
    (order) =>
      html`<tr>
        <td><code>${order.paymentReference}</code></td>
        <td><code>${order.billingDocument}</code></td>
        <td>${order.customer.name}</td>
        <td class="number">${order.currency} ${order.amount}</td>
        <td>
          <form method="post" action="/erp/applications">
            <input type="hidden" name="paymentReference" value="${order.paymentReference}" />
            <button type="submit" aria-label="Apply ${order.paymentReference}">Apply</button>
          </form>
        </td>
      </tr>`,
  );
  return html`<section aria-labelledby="unapplied">
    <h2 id="unapplied">Payments that nobody applied</h2>
    ${table('Payments that nobody applied', ['Payment', 'Invoice', 'Customer', '#Amount', 'Apply'], rows)}
  </section>`;
}

function mappingSection(mappings: readonly Mapping[]): Html {
  const rows = [...mappings].reverse().map(
    (mapping) =>
      html`<tr>
        <td><code>${mapping.unit}</code></td>
        <td>${mapping.companyCode}</td>
        <td>${ADDED_BY[mapping.addedBy]}</td>
        <td>${time(mapping.addedAt)}</td>
      </tr>`,
  );
  return html`<section aria-labelledby="mappings">
    <h2 id="mappings">Mappings</h2>
    ${table('Mappings', ['Selling unit', 'Company code', 'Added by', 'Since'], rows)}
  </section>`;
}

function requeueSection(requeues: readonly RequeueRecord[]): Html {
  if (requeues.length === 0) {
    return html`<section aria-labelledby="requeues">
      <h2 id="requeues">Requests to send again</h2>
      <p class="muted">None yet. They arrive when somebody presses Send again in Throughline.</p>
    </section>`;
  }
  const rows = [...requeues]
    .reverse()
    .slice(0, 50)
    .map((record) => {
      const outcome = OUTCOMES[record.outcome];
      const headers = Object.entries(record.headers).map(
        ([name, value]) => html`<div><code>${name}: ${value}</code></div>`,
      );
      return html`<tr>
        <td>${time(record.receivedAt)}</td>
        <td>${record.integration}</td>
        <td><code>${record.subject}</code></td>
        <td class="number">${record.attempt}</td>
        <td>${record.reason}</td>
        <td>${headers}</td>
        <td class="number">${record.status}</td>
        <td class="${outcome.tone}">${outcome.icon} ${outcome.words}</td>
      </tr>`;
    });
  const columns = ['Received', 'Integration', 'Object', '#Attempt', 'Reason', 'Headers', '#Answer', 'Outcome'];
  return html`<section aria-labelledby="requeues">
    <h2 id="requeues">Requests to send again</h2>
    ${table('Requests to send again', columns, rows)}
  </section>`;
}

/** Columns that start with # hold numbers. */
function table(name: string, columns: readonly string[], rows: readonly Html[]): Html {
  const heads = columns.map((column) =>
    column.startsWith('#')
      ? html`<th scope="col" class="number">${column.slice(1)}</th>`
      : html`<th scope="col">${column}</th>`,
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${name}, scrollable">
    <table>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
