import { LEGAL_ENTITIES } from '../story/legal-entities.js';
import { REQUEUE_INTEGRATIONS } from '../story/signals.js';
import { html } from './html.js';
import { page } from './layout.js';

export type EstateView = {
  ordersPerMinute: number;
  ordersSoFar: number;
  stepsPending: number;
  deliveriesPending: number;
  consoleUrl: string;
};

/** What is simulated and where to go from here. */
export function estatePage(view: EstateView): string {
  const entities = LEGAL_ENTITIES.map(
    (entity) =>
      html`<tr>
        <td>${entity.code}</td>
        <td>${entity.name}</td>
        <td>${entity.currency}</td>
        <td>${entity.calendar}</td>
        <td>${entity.timeZone}</td>
      </tr>`,
  );
  const endpoints = REQUEUE_INTEGRATIONS.map((integration) => html`<li><code>POST /requeue/${integration}</code></li>`);
  return page(
    '/',
    'Salesforce, SAP S/4HANA, Kyriba and the banks',
    html`
      <section aria-labelledby="now">
        <h2 id="now">Now</h2>
        <p>
          ${view.ordersSoFar} orders so far, ${view.ordersPerMinute} new ones a minute. ${view.stepsPending} steps still
          to come, ${view.deliveriesPending} deliveries wait for the collector. What becomes of them is in
          <a href="${view.consoleUrl}">the console</a>.
        </p>
      </section>
      <section aria-labelledby="entities">
        <h2 id="entities">Legal entities</h2>
        <div class="scroll" tabindex="0" role="group" aria-label="Legal entities, scrollable">
          <table>
            <thead>
              <tr>
                <th scope="col">Code</th>
                <th scope="col">Name</th>
                <th scope="col">Currency</th>
                <th scope="col">Calendar</th>
                <th scope="col">Time zone</th>
              </tr>
            </thead>
            <tbody>
              ${entities}
            </tbody>
          </table>
        </div>
      </section>
      <section aria-labelledby="endpoints">
        <h2 id="endpoints">Integrations that send again on request</h2>
        <ul>
          ${endpoints}
        </ul>
      </section>
    `,
  );
}
