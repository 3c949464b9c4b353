import { EXAMPLES, readExample } from '../../sandbox/journey/examples.cts';
import type { Workflow, WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { EXAMPLE_RULES } from './exampleRules.cts';

const rules = Object.entries(EXAMPLE_RULES);

describe.each(EXAMPLES)('%s', (name) => {
	it.each(rules)('%s', (_rule, faultsIn) => {
		expect(faultsIn(readExample(name))).toEqual([]);
	});
});

describe('all examples together', () => {
	const workflows = EXAMPLES.map(readExample);
	const nodes = workflows.flatMap((workflow) => workflow.nodes);

	it.each([
		['titles', workflows.map(({ name }) => name)],
		['webhook IDs', nodes.flatMap(({ webhookId }) => webhookId ?? [])],
		[
			'addresses',
			nodes
				.filter(({ type }) => type === 'n8n-nodes-base.webhook')
				.map(({ parameters }) => parameters.path),
		],
	])('have %s of their own', (_what, values: unknown[]) => {
		expect(new Set(values).size).toBe(values.length);
	});
});

describe('the rules themselves', () => {
	const TITLE = 'Complete a session with ComplyCube and answer your app';
	const YELLOW = `## ${TITLE}
### What it does
Lets your app complete a session.

### Who it is for
Teams with an app of their own.

### How it works
1. The app calls.
2. The session is completed.

### Set up
1. Choose your credentials.
2. Fill in *Settings*.

### Requirements
- A ComplyCube account.

### How to adapt it
Answer with more of the session.`;

	const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
	const to = (node: string, type = 'main') => ({ [type]: [[{ node, type, index: 0 }]] });
	const note = (name: string, x: number, width: number, content: string, color?: number) => ({
		name,
		type: 'n8n-nodes-base.stickyNote',
		typeVersion: 1,
		position: [x, -160] as [number, number],
		parameters: { content, width, height: 720, ...(color && { color }) },
	});
	const node = (
		name: string,
		type: string,
		x: number,
		parameters: object,
		more: object = {},
	): WorkflowNode => ({
		name,
		type,
		typeVersion: 1,
		position: [x, 0],
		parameters: { ...parameters },
		...more,
	});

	/** A workflow that keeps all rules; each call makes a new one. */
	function goodWorkflow(): Workflow {
		const assignments = [{ name: 'page', type: 'string', value: 'https://www.example.com/done' }];
		const nodes = [
			note('About', -600, 500, YELLOW),
			note('Completing', -60, 840, '## Complete\nThe app calls, and the session is completed.', 7),
			note('Answering', 820, 840, '## Answer\nThe app is told what came of it.', 7),
			node(
				'App is done',
				'n8n-nodes-base.webhook',
				0,
				{ authentication: 'headerAuth', path: 'done' },
				{ webhookId: uuid(100) },
			),
			node(
				'Settings',
				'n8n-nodes-base.set',
				220,
				{ assignments: { assignments } },
				{ typeVersion: 3.4 },
			),
			node('Complete session', 'n8n-nodes-complycube.complyCube', 440, {
				resource: 'workflowSession',
				operation: 'complete',
			}),
			node('Outcome is clear', 'n8n-nodes-base.if', 880, {}),
			{
				...node('Explain', '@n8n/n8n-nodes-langchain.agent', 1100, {
					text: "={{ $('Settings').first().json.page }}",
				}),
			},
			node(
				'Read client',
				'n8n-nodes-complycube.complyCubeTool',
				1180,
				{ resource: 'client', operation: 'get' },
				{ position: [1180, 200], onError: 'continueRegularOutput' },
			),
			node('Answer', 'n8n-nodes-base.respondToWebhook', 1480, {}),
			node('Answer later', 'n8n-nodes-base.respondToWebhook', 1480, {}, { position: [1480, 200] }),
		];
		return {
			name: TITLE,
			nodes: nodes.map((one, index) => ({ ...one, id: uuid(index) })),
			connections: {
				'App is done': to('Settings'),
				Settings: to('Complete session'),
				'Complete session': to('Outcome is clear'),
				'Outcome is clear': {
					main: [
						[{ node: 'Explain', type: 'main', index: 0 }],
						[{ node: 'Answer later', type: 'main', index: 0 }],
					],
				},
				Explain: to('Answer'),
				'Read client': to('Explain', 'ai_tool'),
			},
			pinData: {
				'App is done': [{ json: { email: 'sam@sample.invalid', lastName: 'Sample' } }],
				'Complete session': [{ json: { status: 'complete' } }],
				Explain: [{ json: { output: 'All is well.' } }],
			},
			settings: { executionOrder: 'v1' },
		};
	}

	const find = ({ nodes }: Workflow, name: string) => nodes.find((one) => one.name === name)!;
	const change = (name: string, parameters: object) => (workflow: Workflow) => {
		Object.assign(find(workflow, name).parameters, parameters);
	};
	const edit = (name: string, properties: object) => (workflow: Workflow) => {
		Object.assign(find(workflow, name), properties);
	};
	const rename = (name: string, other: string) => edit(name, { name: other });
	const write = (from: string, by: string) => (workflow: Workflow) => {
		change('About', { content: YELLOW.replace(from, by) })(workflow);
	};
	const pin =
		(json: object, name = 'App is done') =>
		(workflow: Workflow) => {
			workflow.pinData = { ...workflow.pinData, [name]: [{ json }] };
		};

	it.each(rules)('a good workflow %s', (_rule, faultsIn) => {
		expect(faultsIn(goodWorkflow())).toEqual([]);
	});

	const open = (type: string, parameters: object) => edit('App is done', { type, parameters });
	const erase = (workflow: Workflow) => {
		open('n8n-nodes-base.formTrigger', {})(workflow);
		change('Complete session', { resource: 'client', operation: 'delete' })(workflow);
	};
	const hostedSession = (workflow: Workflow) => {
		open('n8n-nodes-base.formTrigger', {})(workflow);
		change('Complete session', { resource: 'flowSession', operation: 'create' })(workflow);
	};

	it.each([
		['a public form that makes a link', hostedSession],
		[
			'a chat in the editor',
			(workflow: Workflow) => {
				open('@n8n/n8n-nodes-langchain.chatTrigger', {})(workflow);
				write('*Settings*', '*Settings*, and unpin the sample data')(workflow);
			},
		],
		[
			'a loop back to its beginning',
			(workflow: Workflow) => {
				workflow.connections['Answer later'] = to('Outcome is clear');
			},
		],
		['a lower row that begins at the left again', edit('Answer later', { position: [870, 300] })],
		[
			'a loop back from a lower row',
			(workflow: Workflow) => {
				edit('Answer later', { position: [870, 300] })(workflow);
				workflow.connections['Answer later'] = to('Settings');
			},
		],
	])('accept %s', (_what, alter) => {
		const workflow = goodWorkflow();
		alter(workflow);
		expect(rules.flatMap(([, faultsIn]) => faultsIn(workflow))).toEqual([]);
	});

	type Case = [
		rule: keyof typeof EXAMPLE_RULES,
		fault: RegExp,
		alter: (workflow: Workflow) => void,
	];
	const renamed = (name: string) => (workflow: Workflow) => {
		workflow.name = name;
	};
	const cases: Case[] = [
		[
			'has a title of a verb, a thing, and with what or whom',
			/punctuation/,
			renamed('Onboard: ComplyCube with mail'),
		],
		[
			'has a title of a verb, a thing, and with what or whom',
			/sentence case/,
			renamed('Verify Customers with ComplyCube'),
		],
		[
			'has a title of a verb, a thing, and with what or whom',
			/a verb/,
			renamed('Onboarding with ComplyCube'),
		],
		[
			'has a title of a verb, a thing, and with what or whom',
			/name ComplyCube/,
			renamed('Verify a customer by mail'),
		],
		[
			'has a title of a verb, a thing, and with what or whom',
			/whom/,
			renamed('Open ComplyCube sessions'),
		],
		['begins with a yellow note for its reader', /0 yellow/, change('About', { color: 3 })],
		['begins with a yellow note for its reader', /2 yellow/, change('Answering', { color: 1 })],
		['begins with a yellow note for its reader', /title/, write(TITLE, 'Another title')],
		[
			'begins with a yellow note for its reader',
			/headings/,
			write('### Requirements', '### Needs'),
		],
		[
			'begins with a yellow note for its reader',
			/says nothing/,
			write('Teams with an app of their own.', ''),
		],
		[
			'begins with a yellow note for its reader',
			/numbered/,
			write('1. The app calls.\n2. The', 'The'),
		],
		[
			'begins with a yellow note for its reader',
			/to the right/,
			edit('About', { position: [-400, 0] }),
		],
		[
			'says in a sentence what it does',
			/short sentence/,
			write('Lets your app complete a session.', 'x'.repeat(30)),
		],
		['has a white note for each section', /neither/, change('Answering', { color: 4 })],
		[
			'has a white note for each section',
			/one or two/,
			change('Answering', { content: '## Answer' }),
		],
		[
			'has a white note for each section',
			/one or two/,
			change('Answering', { content: 'No heading here, but some text.' }),
		],
		['frames each node with a white note', /within 0/, edit('Answer', { position: [1900, 0] })],
		[
			'frames each node with a white note',
			/frames no node/,
			edit('Answering', { position: [3000, 0] }),
		],
		['leaves nothing covered', /overlap/, edit('Answer later', { position: [1480, 100] })],
		['leaves nothing covered', /overlap/, edit('Answering', { position: [700, -160] })],
		['leaves nothing covered', /not fit/, change('About', { height: 200 })],
		['leaves nothing covered', /covers/, edit('Answer', { position: [1480, -120] })],
		['leads from left to right', /leads left/, edit('Settings', { position: [-50, 0] })],
		['leads from left to right', /leads left/, edit('Answer later', { position: [870, 150] })],
		['leads from left to right', /cross/, edit('Answer later', { position: [1480, -200] })],
		['leads from left to right', /not below/, edit('Read client', { position: [1180, -200] })],
		['names its nodes for what they do', /n8n's name/, rename('Answer', 'Respond to Webhook1')],
		['names its nodes for what they do', /n8n's name/, rename('Complete session', 'ComplyCube')],
		['names its nodes for what they do', /are named/, rename('Answer', 'Explain')],
		['names its nodes for what they do', /sentence case/, rename('Answer', 'Answer The App')],
		[
			'names its nodes for what they do',
			/too long/,
			rename('Answer', 'Answer the app with all that is known'),
		],
		['has one node for all that is to be filled in', /no node/, rename('Settings', 'My values')],
		[
			'has one node for all that is to be filled in',
			/nothing uses/,
			change('Explain', { text: '' }),
		],
		[
			'has one node for all that is to be filled in',
			/no setting other/,
			change('Explain', { text: "{{ $('Settings').first().json.other }}" }),
		],
		[
			'has one node for all that is to be filled in',
			/not come after/,
			change('App is done', { path: "{{ $('Settings').first().json.page }}" }),
		],
		[
			'has one node for all that is to be filled in',
			/not mention/,
			write('Fill in *Settings*', 'Fill in what is yours'),
		],
		[
			'has no addresses and IDs elsewhere',
			/belongs into/,
			change('Answer', { text: 'https://example.com' }),
		],
		['has no addresses and IDs elsewhere', /pinned data/, pin({ page: 'https://example.com' })],
		[
			'has no addresses and IDs elsewhere',
			/its author's/,
			change('Complete session', { id: '5eb2b61e02df0a0008f1cf2a' }),
		],
		[
			'refers to nodes that are there',
			/not there/,
			change('Answer', { text: "{{ $('Gone').item.json.id }}" }),
		],
		[
			'can be clicked through without a credential',
			/no pinned data/,
			(workflow) => {
				delete workflow.pinData!['Complete session'];
			},
		],
		[
			'can be clicked through without a credential',
			/no pinned data/,
			(workflow) => {
				delete workflow.pinData!.Explain;
			},
		],
		[
			'can be clicked through without a credential',
			/pins no data/,
			pin({ a: 1 }, 'Outcome is clear'),
		],
		['can be clicked through without a credential', /which is not there/, pin({ a: 1 }, 'Gone')],
		['can be clicked through without a credential', /empty item/, pin({})],
		[
			'can be clicked through without a credential',
			/hides/,
			open('@n8n/n8n-nodes-langchain.chatTrigger', {}),
		],
		['has no personal data', /somebody's/, pin({ email: 'ada@lovelace.org' })],
		['has no personal data', /made up/, pin({ lastName: 'Lovelace' })],
		['has no credentials and keys', /has credentials/, edit('Answer', { credentials: {} })],
		['has no credentials and keys', /like a key/, pin({ note: `test_${'a1'.repeat(10)}` })],
		['has no credentials and keys', /sample-/, pin({ token: 'eyA' })],
		[
			'lets nobody unknown spend or erase anything',
			/no authentication/,
			change('App is done', { authentication: 'none' }),
		],
		[
			'lets nobody unknown spend or erase anything',
			/costs or erases/,
			open('n8n-nodes-base.formTrigger', {}),
		],
		[
			'lets nobody unknown spend or erase anything',
			/costs or erases/,
			open('@n8n/n8n-nodes-langchain.chatTrigger', { public: true }),
		],
		['lets nobody unknown spend or erase anything', /costs or erases/, erase],
		[
			'lets nobody unknown spend or erase anything',
			/"Read client" costs/,
			(workflow) => {
				open('n8n-nodes-base.formTrigger', {})(workflow);
				change('Complete session', { operation: 'get' })(workflow);
				change('Read client', { resource: 'check', operation: 'create' })(workflow);
			},
		],
		[
			'uses the ComplyCube node with care',
			/no operation/,
			change('Complete session', { operation: 'gone' }),
		],
		[
			'uses the ComplyCube node with care',
			/tried again/,
			edit('Complete session', { retryOnFail: true }),
		],
		[
			'uses the ComplyCube node with care',
			/why it failed/,
			edit('Read client', { onError: 'stopWorkflow' }),
		],
		[
			'is a plain export',
			/property "active"/,
			(workflow) => {
				Object.assign(workflow, { active: true });
			},
		],
		['is a plain export', /no UUID/, edit('Answer', { id: '1' })],
		['is a plain export', /no webhook ID/, edit('App is done', { webhookId: undefined })],
		['is a plain export', /the ID/, edit('Answer', { id: uuid(1) })],
		[
			'is a plain export',
			/execution order/,
			(workflow) => {
				workflow.settings = {};
			},
		],
		[
			'is a plain export',
			/runs in the editor/,
			(workflow) => {
				workflow.settings = { executionOrder: 'v1', saveDataSuccessExecution: 'none' };
			},
		],
		[
			'is a plain export',
			/ends at "Gone"/,
			(workflow) => {
				workflow.connections.Answer = to('Gone');
			},
		],
	];

	it.each(cases)('%s: finds %s', (rule, fault, alter) => {
		const workflow = goodWorkflow();
		alter(workflow);
		expect(EXAMPLE_RULES[rule](workflow)).toEqual(
			expect.arrayContaining([expect.stringMatching(fault)]),
		);
	});

	it('are each shown to find something', () => {
		expect(new Set(cases.map(([rule]) => rule))).toEqual(new Set(Object.keys(EXAMPLE_RULES)));
	});
});
