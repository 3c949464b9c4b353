import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

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

/** The editor is several megabytes of script, so a busy machine takes long to load it. */
const TIMEOUT_MS = 60_000;

/**
 * Starts Debian's Chromium.
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

/** What a picture shows below the last field, in pixels. */
const PICTURE_MARGIN = 16;

/** The window, in pixels of CSS. */
const WINDOW = { width: 1440, height: 900 };

/** A picture has to be smaller than this, so that pages with many of them load fast. */
const MAX_PICTURE_BYTES = 80_000;

/** JPEG qualities to try, from hardly any loss to some that can be seen. */
const QUALITIES = [90, 80, 70, 60, 50, 40];

/** How wide the window is, in pixels of CSS, when a workflow fills it; the narrower, the smaller everything is drawn. */
const WORKFLOW_WIDTHS = [1400, 1200, 1050, 900, 800, 700, 600];

/** Space around a workflow, in pixels of CSS. */
const MARGIN = 16;

/** Hides everything around a workflow, the grid behind it, and what only shows when the mouse is there. */
const WORKFLOW_ONLY = `
	#header, #sidebar, [data-test-id="canvas-node-toolbar"], .vue-flow__resize-control { display: none !important }
	#app *:not(:has(.vue-flow__viewport, marker), .vue-flow__viewport, .vue-flow__viewport *, marker, marker *),
	[data-test-id="canvas-handle-plus-wrapper"] { visibility: hidden !important }`;

