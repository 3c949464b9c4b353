/** Whether n8n answers others while it runs many items. */
import { measureLongestSilence } from '../../sandbox/rig/silence.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';
import { byId } from '../../sandbox/rig/workflows.cts';
import { printFigure } from '../printFigure.cts';

const ITEMS = 1_000;

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start({ N8N_LOG_LEVEL: 'info' });
}, 900_000);
afterAll(async () => await sandbox?.stop());

/** Gets the sessions, and measures for how long n8n answers nobody else meanwhile. */
async function get(ids: string[], parameters: object = {}) {
	const running = sandbox.call(
		{ operation: 'get', workflowSessionId: byId('={{ $json.id }}'), ...parameters },
		ids.map((id) => ({ id })),
	);
	const silence = await measureLongestSilence(sandbox.n8n.url, running);
	const { data, times } = await running;
	expect(data.ComplyCube[0].map(({ json }) => json.id)).toEqual(ids);
	return { silence, ms: times.ComplyCube };
}

it('a new node keeps n8n from falling silent', async () => {
	const ids = sandbox.simulator.workflowSessions.seed({ count: ITEMS }).map(({ id }) => id);
	await get(ids.slice(0, 100));
	const withDefault = await get(ids);
	const withoutBatching = await get(ids, { requestOptions: {} });
	for (const [name, { silence, ms }] of Object.entries({ withDefault, withoutBatching })) {
		printFigure(
			`${ITEMS} Gets ${name}: silent for ${Math.round(silence)} ms, ${(ms / ITEMS).toFixed(2)} ms per item`,
		);
	}
	// On a busy machine both are longer
	expect(withDefault.silence).toBeLessThan(withoutBatching.silence / 3);
});
