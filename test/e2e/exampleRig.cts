import { fillExample, fillSettings, readExample } from '../../sandbox/journey/examples.cts';
import { startMailServer, type Mail } from '../../sandbox/journey/mailServer.cts';
import type { StoredCredential, Workflow } from '../../sandbox/n8n/workflow.cts';
import { waitFor } from '../../sandbox/process/waitFor.cts';
import { Sandbox } from '../../sandbox/rig/sandbox.cts';

/** A credential of n8n's, as it is created: its type and its data. */
type CredentialData = [type: string, data: Record<string, unknown>];

/** An example that n8n keeps runs of in the editor, so that a test can read them. */
export const withRunsKept = (workflow: Workflow): Workflow => ({
	...workflow,
	settings: { ...workflow.settings, saveManualExecutions: true },
});

/** A real n8n with a mail server, in which examples are filled in and run. */
export class ExampleRig {
	private constructor(
		readonly sandbox: Sandbox,
		/** All mail received since the last reset, oldest first. */
		readonly mails: Mail[],
		private readonly credentials: StoredCredential[],
		private readonly stopMailServer: () => Promise<void>,
	) {}

	/** @param others The credentials that the example needs besides those of ComplyCube and the mail server */
	static async start(...others: CredentialData[]): Promise<ExampleRig> {
		const mailServer = await startMailServer();
		try {
			const sandbox = await Sandbox.start();
			const { client } = sandbox.n8n;
			const credentials = [sandbox.credential];
			for (const [type, data] of [['smtp', mailServer.credential] as CredentialData, ...others]) {
				credentials.push(await client.createCredential(type, type, data));
			}
			return new ExampleRig(
				sandbox,
				mailServer.mails,
				credentials,
				async () => await mailServer.stop(),
			);
		} catch (error) {
			await mailServer.stop();
			throw error;
		}
	}

	async stop(): Promise<void> {
		await this.sandbox.stop();
		await this.stopMailServer();
	}

	/** Forgets what earlier tests left: published workflows, mails and what the simulator has. */
	async reset(): Promise<void> {
		await this.sandbox.unpublishAll();
		this.sandbox.simulator.reset();
		this.mails.length = 0;
	}

	/**
	 * Reads an example and fills in what its user would have to.
	 *
	 * @param settings What to enter in the node "Settings", by name
	 * @throws Error when the node has no such setting
	 */
	example(name: string, settings: Record<string, unknown> = {}): Workflow {
		const [template] = this.sandbox.simulator.settings.workflowTemplates;
		return fillSettings(fillExample(name, this.credentials, template.id), settings);
	}

	/** The credential of a type. */
	credential(type: string): StoredCredential {
		return this.credentials.find((one) => one.type === type)!;
	}

	/** Publishes an example. @returns Its ID */
	async publish(workflow: Workflow): Promise<string> {
		return await this.sandbox.n8n.client.publish(workflow);
	}

	/** Runs an example as one who clicks through it without any credential: on its pinned data. */
	async clickThrough(name: string, triggerNode: string) {
		const { client } = this.sandbox.n8n;
		const { id } = await client.createWorkflow(withRunsKept(readExample(name)));
		return await client.runWorkflow(id, { triggerNode });
	}

	/** Waits for a number of mails. @returns All mails that there are then */
	async waitForMails(count: number, timeoutMs = 60_000): Promise<Mail[]> {
		await waitFor(() => this.mails.length >= count, timeoutMs);
		return this.mails;
	}

	/** Requests to the simulator, as `GET /v1/clients`, without the query. */
	requests(): string[] {
		return this.sandbox.simulator.requests.map(
			({ method, path }) => `${method} ${path.split('?')[0]}`,
		);
	}
}
