import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSimulator } from '../../simulator/server.cts';
import type { N8nClient } from '../n8n/n8nClient.cts';
import { PROJECT_FOLDER } from '../n8n/paths.cts';
import type { StoredCredential, StoredWorkflow, Workflow } from '../n8n/workflow.cts';
import type { Demonstration } from './demonstration.cts';
import { EXAMPLES, fillExample, purposeOf, readExample } from './examples.cts';
import { fillGetCompleteBranch } from './getCompleteBranch.cts';
import { linkIn, playJourney } from './journey.cts';
import { startMailServer } from './mailServer.cts';
import { saveCredential, saveWorkflow } from './savedContents.cts';
import { textTable } from './textTable.cts';

const checkout = createHash('sha256').update(PROJECT_FOLDER).digest('hex').slice(0, 8);

/**
 * n8n's data folder, kept from one `npm start` to the next. It has to be outside the project: inside it the node would
 * find the project's own n8n-workflow, which no user has.
 */
const USER_FOLDER = join(tmpdir(), `n8n-nodes-complycube-${checkout}`);

/** The examples that the journey goes through. */
const PUBLISHED = ['onboarding', 'outcome-to-team'];

/** The first one is for `get-complete-branch`, the others are there to choose from in the editor. */
const SESSIONS = [
	{ entityName: 'Ada Example' },
	{ entityName: 'Grace attention', lastName: 'attention' },
	{ entityName: 'Alan Example', status: 'complete' },
	{ entityName: 'Edsger Example', status: 'cancelled' },
];

/** What calls of the examples' webhooks have to carry. */
const HEADER_AUTH = { name: 'X-Sandbox', value: 'sandbox' };

/** Says in a line what each example is for. */
const purposes = (): string =>
	textTable(EXAMPLES.map((name) => [name, purposeOf(readExample(name))]));

/** Prints a sentence with the time of day. */
function printTimed(sentence: string): void {
	const now = new Date();
	const tenths = Math.floor(now.getMilliseconds() / 100);
	console.log(`${now.toTimeString().slice(0, 8)}.${tenths}  ${sentence}`);
}

/** Asks n8n which examples failed in their last run, and returns a sentence about each. */
async function fetchFailures(
	client: N8nClient,
	workflows: Map<string, StoredWorkflow>,
): Promise<string[]> {
	const sentences: string[] = [];
	for (const name of PUBLISHED) {
		const { id } = workflows.get(name)!;
		const [newest] = await client.listExecutions(id);
		const error = newest && (await client.getExecution(newest.id)).error;
		if (error)
			sentences.push(`The last run of ${name} failed at "${error.node}": ${error.message}`);
	}
	return sentences;
}

/** Starts a simulator of ComplyCube and a mail server, for a demonstration of all examples and a journey through two of them. */
export async function startExamplesDemonstration(): Promise<Demonstration> {
	const simulator = await startSimulator();
	const mailServer = await startMailServer((mail) => {
		const link = linkIn(mail);
		const files = mail.attachments.map(({ name }) => name);
		printTimed(
			[`Mail to ${mail.to}: ${mail.subject}`, ...(link ? [link] : []), ...files].join(
				'\n            ',
			),
		);
	});
	const [{ id: sessionId }] = simulator.workflowSessions.seed(SESSIONS);
	const {
		keys: [apiKey],
		workflowTemplates: [{ id: templateId }],
	} = simulator.settings;

	function fill(name: string, credentials: StoredCredential[]): Workflow {
		if (name === 'get-complete-branch') return fillGetCompleteBranch(credentials[0], sessionId);
		const workflow = fillExample(name, credentials, templateId);
		const slack = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.slack');
		// There is no account for it. A node that is switched off passes its items on
		if (slack) slack.disabled = true;
		return workflow;
	}

	async function importExamples(client: N8nClient): Promise<Map<string, StoredWorkflow>> {
		const credentials = [
			await saveCredential(client, 'ComplyCube simulator', 'complyCubeApi', {
				apiKey,
				baseUrl: simulator.url,
				requestsPerSecond: 0,
			}),
			await saveCredential(client, 'Sandbox mail server', 'smtp', mailServer.credential),
			await saveCredential(client, 'Sandbox header', 'httpHeaderAuth', HEADER_AUTH),
		];
		for (const { id, active } of await client.listWorkflows()) {
			// Still published from an earlier start, whose simulator had its webhook
			if (active) await client.deactivate(id);
		}
		const workflows = new Map<string, StoredWorkflow>();
		for (const name of EXAMPLES) {
			workflows.set(name, await saveWorkflow(client, fill(name, credentials)));
		}
		for (const name of PUBLISHED) {
			await client.activate(workflows.get(name)!.id);
		}
		return workflows;
	}

	return {
		userFolder: USER_FOLDER,
		async run({ client, url }, signal) {
			const workflows = await importExamples(client);
			console.log(`Imported ${EXAMPLES.length} examples:\n\n${purposes()}\n`);
			const { nodes } = workflows.get('onboarding')!;
			const { webhookId } = nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger')!;
			const form = `${url}/form/${String(webhookId)}`;
			const { mails } = mailServer;
			const failure = await playJourney({
				form,
				simulator,
				mails,
				report: printTimed,
				signal,
			}).then(
				() => undefined,
				(error: Error) => error.message,
			);
			const reasons = failure ? [failure, ...(await fetchFailures(client, workflows))] : [];
			console.log(`\n${reasons.join('\n') || 'The journey is complete.'}\n`);
			return {
				succeeded: failure === undefined,
				instructions: [
					`Editor:    ${url}`,
					`Simulator: ${simulator.url}, key ${apiKey}`,
					`Try it:    fill in ${form}`,
					'           and follow the link in the mail, which is printed here. If the last name is "attention",',
					'           the mail about the outcome goes to the team. Slack nodes are switched off, and language',
					'           models have no credential: both need an account of your own.',
					`Webhooks:  publish the workflow, and send the header ${HEADER_AUTH.name}: ${HEADER_AUTH.value}`,
				],
			};
		},
		async close() {
			await mailServer.stop();
			await simulator.close();
		},
	};
}
