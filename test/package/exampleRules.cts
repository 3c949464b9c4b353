import type { Workflow, WorkflowNode } from '../../sandbox/n8n/workflow.cts';
import { purposeOf } from '../../sandbox/journey/examples.cts';
import { offeredOptions } from '../operations/index.cts';
import {
	connectionsOf,
	isNote,
	liesWithin,
	mainConnectionsOf,
	nodeBox,
	noteBox,
	overlap,
	reachable,
	setToWorkBy,
	type Connection,
} from './canvas.cts';
import { sectionsOf, textHeight } from './stickyNote.cts';

/** Says what in a workflow is not as it should be, a sentence each; nothing if all is well. */
type Rule = (workflow: Workflow) => string[];

const SETTINGS = 'Settings';

const YELLOW_HEADINGS = [
	'What it does',
	'Who it is for',
	'How it works',
	'Set up',
	'Requirements',
	'How to adapt it',
];
const LISTS_OF_STEPS = ['How it works', 'Set up'];

/** Written with a capital within a title or a name, besides abbreviations and names such as ComplyCube. */
const PROPER_NAMES = ['Slack', 'Gmail', 'Google', 'Sheets', 'Microsoft', 'Teams', 'Notion', 'Jira'];

const MAX_NAME_LENGTH = 30;
const MAX_PURPOSE_LENGTH = 170;

/**
 * How much lower the next row of nodes is, in pixels, at the least. The editor draws a line that leads left 130 below the output
 * where it begins, so it would run behind a node that is less far down.
 */
const ROW_HEIGHT = 200;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const SECRET =
	/\b(?:test|live)_[A-Za-z0-9]{12,}|\bsk-[\w-]{12,}|\bxox[a-z]-|\beyJ[\w-]{12,}|\bAIza|-----BEGIN|\bBearer \w/;

/** n8n's names for new nodes where they are not the words of the type's name. */
const DEFAULT_NAMES: Record<string, string[]> = {
	'n8n-nodes-base.set': ['Edit Fields'],
	'n8n-nodes-base.emailSend': ['Send Email', 'Send an Email'],
	'n8n-nodes-base.formTrigger': ['On form submission', 'n8n Form Trigger'],
	'n8n-nodes-base.manualTrigger': [
		'When clicking ‘Execute workflow’',
		'When clicking ‘Test workflow’',
	],
	'n8n-nodes-base.noOp': ['No Operation, do nothing'],
	'n8n-nodes-base.splitInBatches': ['Loop Over Items'],
	'n8n-nodes-base.slack': ['Send a message', 'Send message and wait for response'],
	'n8n-nodes-base.form': ['n8n Form'],
	'@n8n/n8n-nodes-langchain.agent': ['AI Agent'],
	'@n8n/n8n-nodes-langchain.chatTrigger': ['When chat message received'],
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': ['OpenAI Chat Model'],
	'@n8n/n8n-nodes-langchain.mcpTrigger': ['MCP Server Trigger'],
	'n8n-nodes-complycube.complyCubeTool': ['ComplyCube', 'ComplyCube Tool'],
};

/** Nodes of n8n's own that run without a credential and without anything that the user has to prepare. */
const RUN_AS_THEY_ARE = new Set(
	[
		'aggregate',
		'code',
		'compareDatasets',
		'convertToFile',
		'crypto',
		'dateTime',
		'extractFromFile',
		'filter',
		'form',
		'html',
		'if',
		'limit',
		'manualTrigger',
		'markdown',
		'merge',
		'noOp',
		'removeDuplicates',
		'renameKeys',
		'respondToWebhook',
		'scheduleTrigger',
		'set',
		'sort',
		'splitInBatches',
		'splitOut',
		'stopAndError',
		'summarize',
		'switch',
		'wait',
	].map((name) => `n8n-nodes-base.${name}`),
);

/** Nodes whose output n8n does not pin. */
const UNPINNABLE = ['if', 'switch', 'splitInBatches', 'stickyNote'].map(
	(name) => `n8n-nodes-base.${name}`,
);