/** An area of the window, in pixels of CSS. */
interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** The smallest area with all the given ones and a margin; undefined if there are none. */
function areaAround(areas: Area[], margin = 0): Area | undefined {
	if (areas.length === 0) return undefined;
	const left = Math.min(...areas.map(({ x }) => x)) - margin;
	const top = Math.min(...areas.map(({ y }) => y)) - margin;
	const right = Math.max(...areas.map(({ x, width }) => x + width)) + margin;
	const bottom = Math.max(...areas.map(({ y, height }) => y + height)) + margin;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/** What a user types into the form of the ComplyCube credential. */
interface CredentialForm {
	name: string;
	apiKey: string;
	baseUrl: string;
}

/** What n8n shows about a failed node. */
interface ShownError {
	message: string;
	description: string;
}

/**
 * n8n's editor in a window, and what a user does there. Every method waits until the screen shows the
 * result, and throws playwright's TimeoutError if that takes longer than a minute.
 *
 * No popups get in the way: n8nEnvironment.cts switches off n8n's welcome, its survey and its news.
 */
export class Editor {
	private constructor(
		private readonly page: Page,
		private readonly url: string,
	) {}

	/**
	 * Opens a window in which nobody is logged in. It can reach no other address than the given one.
	 *
	 * @param url Address of a running n8n's editor, without a slash at the end
	 * @param size Height of the window in pixels of CSS, and pixels of a picture for each of them
	 */
	static async open(
		browser: Browser,
		url: string,
		{ height = WINDOW.height, deviceScaleFactor = 1 } = {},
	): Promise<Editor> {
		const viewport = { ...WINDOW, height };
		const context = await browser.newContext({ viewport, deviceScaleFactor });
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

	/** Logs in through n8n's form. */
	async signIn({ email, password }: Login): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.byTestId('emailOrLdapLoginId').locator('input').fill(email);
		await this.byTestId('password').locator('input').fill(password);
		await this.byTestId('form-submit-button').click();
		await this.byTestId('project-home-menu-item').waitFor();
	}

	/** Switches between light and dark. The editor follows the system as long as nobody has chosen a theme. */
	async useColours(colorScheme: 'light' | 'dark'): Promise<void> {
		await this.page.emulateMedia({ colorScheme });
	}

	/**
	 * Creates a ComplyCube credential from the list of credentials, and leaves its form open.
	 *
	 * @returns What n8n says about it once it is saved, including any details
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

	/** Opens the menu of what can be created, at the top left. */
	async openMenuOfNew(): Promise<void> {
		await this.byTestId('universal-add').click();
		await this.menuEntry('New workflow').waitFor();
		// The menu takes no click while it is still opening
		await this.page.waitForTimeout(1_000);
	}

	/** Creates a workflow from the open menu. */
	async addWorkflowFromMenu(): Promise<void> {
		await this.menuEntry('New workflow').getByText('New workflow').click();
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

	/** Opens the nodes panel to add a node after another one. */
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
	 * @param expected The name of a node to wait for
	 * @returns The names of the nodes that are found, best match first
	 */
	async searchNodes(text: string, expected: string): Promise<string[]> {
		await this.byTestId('node-creator-search-bar').fill(text);
		await this.panelEntry(expected).waitFor();
		return await this.byTestId('node-creator-item-name').allInnerTexts();
	}

	/** Adds a node that has no actions to choose from, from the nodes panel; its details open. */
	async addNode(name: string): Promise<void> {
		await this.searchNodes(name, name);
		await this.panelEntry(name).click();
		await this.details.waitFor();
	}

	/** Adds the trigger that starts a workflow by hand, from the nodes panel of an empty workflow. */
	async addManualTrigger(): Promise<void> {
		await this.panelEntry('Trigger manually').click();
		await this.byTestId('canvas-node').first().waitFor();
	}

	/** Adds an action or a trigger of ComplyCube from the nodes panel; the details of the new node open. */
	async addComplyCube(kind: 'Actions' | 'Triggers', action: string): Promise<void> {
		await this.listComplyCube(kind, action);
		await this.addListed(action);
	}

	/** Opens the list of what ComplyCube offers, from the nodes panel, and waits for an entry of it. */
	async listComplyCube(kind: 'Actions' | 'Triggers', expected: string): Promise<void> {
		await this.panelEntry('ComplyCube').click();
		const category = this.byTestId('node-creator-category-item').filter({ hasText: kind });
		await category.waitFor();
		// n8n may have unfolded it already
		if (!(await this.panelEntry(expected).isVisible())) await category.click();
		await this.panelEntry(expected).waitFor();
	}

	/** Adds an entry of the open list; the details of the new node open. */
	async addListed(action: string): Promise<void> {
		await this.panelEntry(action).click();
		await this.details.waitFor();
	}

	/** The parameters of the node whose details are open. */
	get parameters(): Locator {
		return this.details.locator('.node-settings');
	}

	/** The output of the node whose details are open. */
	get output(): Locator {
		return this.byTestId('output-panel');
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
	 * Opens the list of a field, and searches in it.
	 *
	 * @param parameter The field's parameter
	 * @returns The entries that are found
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

	/** Picks an entry from the open list. */
	async pickFromList(entry: string): Promise<void> {
		await this.byTestId('rlc-item').getByText(entry, { exact: true }).click();
	}

	/** Enters an ID instead of picking an entry from a list. */
	async enterId(parameter: string, id: string): Promise<void> {
		const field = this.byTestId(`resource-locator-${parameter}`);
		await field.locator('[data-test-id="rlc-mode-selector"]').click();
		await this.byTestId('mode-id').click();
		const input = field.locator('[data-test-id="rlc-input"]');
		await input.fill(id);
		await input.blur();
		// The editor applies a text a moment after it was entered, and does not show when
		await this.page.waitForTimeout(1_000);
	}

	/** Enters a text into a field by what it says while it is empty. */
	async enterText(placeholder: string, text: string): Promise<void> {
		const input = this.details.getByPlaceholder(placeholder, { exact: true });
		await input.fill(text);
		await input.blur();
		// As in `enterId`
		await this.page.waitForTimeout(1_000);
	}

	/**
	 * Drags a field of the input to a field of the node.
	 *
	 * @param field The input field's name
	 * @param target The node's parameter if it is a resource locator; else what the field says while it is empty
	 */
	async dragInput(field: string, target: { parameter: string } | { placeholder: string }) {
		const source = this.byTestId('ndv-input-panel').getByText(field, { exact: true }).first();
		const to =
			'parameter' in target
				? this.byTestId(`resource-locator-${target.parameter}`)
				: this.details.getByPlaceholder(target.placeholder, { exact: true });
		const { x, y, width, height } = (await to.boundingBox())!;
		await source.hover();
		await this.page.mouse.down();
		// n8n takes it for a drag only once the mouse has moved for a while
		await this.page.mouse.move(x + width / 2, y + height / 2, { steps: 20 });
		await this.page.waitForTimeout(500);
		await this.page.mouse.up();
		await this.details
			.getByText(/\{\{ \$json\./)
			.first()
			.waitFor();
		// As in `enterId`
		await this.page.waitForTimeout(1_000);
	}

	/** Opens the settings of the node whose details are open. */
	async openSettings(): Promise<void> {
		await this.byTestId('tab-settings').click();
		await this.settingsOf('requestOptions').waitFor();
	}

	/** Adds a field to the only collection of the open tab: the parameters or the settings. */
	async addField(name: string): Promise<void> {
		await this.visible('collection-parameter-add').click();
		const entries = this.page.getByRole('option');
		await entries.getByText(name, { exact: true }).click();
		// Else the list, which fades, is taken for that of the new field
		await entries.first().waitFor({ state: 'hidden' });
	}

	/** Lists the fields that can be added to the only collection of the open tab. */
	async listFieldsToAdd(): Promise<string[]> {
		await this.visible('collection-parameter-add').click();
		const entries = this.page.getByRole('option');
		await entries.first().waitFor();
		const names = await entries.allInnerTexts();
		await this.visible('collection-parameter-add').click();
		await entries.first().waitFor({ state: 'hidden' });
		return names;
	}

	/** Counts the red marks of a field; the editor sets one a moment after the field is shown. */
	async countIssues(parameter: string): Promise<number> {
		await this.page.waitForTimeout(1_000);
		const field = this.page.locator('.parameter-item', { has: this.fieldOf(parameter) }).last();
		return await field.locator('[data-test-id="parameter-issues"]').count();
	}

	/** Waits until n8n has loaded the choices of a field, and leaves its list closed. @returns How many there are */
	async waitForOptions(parameter: string): Promise<number> {
		const items = await this.openList(parameter);
		await items.first().waitFor();
		const count = await items.count();
		await this.page.keyboard.press('Escape');
		await items.first().waitFor({ state: 'hidden' });
		return count;
	}

	/** Chooses from the list of a field by typing the beginning of an entry. */
	async chooseOption(parameter: string, name: string): Promise<void> {
		const items = await this.openList(parameter);
		await this.page.keyboard.type(name);
		const item = items.getByText(name, { exact: true });
		await item.click();
		await item.waitFor({ state: 'hidden' });
	}

	/** Turns on a switch that is off. */
	async turnOn(parameter: string): Promise<void> {
		const input = this.fieldOf(parameter).locator('input[aria-checked]');
		await this.fieldOf(parameter).locator('.el-switch').click();
		await input.and(this.page.locator('[aria-checked="true"]')).waitFor({ state: 'attached' });
	}

	/** Removes an entry from Request Options in the open settings. */
	async removeRequestOption(parameter: string): Promise<void> {
		const entry = this.page.locator('.multi-parameter', { has: this.settingsOf(parameter) }).last();
		await this.settingsOf(parameter).hover();
		await entry.locator('> button[title="Delete"]').click();
		await this.settingsOf(parameter).waitFor({ state: 'detached' });
	}

	/** Removes what an entry of Request Options has, but not the entry itself. */
	async emptyRequestOption(parameter: string): Promise<void> {
		const values = this.byTestId(`fixed-collection-${parameter}`);
		await values.hover();
		await values.locator('[data-test-id="fixed-collection-delete"]').click();
		await values.locator('[data-test-id="fixed-collection-add"]').waitFor();
	}

	/** Enters a number in the open settings. */
	async enterNumber(parameter: string, value: number): Promise<void> {
		const input = this.numberOf(parameter);
		await input.fill(String(value));
		await input.blur();
		// As in `enterId`
		await this.page.waitForTimeout(1_000);
	}

	/** Reads a number in the open settings as it is shown. */
	async readNumber(parameter: string): Promise<string> {
		return await this.numberOf(parameter).inputValue();
	}

	/** Reads the notices about the node whose details are open. */
	async readHints(): Promise<string[]> {
		return await this.details.locator('.n8n-callout, [data-test-id="node-hint"]').allInnerTexts();
	}

	/** Saves the open workflow, unless n8n has done so by itself. @returns Its ID */
	async save(): Promise<string> {
		await this.page.keyboard.press('Control+s');
		await this.page.waitForURL(/\/workflow\/(?!new\b)\w+/);
		await this.page.waitForLoadState('networkidle');
		return new URL(this.page.url()).pathname.split('/')[2];
	}

	/** Publishes the open workflow. @returns What n8n's dialog says after that */
	async publish(): Promise<string> {
		await this.byTestId('workflow-open-publish-modal-button').click();
		await this.byTestId('workflow-publish-button').click();
		const close = this.page.getByRole('button', { name: 'Got it' });
		await close.waitFor();
		const message = await this.page.getByRole('dialog').filter({ has: close }).innerText();
		await close.click();
		return message;
	}

	/** Waits for a notification in the corner of the window. @returns Its text */
	async waitForNotification(): Promise<string> {
		return await this.page.locator('.el-notification').innerText();
	}

	/** Executes the node whose details are open for the first time, and waits until it has succeeded or failed. */
	async executeStep(): Promise<void> {
		await this.byTestId('node-execute-button').click();
		await this.waitForRun();
	}

	/** Executes the open workflow, and waits until it has succeeded. */
	async executeWorkflow(): Promise<void> {
		await this.page.getByRole('button', { name: 'Execute workflow' }).last().click();
		await this.page.getByText('Workflow executed successfully').waitFor();
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

	/** Reads the output panel as a table: the fields of each item as they are shown. */
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

	/** Shows the output panel as a list of fields below one another. */
	async showOutputSchema(): Promise<void> {
		await this.output.locator('[data-test-id="radio-button-schema"]').click();
	}

	/** Moves the whole workflow into the window. @returns The button's name */
	async zoomToFit(): Promise<string | null> {
		const button = this.byTestId('zoom-to-fit');
		await button.click();
		// It moves there slowly
		await this.page.waitForTimeout(1_000);
		return await button.getAttribute('aria-label');
	}

	/** Reads all that the window shows: texts, what fields contain, and what they say while they are empty. */
	async readScreen(): Promise<string> {
		const fields = await this.page.locator('input:visible').all();
		const contents = await Promise.all(
			fields.map(async (field) => [
				await field.inputValue(),
				await field.getAttribute('placeholder'),
			]),
		);
		return [await this.page.locator('body').innerText(), ...contents.flat()].join('\n');
	}

	/** Reads what the output panel says about a failed node. */
	async readError(): Promise<ShownError> {
		return {
			message: await this.byTestId('node-error-message').innerText(),
			description: await this.byTestId('node-error-description').innerText(),
		};
	}

	/** Reads the fields that n8n expects from the previous node before anything has been executed, from top to bottom. */
	async readInputPreview(): Promise<string[]> {
		await this.byTestId('schema-preview-warning').waitFor();
		const fields = this.byTestId('ndv-input-panel').locator(
			'[data-test-id="run-data-schema-item"]',
		);
		// All at once, because the editor is still moving them to their places
		const placed = await fields.evaluateAll((elements) => {
			type Shown = { innerText: string; getBoundingClientRect(): { top: number } };
			return (elements as unknown as Shown[]).map((element) => ({
				name: element.innerText.trim(),
				top: element.getBoundingClientRect().top,
			}));
		});
		return placed.sort((one, other) => one.top - other.top).map(({ name }) => name);
	}

	/** Reads the paths of a node's icon: on the canvas and, if they are open, in its details. */
	async readIcons(nodeName: string): Promise<Array<string | null>> {
		const images = await this.node(nodeName).locator('img').or(this.details.locator('img')).all();
		return await Promise.all(images.map(async (image) => await image.getAttribute('src')));
	}

	/** Reads the text below a node's name on the canvas. */
	async readSubtitle(nodeName: string): Promise<string> {
		const [, subtitle = ''] = (await this.node(nodeName).innerText()).trim().split(/\n+/);
		return subtitle;
	}

	/** Reads the colour of the text in the output panel, as a CSS value. */
	async readTextColour(): Promise<string> {
		return await this.output.evaluate((panel) => {
			type Window = { getComputedStyle(element: unknown): { color: string } };
			return (globalThis as unknown as Window).getComputedStyle(panel).color;
		});
	}

	/** Prepares the window for a picture: waits until everything is drawn, and hides what would disappear on its own. */
	async prepareForPicture(): Promise<void> {
		await this.page.waitForLoadState('networkidle');
		const iconless = { hasNot: this.page.locator('.n8n-node-icon :is(img, svg)') };
		await this.byTestId('canvas-node').filter(iconless).first().waitFor({ state: 'detached' });
		await this.page.waitForFunction('[...document.images].every(({ complete }) => complete)');
		// Code fields leave an empty box for tooltips in a corner of the window, and notifications and the icons of the nodes
		// before and after cover what is behind them
		await this.page.addStyleTag({
			content: `[class^="ͼ"]:not(.cm-editor), .el-notification, [data-test-id="floating-nodes"] {
				display: none !important }`,
		});
	}

	/**
	 * Takes a picture of the window, smaller than 80 kB.
	 *
	 * @param file Path of the JPEG to write
	 * @param parts The parts of the window to take, with what is between them; all of it by default
	 * @param height How many pixels to take, from the top; all of them by default
	 * @throws Error when the picture is too large even with the lowest quality
	 */
	async takePicture(file: string, parts: Locator[] = [], height = Infinity): Promise<void> {
		const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
		const whole = areaAround(boxes.filter((box) => box !== null));
		const clip = whole && { ...whole, height: Math.min(whole.height, height) };
		if (!(await this.writePicture(file, clip))) throw new Error(`${file} would be too large`);
	}

	/**
	 * Takes a picture of the open workflow with nothing around it, smaller than 80 kB. It is drawn as large as that allows.
	 *
	 * @param file Path of the JPEG to write
	 * @throws Error when the picture is too large even if everything is drawn small
	 */
	async takeWorkflowPicture(file: string): Promise<void> {
		await this.page.addStyleTag({ content: WORKFLOW_ONLY });
		try {
			for (const width of WORKFLOW_WIDTHS) {
				await this.page.setViewportSize({ width, height: Math.round(width * 0.7) });
				// Zooms so that everything can be seen. The canvas glides there, and does not show when it has arrived
				await this.page.keyboard.press('1');
				await this.page.waitForTimeout(1_000);
				if (await this.writePicture(file, await this.measureWorkflow())) return;
			}
			throw new Error(`${file} would be too large`);
		} finally {
			await this.page.setViewportSize(WINDOW);
		}
	}

	/** Finds the area that the nodes and notes of the open workflow take, with a margin. */
	private async measureWorkflow(): Promise<Area | undefined> {
		type Element = {
			checkVisibility(how: object): boolean;
			getBoundingClientRect(): Area;
		};
		const boxes = await this.page
			// Of what is within a node only the innermost parts: around them is space for buttons that are hidden
			.locator('.vue-flow__node, .vue-flow__node *:not(:has(*)), .vue-flow__edge-path')
			.evaluateAll((elements) =>
				(elements as unknown as Element[])
					.filter((element) => element.checkVisibility({ opacityProperty: true }))
					.map((element) => {
						const { x, y, width, height } = element.getBoundingClientRect();
						return { x, y, width, height };
					}),
			);
		const drawn = boxes.filter(({ width, height }) => width > 0 && height > 0);
		return areaAround(drawn, MARGIN);
	}

	/** Writes a picture with the best quality that keeps it small enough. @returns Whether there is one */
	private async writePicture(file: string, clip?: Area): Promise<boolean> {
		for (const quality of QUALITIES) {
			const options = { type: 'jpeg', quality, animations: 'disabled', clip } as const;
			const picture = await this.page.screenshot(options);
			if (picture.length >= MAX_PICTURE_BYTES) continue;
			await writeFile(file, picture);
			return true;
		}
		return false;
	}

	/**
	 * Takes a picture of the parameters in the open details of a node, as far as the window shows them.
	 *
	 * @param file Path of the JPEG to write
	 */
	async takeParameters(file: string): Promise<void> {
		await this.page.waitForLoadState('networkidle');
		// Fields are drawn one after the other, and lists that are loaded say so until then
		await this.page.waitForTimeout(500);
		const { y: top } = (await this.parameters.boundingBox())!;
		const bottoms = await this.parameters
			.locator('.parameter-input-list-wrapper')
			.evaluateAll((lists) => {
				type Shown = { getBoundingClientRect(): { bottom: number } };
				return (lists as unknown as Shown[]).map((list) => list.getBoundingClientRect().bottom);
			});
		await this.takePicture(file, [this.parameters], Math.max(...bottoms) - top + PICTURE_MARGIN);
	}

	private get details(): Locator {
		return this.byTestId('ndv');
	}

	private visible(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]:visible`);
	}

	private settingsOf(parameter: string): Locator {
		return this.page.locator(`label[for="${parameter}"]:visible`);
	}

	private numberOf(parameter: string): Locator {
		return this.fieldOf(parameter).locator('input');
	}

	private fieldOf(parameter: string): Locator {
		return this.byTestId(`parameter-input-${parameter}`);
	}

	/** Opens the list of a field, once n8n has loaded it: until then it takes no click. @returns Its entries */
	private async openList(parameter: string): Promise<Locator> {
		const field = this.fieldOf(parameter).getByRole('combobox');
		await field.click();
		const list = await field.getAttribute('aria-controls');
		return this.page.locator(`[id="${list}"] .el-select-dropdown__item`);
	}

	private byTestId(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	private menuEntry(name: string): Locator {
		return this.page.getByRole('menuitem', { name, exact: true });
	}

	private node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	private panelEntry(name: string): Locator {
		return this.byTestId('node-creator-item-name').getByText(name, { exact: true });
	}
}
