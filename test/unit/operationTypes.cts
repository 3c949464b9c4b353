import type { Operation } from '../../nodes/ComplyCube/resources/resource';

/** Checked by `npm run typecheck` alone: each combination below must not compile, or its `@ts-expect-error` is an error. */
const presentation = {
	name: 'Archive',
	value: 'archive',
	action: 'Archive workflow session',
	description: 'Put a session away',
	fields: [],
};
const GET = { method: 'GET', path: '/x' } as const;
const POST = { method: 'POST', path: '/x' } as const;
const SPLIT = { kind: 'split' as const, entries: { levels: ['a'] } };
const DELETE = { method: 'DELETE', path: '/x' } as const;

export const right: Operation[] = [
	{ ...presentation, request: GET, plan: { kind: 'list', requiredIds: ['clientId'] } },
	{ ...presentation, request: GET, plan: { kind: 'read' } },
	{ ...presentation, request: GET, plan: { kind: 'download', fileName: 'x/:id' } },
	{ ...presentation, request: POST, plan: { kind: 'change', inDoubt: 'Look first.' } },
	{ ...presentation, request: DELETE, plan: { kind: 'delete', idFrom: 'id', object: 'x' } },
	{ ...presentation, request: POST, plan: { kind: 'search', inDoubt: 'Look first.' } },
	{ ...presentation, request: GET, plan: SPLIT },
	{ ...presentation, request: GET, plan: { kind: 'split', entries: { array: 'a', text: 'b' } } },
];

export const wrong: Operation[] = [
	// @ts-expect-error an operation without a plan
	{ ...presentation, request: GET },
	// @ts-expect-error an operation without a request
	{ ...presentation, plan: { kind: 'read' } },
	// @ts-expect-error a kind that does not exist
	{ ...presentation, request: GET, plan: { kind: 'look' } },
	// @ts-expect-error a list that is read by a POST
	{ ...presentation, request: POST, plan: { kind: 'list' } },
	// @ts-expect-error a change by a GET
	{ ...presentation, request: GET, plan: { kind: 'change', inDoubt: 'Look first.' } },
	// @ts-expect-error a change that does not say what to do in doubt
	{ ...presentation, request: POST, plan: { kind: 'change' } },
	// @ts-expect-error a deletion that does not name what it deletes
	{ ...presentation, request: DELETE, plan: { kind: 'delete', idFrom: 'id' } },
	// @ts-expect-error a deletion by a POST
	{ ...presentation, request: POST, plan: { kind: 'delete', idFrom: 'id', object: 'x' } },
	// @ts-expect-error a download without a file name
	{ ...presentation, request: GET, plan: { kind: 'download' } },
	// @ts-expect-error a download that is shaped by 'Output'
	{ ...presentation, request: GET, plan: { kind: 'download', fileName: 'x', simplified: [] } },
	// @ts-expect-error a read that carries a file
	{ ...presentation, request: GET, plan: { kind: 'read', upload: { types: [] } } },
	// @ts-expect-error a list that waits for an outcome
	{ ...presentation, request: GET, plan: { kind: 'list', polling: undefined } },
	// @ts-expect-error a paid search by a GET, which is sent again when its answer is lost
	{ ...presentation, request: GET, plan: { kind: 'search', inDoubt: 'Look first.' } },
	// @ts-expect-error a paid search that does not say what to do in doubt
	{ ...presentation, request: POST, plan: { kind: 'search' } },
	// @ts-expect-error a search with an answer to wait for
	{ ...presentation, request: POST, plan: { kind: 'search', inDoubt: '', polling: undefined } },
	// @ts-expect-error something that is split, but not into what
	{ ...presentation, request: GET, plan: { kind: 'split' } },
	// @ts-expect-error something that is split by a POST
	{ ...presentation, request: POST, plan: SPLIT },
	// @ts-expect-error something that is split and shaped by 'Output'
	{ ...presentation, request: GET, plan: { ...SPLIT, simplified: ['a'] } },
	// @ts-expect-error texts without a name in their items
	{ ...presentation, request: GET, plan: { kind: 'split', entries: { array: 'a' } } },
	// @ts-expect-error a body on a GET
	{ ...presentation, request: { ...GET, body: {} }, plan: { kind: 'read' } },
];