/** Nodes that answer at an address of their own, which n8n takes from their webhook ID. */
const HAVE_WEBHOOK_ID = [
	'n8n-nodes-base.webhook',
	'n8n-nodes-base.formTrigger',
	'n8n-nodes-base.form',
	'n8n-nodes-base.wait',
	'n8n-nodes-complycube.complyCubeTrigger',
	'@n8n/n8n-nodes-langchain.chatTrigger',
	'@n8n/n8n-nodes-langchain.mcpTrigger',
];

const nodesOf = ({ nodes }: Workflow) => nodes.filter((node) => !isNote(node));
const notesOf = ({ nodes }: Workflow) => nodes.filter(isNote);
const isYellow = ({ parameters: { color = 1 } }: WorkflowNode) => color === 1;
const isWhite = ({ parameters: { color } }: WorkflowNode) => color === 7;
const yellowNotesOf = (workflow: Workflow) => notesOf(workflow).filter(isYellow);

/** The steps of "Set up" in the yellow note, as one text. */
const setUpOf = (workflow: Workflow) =>
	yellowNotesOf(workflow)
		.flatMap(sectionsOf)
		.filter(({ heading }) => heading === 'Set up')
		.flatMap(({ steps }) => steps)
		.join(' ');

const whiteNotesOf = (workflow: Workflow) => notesOf(workflow).filter(isWhite);
const pinnedItemsOf = ({ pinData = {} }: Workflow) =>
	Object.entries(pinData) as Array<[string, Array<Record<string, unknown>>]>;

/** The names of the nodes that items go through; the others serve an agent or an MCP server. */
const mainPathOf = (workflow: Workflow) =>
	new Set(mainConnectionsOf(workflow).flatMap(({ from, to }) => [from, to]));

const isSentenceCase = (text: string) => {
	const [first, ...others] = text
		.split(/[\s/]+/)
		.map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''));
	return (
		/^[\p{Lu}\p{N}]/u.test(first) &&
		others.every(
			(word) =>
				!/^\p{Lu}/u.test(word) ||
				/^\p{Lu}{2,}s?$|\p{Ll}\p{Lu}/u.test(word) ||
				PROPER_NAMES.includes(word),
		)
	);
};

const duplicatesIn = (values: string[]) =>
	values.filter((value, index) => values.indexOf(value) !== index);

/** Lists every value below an object or a list, with the name it stands under. */
const entriesWithin = (value: unknown, key = ''): Array<[string, unknown]> =>
	value !== null && typeof value === 'object'
		? Object.entries(value).flatMap(([name, inner]) =>
				entriesWithin(inner, Array.isArray(value) ? key : name),
			)
		: [[key, value]];

const titleRule: Rule = ({ name }) => [
	...(isSentenceCase(name) ? [] : ['the title is not in sentence case']),
	...(/^\p{L}+(ing|ion|ment)\b/u.test(name) ? ['the title does not begin with a verb'] : []),
	...(/[:.]/.test(name) ? ['the title has punctuation'] : []),
	...(name.includes('ComplyCube') ? [] : ['the title does not name ComplyCube']),
	...(/ (with|in|from|by|via|to|through|using|for|over) /.test(name)
		? []
		: ['the title does not say with what or whom']),
	...(name.length > 90 ? ['the title is too long'] : []),
];

const yellowNoteRule: Rule = (workflow) => {
	const notes = yellowNotesOf(workflow);
	if (notes.length !== 1) return [`there are ${notes.length} yellow notes`];
	const [note] = notes;
	const [title, ...sections] = sectionsOf(note);
	const right = noteBox(note).right;
	const steps = sections.filter(({ heading }) => LISTS_OF_STEPS.includes(heading));
	return [
		...(title?.level === 2 && title.heading === workflow.name
			? []
			: ['the yellow note does not begin with the title of the workflow']),
		...(JSON.stringify(sections.map(({ level, heading }) => [level, heading])) ===
		JSON.stringify(YELLOW_HEADINGS.map((heading) => [3, heading]))
			? []
			: [`the headings of the yellow note are not ${YELLOW_HEADINGS.join(', ')}`]),
		...sections
			.filter(({ text }) => text.length < 20)
			.map(({ heading }) => `"${heading}" says nothing`),
		...steps
			.filter(({ steps: list }) => list.length < 2)
			.map(({ heading }) => `"${heading}" is not a numbered list`),
		...workflow.nodes
			.filter((node) => node !== note && node.position[0] < right)
			.map(({ name }) => `"${name}" is not to the right of the yellow note`),
	];
};

