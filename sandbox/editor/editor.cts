import { existsSync } from 'node:fs';

import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

import type { Login } from '../n8n/n8nClient.cts';

const CHROMIUM = '/usr/bin/chromium';

const CHROMIUM_FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
];

/** The editor is several megabytes of script, which a busy machine takes its time over. */
const TIMEOUT_MS = 60_000;

/**
 * Starts Chromium as Debian installs it.
 *
 * @throws Error that says what to install when it is missing
 */
export async function startChromium(): Promise<Browser> {
	if (!existsSync(CHROMIUM)) {
		throw new Error(
			`Chromium is not at ${CHROMIUM}. Install it: apt-get install chromium fonts-liberation`,
		);
	}
	return await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
}

/** What somebody types into the form of the ComplyCube credential. */
interface CredentialForm {
	name: string;
	apiKey: string;
	baseUrl: string;
}

/** What n8n shows of a failed node. */
interface ShownError {
	message: string;
	description: string;
}

/**
 * n8n's editor in a window of 1440 by 900 pixels, and what a person does there: every method ends when the screen shows
 * the result, and throws playwright's TimeoutError if that does not come about within a minute.
 *
 * An n8n started by this sandbox greets nobody: its welcome, survey and news popups are switched off in
 * n8nEnvironment.cts.
 */
export class Editor {
	private constructor(
		private readonly page: Page,
		private readonly url: string,
	) {}

	/**
	 * Opens a window in which nobody is logged in. It reaches the one n8n only.
	 *
	 * @param url Address of a running n8n's editor, without a slash at the end
	 */
	static async open(browser: Browser, url: string): Promise<Editor> {
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		context.setDefaultTimeout(TIMEOUT_MS);
		await context.route(
			(address) => address.origin !== url,
			(route) => route.abort(),
		);
		return new Editor(await context.newPage(), url);
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}

