import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CALLS } from '../../live/calls/index.cts';
import { settle } from '../../live/openPoints.cts';
import { report, unmade } from '../../live/report.cts';
import { saveReplies } from '../../live/savedReplies.cts';
import type { Comparison } from '../../live/verification.cts';
import { exchange } from './exchanges.cts';

const KEY = 'test_key_of_nobody';

/** A call that got these replies on both sides. */
const answered = (name: string, reply = exchange({})): Comparison => ({
	call: { name, does: { method: 'GET', path: '/' } },
	simulator: { exchanges: [reply] },
	service: { exchanges: [reply] },
	differences: [],
});

const answers = (comparison: Comparison) =>
	Object.fromEntries(settle([comparison]).map(({ point, answer }) => [point, answer]));

const ERROR = {
	type: 'invalid_request',
	message: "'events' should be one of: a, b",
	param: 'type',
};

it.each<[string, string, ReturnType<typeof exchange>, string]>([
	[
		"Items of a session's tasks",
		'Workflow Session: Get',
		exchange({ tasks: [{ id: 'x', steps: [1] }] }),
		'[] object, [].id text, [].steps list, [].steps[] number',
	],
	[
		'Outcomes of sessions',
		'Workflow Session: Get Many',
		exchange({ items: [{ outcome: 'review' }, { outcome: 'clear' }, { outcome: 'review' }, {}] }),
		'clear, review',
	],
	[
		'Event workflow.session.abandoned',
		'create a webhook for a nonsense event',
		exchange(ERROR, { status: 400 }),
		"not listed (400 invalid_request (type): 'events' should be one of: a, b)",
	],
	[
		'Report of a workflow session',
		'Report: Generate for Workflow Session',
		exchange({ data: 'https://storage.example.com/report?signature=secret' }),
		'a link to storage.example.com',
	],
	[
		'Retry-After and headers about the rate limit',
		'more requests than the limit',
		exchange({}, { headers: { 'x-ratelimit-remaining': '4', date: 'today' } }),
		'200; headers: x-ratelimit-remaining',
	],
	[
		'Metadata of an update',
		'update metadata',
		exchange({ metadata: { first: '1', second: '2' } }),
		'merged',
	],
	[
		'Reply to Cancel',
		'Workflow Session: Cancel',
		exchange({ status: 'cancelled' }),
		'200 status text',
	],
	[
		'Error body of 402',
		'Check: Create',
		exchange({ type: 'payment_required', message: 'Pay' }, { status: 402 }),
		'402 payment_required: Pay',
	],
])('settles "%s"', (point, call, reply, answer) => {
	expect(answers(answered(call, reply))[point]).toBe(answer);
});

it('says what no reply showed', () => {
	expect(answers(answered('Account: Get'))['Reply to Cancel']).toBe(
		'not settled: no reply showed it',
	);
});

it('asks only for replies of calls that are made', () => {
	const comparisons = CALLS.map(({ name }) => answered(name, exchange({ data: 'x' })));
	const open = settle(comparisons).filter(({ answer }) => answer.startsWith('not settled'));
	// An error body is only seen in an error; the burst is none of these calls
	expect(open.map(({ point }) => point)).toEqual([
		...['402', '403', '413', '422'].map((status) => `Error body of ${status}`),
		'Retry-After and headers about the rate limit',
	]);
});

it('reports calls that could not be made, and keeps cells in their lines', () => {
	const comparison = { ...answered('Audit Log: Get'), service: { missing: ['auditLogId'] } };
	expect(unmade([comparison])).toEqual([['Audit Log: Get', 'service has no auditLogId']]);
	const text = report('Service', [comparison], [{ point: 'a|b', answer: 'two\nlines' }]);
	expect(text).toContain('### 1 calls, 0 differences');
	expect(text).toMatch(/^\| Audit Log: Get +\| service has no auditLogId +\|$/m);
	expect(text).toMatch(/^\| a\\\|b +\| two lines +\|$/m);
});

it('saves replies of both sides, without the key', () => {
	const folder = mkdtempSync(join(tmpdir(), 'complycube-replies-'));
	try {
		const reply = exchange({ message: `Key ${KEY} is fine` });
		saveReplies(join(folder, 'replies'), [answered('Account: Get', reply)], KEY);
		for (const side of ['simulator', 'service']) {
			const text = readFileSync(join(folder, 'replies', `${side}.json`), 'utf8');
			expect(JSON.parse(text)).toEqual([
				{
					call: 'Account: Get',
					replies: [
						{
							method: 'GET',
							path: '/clients',
							status: 200,
							headers: reply.headers,
							body: { message: 'Key <API key> is fine' },
						},
					],
				},
			]);
		}
	} finally {
		rmSync(folder, { recursive: true });
	}
});