const purposeRule: Rule = (workflow) => {
	const purpose = purposeOf(workflow);
	return /^\p{Lu}.*\.$/u.test(purpose) && purpose.length <= MAX_PURPOSE_LENGTH
		? []
		: [`"What it does" does not begin with one short sentence: ${purpose}`];
};

const whiteNotesRule: Rule = (workflow) => {
	const notes = whiteNotesOf(workflow);
	const odd = notesOf(workflow).filter((note) => !isYellow(note) && !isWhite(note));
	return [
		...(notes.length > 0 ? [] : ['there is no white note']),
		...odd.map(({ name }) => `the note "${name}" is neither yellow nor white`),
		...notes.flatMap((note) => {
			const [section, ...others] = sectionsOf(note);
			const length = section?.text.length ?? 0;
			return section?.level === 2 && others.length === 0 && length >= 20 && length <= 320
				? []
				: [`the note "${note.name}" is not a heading and one or two sentences`];
		}),
	];
};

const frameRule: Rule = (workflow) => {
	const frames = whiteNotesOf(workflow);
	return [
		...nodesOf(workflow).flatMap((node) => {
			const around = frames.filter((note) => liesWithin(nodeBox(node, workflow), noteBox(note)));
			return around.length === 1 ? [] : [`"${node.name}" lies within ${around.length} white notes`];
		}),
		...frames
			.filter((note) =>
				nodesOf(workflow).every((node) => !liesWithin(nodeBox(node, workflow), noteBox(note))),
			)
			.map(({ name }) => `the note "${name}" frames no node`),
	];
};

const overlapRule: Rule = (workflow) => {
	const nodes = nodesOf(workflow).map((node) => ({ ...node, box: nodeBox(node, workflow) }));
	const notes = notesOf(workflow).map((note) => ({ ...note, box: noteBox(note) }));
	const within = (boxes: typeof nodes) =>
		boxes.flatMap((one, index) =>
			boxes
				.slice(index + 1)
				.filter((other) => overlap(one.box, other.box))
				.map((other) => `"${one.name}" and "${other.name}" overlap`),
		);
	return [
		...within(nodes),
		...within(notes),
		...notes.flatMap((note) => {
			const textBottom = note.box.top + textHeight(note, note.box.right - note.box.left);
			return [
				...(textBottom > note.box.bottom ? [`the text of "${note.name}" does not fit in`] : []),
				...nodes
					.filter(({ box }) => overlap(box, { ...note.box, bottom: textBottom }))
					.map(({ name }) => `"${name}" covers the text of "${note.name}"`),
			];
		}),
	];
};

const directionRule: Rule = (workflow) => {
	const place = Object.fromEntries(workflow.nodes.map(({ name, position }) => [name, position]));
	// A wide canvas has rows: a way may begin again at the left of a lower one
	const leadsOn = ({ from, to }: Connection) =>
		place[from][0] < place[to][0] || place[to][1] - place[from][1] >= ROW_HEIGHT;
	const main = mainConnectionsOf(workflow);
	const forward = main.filter(leadsOn);
	const backward = main.filter((connection) => !leadsOn(connection));
	return [
		...backward
			// A loop may lead back to where it began
			.filter(({ from, to }) => !reachable(to, forward).has(from))
			.map(({ from, to }) => `"${from}" leads left to "${to}"`),
		...forward.flatMap(({ from, to, output }) =>
			forward
				.filter((other) => other.from === from && other.output > output)
				.filter((other) => place[other.to][1] < place[to][1])
				.map((other) => `the ways from "${from}" to "${to}" and "${other.to}" cross`),
		),
		...connectionsOf(workflow)
			.filter(({ type, from, to }) => type !== 'main' && place[from][1] <= place[to][1])
			.map(({ from, to }) => `"${from}" is not below "${to}"`),
	];
};

const lettersOf = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');