	/** Logs in with n8n's form. */
	async signIn({ email, password }: Login): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.byTestId('emailOrLdapLoginId').locator('input').fill(email);
		await this.byTestId('password').locator('input').fill(password);
		await this.byTestId('form-submit-button').click();
		await this.byTestId('project-home-menu-item').waitFor();
	}

	/** Changes between light and dark. The editor follows the system until somebody chooses a theme. */
	async useColours(colorScheme: 'light' | 'dark'): Promise<void> {
		await this.page.emulateMedia({ colorScheme });
	}

	/**
	 * Creates a ComplyCube credential in the list of credentials, and leaves its form open.
	 *
	 * @returns What n8n says about it after saving, with the details that it has
	 */
	async createCredential({ name, apiKey, baseUrl }: CredentialForm): Promise<string> {
		await this.page.goto(`${this.url}/home/credentials`);
		await this.byTestId('add-resource-credential').click();
		await this.byTestId('new-credential-type-select').click();
		await this.page.keyboard.type('ComplyCube');
		await this.byTestId('new-credential-type-select-option')
			.filter({ hasText: 'ComplyCube' })
			.click();
		await this.byTestId('new-credential-type-button').click();
		await this.byTestId('credential-name').click();
		await this.byTestId('credential-name').locator('input').fill(name);
		await this.byTestId('parameter-input-apiKey').locator('input').fill(apiKey);
		await this.byTestId('parameter-input-baseUrl').locator('input').fill(baseUrl);
		await this.byTestId('credential-save-button').locator('button').click();
		const banner = this.credentialForm.locator('.el-tag:visible');
		await banner.waitFor();
		const details = banner.getByText('More details');
		if (await details.isVisible()) await details.click();
		return await banner.innerText();
	}

	/** The form of a credential, once it is open. */
	get credentialForm(): Locator {
		return this.byTestId('editCredential-modal');
	}

	/** Opens an empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.byTestId('canvas-add-button').waitFor();
	}

	/** Opens a saved workflow. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.byTestId('canvas-node').first().waitFor();
		await this.byTestId('node-creator-plus-button').waitFor();
	}

	/** Opens the nodes panel of an empty workflow. */
	async openNodesPanel(): Promise<void> {
		await this.byTestId('canvas-add-button').click();
		await this.byTestId('node-creator-search-bar').waitFor();
	}

	/** Opens the nodes panel to put a node behind another. */
	async openNodesPanelAfter(nodeName: string): Promise<void> {
		await this.node(nodeName).locator('[data-test-id="canvas-handle-plus"]').click();
		await this.byTestId('node-creator-search-bar').waitFor();
	}

	/** The nodes panel, once it is open. */
	get nodesPanel(): Locator {
		return this.byTestId('node-creator');
	}

	/**
	 * Searches in the nodes panel.
	 *
	 * @param text In any spelling
	 * @param expected A node that has to be among those found
	 * @returns The names of the nodes found, best first
	 */
	async searchNodes(text: string, expected: string): Promise<string[]> {
		await this.byTestId('node-creator-search-bar').fill(text);
		await this.panelEntry(expected).waitFor();
		return await this.byTestId('node-creator-item-name').allInnerTexts();
	}

	/** Chooses a node in the nodes panel that has no actions to choose from: its details open. */
	async addNode(name: string): Promise<void> {
		await this.searchNodes(name, name);
		await this.panelEntry(name).click();
		await this.details.waitFor();
	}

	/** Chooses an action or a trigger of ComplyCube in the nodes panel: the details of the new node open. */
	async addComplyCube(kind: 'Actions' | 'Triggers', action: string): Promise<void> {
		await this.panelEntry('ComplyCube').click();
		const category = this.byTestId('node-creator-category-item').filter({ hasText: kind });
		await category.waitFor();
		// n8n unfolds the one that it thinks is wanted
		if (!(await this.panelEntry(action).isVisible())) await category.click();
		await this.panelEntry(action).click();
		await this.details.waitFor();
	}

	/** Opens the details of a node. */
	async openDetails(nodeName: string): Promise<void> {
		await this.node(nodeName).dblclick();
		await this.details.waitFor();
	}

	async closeDetails(): Promise<void> {
		await this.byTestId('ndv-close-button').click();
		await this.details.waitFor({ state: 'hidden' });
	}

	/** Chooses a credential for the node whose details are open. */
	async chooseCredential(name: string): Promise<void> {
		await this.byTestId('node-credentials-select').click();
		await this.page
			.locator('[data-test-id^="node-credentials-select-item-"]')
			.filter({ has: this.page.getByText(name, { exact: true }) })
			.click();
	}

	/**
	 * Opens the list of a field and searches in it.
	 *
	 * @param parameter The field's parameter
	 * @returns What the list has then
	 */
	async searchList(parameter: string, text: string): Promise<string[]> {
		await this.byTestId(`resource-locator-${parameter}`)
			.locator('[data-test-id="rlc-input"]')
			.click();
		await this.byTestId('rlc-item').first().waitFor();
		const found = this.page.waitForResponse(
			(response) =>
				response.url().endsWith('/resource-locator-results') &&
				response.request().postDataJSON().filter === text,
		);
		await this.byTestId('rlc-search').fill(text);
		await found;
		await this.byTestId('rlc-item')
			.filter({ hasNotText: text })
			.first()
			.waitFor({ state: 'detached' });
		return await this.byTestId('rlc-item').allInnerTexts();
	}

	/** Picks an entry of the list that is open. */
	async pickFromList(entry: string): Promise<void> {
		await this.byTestId('rlc-item').getByText(entry, { exact: true }).click();
	}

	/** Enters an ID instead of picking from a list. */
	async enterId(parameter: string, id: string): Promise<void> {
		const field = this.byTestId(`resource-locator-${parameter}`);
		await field.locator('[data-test-id="rlc-mode-selector"]').click();
		await this.byTestId('mode-id').click();
		const input = field.locator('[data-test-id="rlc-input"]');
		await input.fill(id);
		await input.blur();
		// The editor takes a text over a moment after it was entered, and shows nothing of that
		await this.page.waitForTimeout(1_000);
	}

	/** Executes the node whose details are open, for the first time, and waits for its end, be it a good one or not. */
	async executeStep(): Promise<void> {
		await this.byTestId('node-execute-button').click();
		await this.waitForRun();
	}

	/** Lets the trigger whose details are open listen for a test event. */
	async listenForTestEvent(): Promise<void> {
		await this.byTestId('trigger-execute-button').click();
		await this.byTestId('trigger-listening').waitFor();
	}

	/** Waits until the node whose details are open has been executed. */
	async waitForRun(): Promise<void> {
		await this.output.locator('[data-test-id^="node-run-status-"]').waitFor();
	}

	/** What the output panel has, as a table: each item's fields as they are shown. */
	async readOutput(): Promise<Array<Record<string, string>>> {
		await this.output.locator('[data-test-id="radio-button-table"]').click();
		const table = this.output.locator('table');
		const names = await table.locator('th').allInnerTexts();
		const rows = await table.locator('tbody tr').all();
		return await Promise.all(
			rows.map(async (row) => {
				const cells = await row.locator('> td').allInnerTexts();
				const fields = names.map((name, i) => [name.trim(), cells[i]?.trim()]);
				return Object.fromEntries(fields.filter(([name]) => name)) as Record<string, string>;
			}),
		);
	}

	/** What the output panel says of a node that failed. */
	async readError(): Promise<ShownError> {
		return {
			message: await this.byTestId('node-error-message').innerText(),
			description: await this.byTestId('node-error-description').innerText(),
		};
	}

	/** The fields of the node before the one whose details are open, as n8n knows them before anything was executed. */
	async readInputPreview(): Promise<string[]> {
		await this.byTestId('schema-preview-warning').waitFor();
		return await this.byTestId('ndv-input-panel')
			.locator('[data-test-id="run-data-schema-item"]')
			.allInnerTexts();
	}

	/** Paths of a node's icon, on the canvas and, if they are open, in its details. */
	async readIcons(nodeName: string): Promise<Array<string | null>> {
		const images = await this.node(nodeName).locator('img').or(this.details.locator('img')).all();
		return await Promise.all(images.map(async (image) => await image.getAttribute('src')));
	}

	/** What the canvas says below a node's name. */
	async readSubtitle(nodeName: string): Promise<string> {
		const [, subtitle = ''] = (await this.node(nodeName).innerText()).trim().split(/\n+/);
		return subtitle;
	}

	/** The colour of the text in a node's details, as CSS has it. */
	async readTextColour(): Promise<string> {
		return await this.output.evaluate((panel) => {
			type Window = { getComputedStyle(element: unknown): { color: string } };
			return (globalThis as unknown as Window).getComputedStyle(panel).color;
		});
	}

	/** Makes the window ready for a picture: waits until all is drawn, and hides what goes away by itself. */
	async prepareForPicture(): Promise<void> {
		await this.page.waitForLoadState('networkidle');
		const iconless = { hasNot: this.page.locator('.n8n-node-icon :is(img, svg)') };
		await this.byTestId('canvas-node').filter(iconless).first().waitFor({ state: 'detached' });
		await this.page.waitForFunction('[...document.images].every(({ complete }) => complete)');
		// Code fields leave an empty box for their tooltips in the corner of the window; news hides what is behind it
		await this.page.addStyleTag({
			content: '[class^="ͼ"]:not(.cm-editor), .el-notification { display: none !important }',
		});
	}

	/**
	 * Takes a picture of the window.
	 *
	 * @param file Path of the JPEG to write
	 * @param part Only this part of the window
	 * @param height Only so many pixels of it, from its top
	 */
	async takePicture(file: string, part?: Locator, height = Infinity): Promise<void> {
		const box = await part?.boundingBox();
		const clip = box ? { ...box, height: Math.min(box.height, height) } : undefined;
		const options = { path: file, type: 'jpeg', quality: 90, animations: 'disabled' } as const;
		await this.page.screenshot({ ...options, clip });
	}

	private get details(): Locator {
		return this.byTestId('ndv');
	}

	private get output(): Locator {
		return this.byTestId('output-panel');
	}

	private byTestId(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	private node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	private panelEntry(name: string): Locator {
		return this.byTestId('node-creator-item-name').getByText(name, { exact: true });
	}
}
