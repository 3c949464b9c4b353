import type { Exchange, Reply } from '../../live/proxy.cts';

/** One way in which a service differs from the simulator, and the rows of the table that have to say so. */
export interface Deviation {
	name: string;
	method: string;
	path: RegExp;
	status: number;
	change: (reply: Reply) => Reply;
	/** Call, field, simulator, service */
	rows: string[][];
}

type Json = Record<string, any>;

/** Changes the JSON in a reply. */
const json =
	(change: (body: Json) => unknown) =>
	(reply: Reply): Reply => {
		const body = JSON.parse(reply.body.toString()) as Json;
		return { ...reply, body: Buffer.from(JSON.stringify(change(body))) };
	};

/** Sets fields; undefined takes them away. */
const set = (fields: (body: Json) => Json) => json((body) => ({ ...body, ...fields(body) }));

/** Changes the items of a list. */
const items = (change: (item: Json) => Json) =>
	set((body) => ({ items: (body.items as Json[]).map((item) => ({ ...item, ...change(item) })) }));

export const DEVIATIONS: Deviation[] = [
	{
		name: 'a missing field',
		method: 'GET',
		path: /^\/clients\/[\da-f]{24}$/,
		status: 200,
		change: set(() => ({ updatedAt: undefined })),
		rows: [['Client: Get', 'updatedAt', 'time', 'absent']],
	},
	{
		name: 'a text in place of a number',
		method: 'GET',
		path: /^\/accountInfo$/,
		status: 200,
		change: set(({ remainingCredit }) => ({ remainingCredit: String(remainingCredit) })),
		rows: [['Account: Get', 'remainingCredit', 'number', 'text']],
	},
	{
		name: 'a field more',
		method: 'GET',
		path: /^\/teamMembers\/\w+$/,
		status: 200,
		change: set(() => ({ email: 'grace@example.com' })),
		rows: [['Team Member: Get', 'email', 'absent', 'text']],
	},
	{
		name: 'another status of success',
		method: 'POST',
		path: /^\/addresses$/,
		status: 200,
		change: (reply) => ({ ...reply, status: 201 }),
		rows: [['Address: Create', '(status)', '200', '201']],
	},
	{
		name: 'an error in a frame',
		method: 'GET',
		path: /^\/clients\/nonexistentid$/,
		status: 404,
		change: json((error) => ({ error })),
		rows: [
			['get a client with an ID that cannot exist', 'error', 'absent', 'object'],
			['get a client with an ID that cannot exist', 'message', 'text', 'absent'],
			['get a client with an ID that cannot exist', 'type', 'text', 'absent'],
		],
	},
	{
		name: 'another code of an error',
		method: 'POST',
		path: /^\/workflowSessions\/nonexistentid\/complete$/,
		status: 404,
		change: set(() => ({ type: 'not_found' })),
		rows: [
			[
				'complete a session with an ID that cannot exist',
				'type',
				'resource_not_found',
				'not_found',
			],
		],
	},
	{
		name: 'an error that names no field',
		method: 'POST',
		path: /^\/documents\/\w+\/upload\/back$/,
		status: 400,
		change: set(() => ({ param: undefined })),
		rows: [['upload an image that is too small', 'param', 'text', 'absent']],
	},
	{
		name: 'an error that names another field',
		method: 'POST',
		path: /^\/webhooks$/,
		status: 400,
		change: set(({ param }) => ({ param: param === 'type' ? 'events' : param })),
		rows: [['create a webhook for a nonsense event', 'param', 'type', 'events']],
	},
	{
		name: 'an error with another status',
		method: 'POST',
		path: /^\/workflowSessions\/[\da-f]{24}\/cancel$/,
		status: 400,
		change: (reply) => ({ ...reply, status: 409 }),
		rows: [['cancel a session again', '(status)', '400', '409']],
	},
	{
		name: 'an error in place of a success',
		method: 'GET',
		path: /^\/reports\?clientId=/,
		status: 200,
		change: (reply) => ({
			...reply,
			status: 403,
			body: Buffer.from('{"type":"forbidden","message":"No"}'),
		}),
		rows: [
			['Report: Generate for Client', '(status)', '200', '403 forbidden'],
			['Report: Generate for Client', '(node)', 'succeeded', 'failed: 403'],
		],
	},
	{
		name: 'a list without its envelope',
		method: 'GET',
		path: /^\/checks\?/,
		status: 200,
		change: json(({ items: bare }) => bare),
		rows: [
			['Check: Get Many', '(body)', 'object', 'list'],
			['Check: Get Many', '(node)', 'succeeded', 'failed: 200'],
		],
	},
	{
		name: 'an envelope without the number of items',
		method: 'GET',
		path: /^\/livePhotos\?/,
		status: 200,
		change: set(() => ({ totalItems: undefined })),
		rows: [['Live Photo: Get Many', 'totalItems', 'number', 'absent']],
	},
	{
		name: 'a time in another format',
		method: 'GET',
		path: /^\/addresses\/[\da-f]{24}$/,
		status: 200,
		change: set(({ createdAt }) => ({ createdAt: String(createdAt).replace(/\.\d+Z/, '+00:00') })),
		rows: [['Address: Get', 'createdAt', 'time', 'time in another format']],
	},
	{
		name: 'a date in parts',
		method: 'GET',
		path: /^\/addresses\?/,
		status: 200,
		change: items(() => ({ fromDate: { day: 31, month: 1, year: 2020 } })),
		rows: [['Address: Get Many', 'items[].fromDate', 'date', 'object']],
	},
	{
		name: 'a time as a number',
		method: 'GET',
		path: /^\/customLists\/[\da-f]{24}$/,
		status: 200,
		change: set(({ createdAt }) => ({ createdAt: Date.parse(String(createdAt)) })),
		rows: [['Custom List: Get', 'createdAt', 'time', 'number']],
	},
	{
		name: 'null in place of nothing',
		method: 'GET',
		path: /^\/documents\/[\da-f]{24}$/,
		status: 200,
		change: set(() => ({ issuingState: null })),
		rows: [['Document: Get', 'issuingState', 'absent', 'null']],
	},
	{
		name: 'a text in place of a list',
		method: 'GET',
		path: /^\/webhooks\?/,
		status: 200,
		change: items(({ events }) => ({ events: (events as string[]).join(',') })),
		rows: [['list webhooks', 'items[].events', 'list', 'text']],
	},
	{
		name: 'a deletion with a body',
		method: 'DELETE',
		path: /^\/webhooks\/\w+$/,
		status: 204,
		change: () => ({
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: Buffer.from('{"deleted":true}'),
		}),
		rows: [
			['delete a webhook', '(status)', '204', '200'],
			['delete a webhook', '(content type)', 'absent', 'application/json'],
			['delete a webhook', '(body)', 'empty', 'JSON'],
		],
	},
	{
		name: 'another content type',
		method: 'GET',
		path: /^\/webhooks\/\w+$/,
		status: 200,
		change: (reply) => ({ ...reply, headers: { 'content-type': 'text/plain' } }),
		rows: [['get a webhook', '(content type)', 'application/json', 'text/plain']],
	},
	{
		name: 'a Retry-After header',
		method: 'GET',
		path: /^\/accountInfo$/,
		status: 429,
		change: (reply) => ({ ...reply, headers: { ...reply.headers, 'retry-after': '30' } }),
		rows: [['more requests than the limit', '(Retry-After)', 'absent', 'seconds']],
	},
];

/** @returns The reply with all deviations that concern it */
export const deviate = (exchange: Exchange): Reply =>
	DEVIATIONS.filter(
		({ method, path, status }) =>
			method === exchange.method && path.test(exchange.path) && status === exchange.status,
	).reduce<Reply>((reply, { change }) => change(reply), exchange);