const nodeNamesRule: Rule = (workflow) => {
	const isDefault = ({ name, type }: WorkflowNode) =>
		[...(DEFAULT_NAMES[type] ?? []), type.split('.')[1]].map(lettersOf).includes(lettersOf(name));
	const nodes = nodesOf(workflow);
	return [
		...duplicatesIn(workflow.nodes.map(({ name }) => name)).map(
			(name) => `two nodes are named "${name}"`,
		),
		...nodes.filter(isDefault).map(({ name }) => `"${name}" is n8n's name for a new node`),
		...nodes
			.filter(({ name }) => !isSentenceCase(name))
			.map(({ name }) => `"${name}" is not in sentence case`),
		...nodes
			.filter(({ name }) => name.length > MAX_NAME_LENGTH)
			.map(({ name }) => `"${name}" is too long`),
	];
};

const assignmentsOf = ({ parameters }: WorkflowNode) =>
	(parameters.assignments as { assignments?: Array<{ name: string; value: unknown }> })
		?.assignments ?? [];

const referencesIn = ({ parameters }: WorkflowNode) =>
	[...JSON.stringify(parameters).matchAll(/\$\('Settings'\)\.first\(\)\.json\.(\w+)/g)].map(
		([, name]) => name,
	);

/** A node takes part at the place of the agent or trigger that it serves. */
const placesOf = (name: string, workflow: Workflow) => [
	name,
	...connectionsOf(workflow)
		.filter(({ type, from }) => type !== 'main' && from === name)
		.map(({ to }) => to),
];

const settingsRule: Rule = (workflow) => {
	const main = mainConnectionsOf(workflow);
	const candidates = nodesOf(workflow).filter(({ name }) => name === SETTINGS);
	// Where no items go through nodes, as in an MCP server, there is no place for it
	if (main.length === 0 && candidates.length === 0) return [];
	const [settings] = candidates;
	if (settings?.type !== 'n8n-nodes-base.set' || settings.typeVersion !== 3.4) {
		return ['there is no node "Settings" of the type Edit Fields (Set) 3.4'];
	}
	const names = assignmentsOf(settings).map(({ name }) => name);
	const readers = nodesOf(workflow).filter((node) => referencesIn(node).length > 0);
	const used = new Set(readers.flatMap(referencesIn));
	const behind = reachable(SETTINGS, main);
	return [
		...(names.length > 0 ? [] : ['"Settings" sets nothing']),
		...duplicatesIn(names).map((name) => `"Settings" sets ${name} twice`),
		...assignmentsOf(settings)
			.filter(({ value }) => value === '' || value === undefined)
			.map(({ name }) => `"Settings" has no placeholder for ${name}`),
		...names.filter((name) => !used.has(name)).map((name) => `nothing uses the setting ${name}`),
		...[...used].filter((name) => !names.includes(name)).map((name) => `no setting ${name}`),
		...readers
			.filter(({ name }) => !placesOf(name, workflow).some((place) => behind.has(place)))
			.map(({ name }) => `"${name}" uses settings but does not come after "Settings"`),
		...(setUpOf(workflow).includes(SETTINGS) ? [] : ['"Set up" does not mention Settings']),
	];
};

const placeholdersRule: Rule = (workflow) => [
	...workflow.nodes
		.filter(({ name }) => name !== SETTINGS)
		.filter((node) => /\bexample\.(com|net|org)\b/.test(JSON.stringify(node)))
		.map(({ name }) => `"${name}" has an address that belongs into Settings`),
	...(/\bexample\.(com|net|org)\b/.test(JSON.stringify(workflow.pinData ?? {}))
		? ['pinned data has an address that belongs into Settings']
		: []),
	...workflow.nodes
		.filter(({ parameters }) => /\b[0-9a-f]{24}\b/.test(JSON.stringify(parameters)))
		.map(({ name }) => `"${name}" has an ID of its author's`),
];

const referencesRule: Rule = ({ nodes }) => {
	const names = nodes.map(({ name }) => name);
	return nodes.flatMap(({ name, parameters }) =>
		[...JSON.stringify(parameters).matchAll(/\$\('([^']+)'\)/g)]
			.map(([, other]) => other)
			.filter((other) => !names.includes(other))
			.map((other) => `"${name}" refers to "${other}", which is not there`),
	);
};

const pinnedDataRule: Rule = (workflow) => {
	const names = workflow.nodes.map(({ name }) => name);
	const isUsedInEditor = nodesOf(workflow).some(({ type }) =>
		/\.(manualTrigger|chatTrigger)$/.test(type),
	);
	const onPath = mainPathOf(workflow);
	const pins = pinnedItemsOf(workflow);
	const pinned = new Set(pins.map(([name]) => name));
	return [
		...nodesOf(workflow)
			.filter(({ name, type }) => onPath.has(name) && !RUN_AS_THEY_ARE.has(type))
			.filter(({ name }) => !pinned.has(name))
			.map(({ name }) => `"${name}" has no pinned data`),
		...(isUsedInEditor && !/unpin|pinned data/i.test(setUpOf(workflow))
			? ['"Set up" does not say that what is pinned hides what the editor would show']
			: []),
		...workflow.nodes
			.filter(({ name, type }) => pinned.has(name) && UNPINNABLE.includes(type))
			.map(({ name }) => `n8n pins no data of "${name}"`),
		...pins.flatMap(([name, items]) => [
			...(names.includes(name) ? [] : [`there is pinned data of "${name}", which is not there`]),
			...(items.length > 0 ? [] : [`the pinned data of "${name}" has no items`]),
			...items
				.filter((item) => Object.keys(item).some((key) => !['json', 'pairedItem'].includes(key)))
				.map(() => `the pinned data of "${name}" has more than JSON`),
			...items
				.filter(({ json }) => Object.keys((json as object | undefined) ?? {}).length === 0)
				.map(() => `the pinned data of "${name}" has an empty item`),
		]),
	];
};

const personalDataRule: Rule = (workflow) => {
	const settings = workflow.nodes.find(({ name }) => name === SETTINGS);
	const placeholders: string[] = JSON.stringify(settings ?? {}).match(/[\w.+-]+@[\w.-]+\w/g) ?? [];
	const addresses = JSON.stringify(workflow).match(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g) ?? [];
	const pinned = pinnedItemsOf(workflow).flatMap(([name, items]) =>
		entriesWithin(items).map(([key, value]) => [name, key, value] as const),
	);
	return [
		...addresses
			.filter((address) => !address.endsWith('.invalid'))
			.filter((address) => !(address.endsWith('example.com') && placeholders.includes(address)))
			.map((address) => `${address} might be somebody's`),
		...pinned
			.filter(([, key]) => /^(last|family|full|entity|company)[ _]?name$/i.test(key))
			.filter(([, , value]) => value && !/\bSample\b/.test(String(value)))
			.map(([node, , value]) => `"${String(value)}" in "${node}" is not plainly made up`),
	];
};

const secretsRule: Rule = (workflow) => {
	const secret = SECRET.exec(JSON.stringify(workflow))?.[0];
	const pinned = pinnedItemsOf(workflow).flatMap(([, items]) => entriesWithin(items));
	return [
		...workflow.nodes
			.filter(({ credentials }) => credentials !== undefined)
			.map(({ name }) => `"${name}" has credentials`),
		...(secret ? [`${secret} looks like a key`] : []),
		...pinned
			.filter(([key]) => /(token|secret|password|api_?key|authorization)$/i.test(key))
			.filter(([, value]) => !/^sample-/.test(String(value)))
			.map(([key]) => `the pinned ${key} does not begin with "sample-"`),
	];
};

const offeredActions = new Map(
	offeredOptions.map(([{ resource, operation }, { action }]) => [
		`${resource} ${operation}`,
		String(action),
	]),
);

/** What the editor calls the operation of a ComplyCube node; undefined for any other node, and if there is no such operation. */
const actionOf = ({ type, parameters: { resource, operation } }: WorkflowNode) =>
	/^n8n-nodes-complycube\.complyCube(Tool)?$/.test(type)
		? offeredActions.get(`${String(resource)} ${String(operation)}`)
		: undefined;

/** A hosted session is charged only once the client goes through it. */
const isHostedSession = ({ parameters }: WorkflowNode) => parameters.resource === 'flowSession';

const costs = (node: WorkflowNode) =>
	/\((charged|paid quota)\)$/.test(actionOf(node) ?? '') && !isHostedSession(node);

const erases = (node: WorkflowNode) => /^(Delete|Redact)\b/.test(actionOf(node) ?? '');

/** Tells whether anybody who knows the address can start a workflow by this trigger. */
const isOpen = ({ type, parameters }: WorkflowNode) => {
	const { authentication = 'none', public: isPublic = false } = parameters;
	const takesAuthentication = /\.(webhook|formTrigger|chatTrigger|mcpTrigger)$/.test(type);
	const isInEditorOnly = type.endsWith('.chatTrigger') && !isPublic;
	return takesAuthentication && authentication === 'none' && !isInEditorOnly;
};

const openDoorsRule: Rule = (workflow) =>
	nodesOf(workflow)
		.filter(isOpen)
		.flatMap((trigger) => {
			if (/\.(webhook|mcpTrigger)$/.test(trigger.type)) {
				return [`"${trigger.name}" has no authentication`];
			}
			const atWork = setToWorkBy(trigger.name, workflow);
			return nodesOf(workflow)
				.filter((node) => atWork.has(node.name) && (costs(node) || erases(node)))
				.map(
					({ name }) => `"${name}" costs or erases something, behind the open "${trigger.name}"`,
				);
		});

const complyCubeNodesRule: Rule = (workflow) => [
	...nodesOf(workflow)
		.filter(({ type }) => /^n8n-nodes-complycube\.complyCube(Tool)?$/.test(type))
		.filter((node) => actionOf(node) === undefined)
		.map(({ name }) => `"${name}" names no operation`),
	...nodesOf(workflow)
		.filter((node) => costs(node) && node.retryOnFail)
		.map(({ name }) => `"${name}" costs something and is tried again`),
	...nodesOf(workflow)
		.filter(({ type }) => type === 'n8n-nodes-complycube.complyCubeTool')
		.filter(({ onError }) => onError !== 'continueRegularOutput')
		.map(({ name }) => `"${name}" does not tell the agent why it failed`),
];

const formatRule: Rule = (workflow) => {
	const { nodes, settings } = workflow;
	return [
		...Object.keys(workflow)
			.filter((key) => !['name', 'nodes', 'connections', 'pinData', 'settings'].includes(key))
			.map((key) => `there is a property "${key}"`),
		...(settings?.executionOrder === 'v1' ? [] : ['the execution order is not v1']),
		...(settings?.saveDataSuccessExecution === 'none' && settings.saveManualExecutions !== false
			? ['n8n keeps runs in the editor, though not those that succeed']
			: []),
		...duplicatesIn(nodes.map(({ id }) => String(id))).map((id) => `two nodes have the ID ${id}`),
		...nodes.filter(({ id }) => !UUID.test(id ?? '')).map(({ name }) => `"${name}" has no UUID`),
		...nodes
			.filter(({ type, webhookId }) => HAVE_WEBHOOK_ID.includes(type) || webhookId !== undefined)
			.filter(({ webhookId }) => !UUID.test(String(webhookId)))
			.map(({ name }) => `"${name}" has no webhook ID`),
		...connectionsOf(workflow)
			.flatMap(({ from, to }) => [from, to])
			.filter((end) => !nodes.some(({ name }) => name === end))
			.map((end) => `a connection ends at "${end}", which is not there`),
	];
};

/** What every example has to be like, each rule under what it demands. */
export const EXAMPLE_RULES: Record<string, Rule> = {
	'has a title of a verb, a thing, and with what or whom': titleRule,
	'begins with a yellow note for its reader': yellowNoteRule,
	'says in a sentence what it does': purposeRule,
	'has a white note for each section': whiteNotesRule,
	'frames each node with a white note': frameRule,
	'leaves nothing covered': overlapRule,
	'leads from left to right': directionRule,
	'names its nodes for what they do': nodeNamesRule,
	'has one node for all that is to be filled in': settingsRule,
	'has no addresses and IDs elsewhere': placeholdersRule,
	'refers to nodes that are there': referencesRule,
	'can be clicked through without a credential': pinnedDataRule,
	'has no personal data': personalDataRule,
	'has no credentials and keys': secretsRule,
	'lets nobody unknown spend or erase anything': openDoorsRule,
	'uses the ComplyCube node with care': complyCubeNodesRule,
	'is a plain export': formatRule,
};
