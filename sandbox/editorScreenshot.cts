import { chromium, type Page } from 'playwright-core';

import type { Login } from './n8nClient.cts';

const CHROMIUM = '/usr/bin/chromium';

/** The editor is several megabytes of script, which a busy machine takes its time over. */
const TIMEOUT_MS = 60_000;

const CHROMIUM_FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
];

interface ScreenshotOptions {
	/** Address of a running n8n's editor. */
	url: string;
	login: Login;
	workflowId: string;
	/** Node whose details to open; without it the picture shows the canvas. */
	nodeName?: string;
	/** Path of the JPEG to write. */
	file: string;
	dark?: boolean;
}

/**
 * Takes a picture of a workflow in n8n's editor, 1440 by 900 pixels. An n8n started by this sandbox
 * greets nobody: its welcome, survey and news popups are switched off in n8nEnvironment.cts.
 *
 * @throws Error when Chromium is missing, the login is refused, or the workflow or node is not there
 */
export async function screenshot({
	url,
	login,
	workflowId,
	nodeName,
	file,
	dark = false,
}: ScreenshotOptions): Promise<void> {
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
	try {
		const context = await browser.newContext({
			viewport: { width: 1440, height: 900 },
			// The editor follows the system until somebody chooses a theme.
			colorScheme: dark ? 'dark' : 'light',
		});
		context.setDefaultTimeout(TIMEOUT_MS);
		await context.route(
			(address) => address.origin !== url,
			(route) => route.abort(),
		);
		const response = await context.request.post(`${url}/rest/login`, {
			data: { emailOrLdapLoginId: login.email, password: login.password },
		});
		if (!response.ok()) throw new Error(`n8n refused the login with ${response.status()}`);

		const page = await context.newPage();
		await page.goto(`${url}/workflow/${workflowId}`);
		await page.locator('[data-test-id="canvas-node"]').first().waitFor();
		if (nodeName !== undefined) await openDetails(page, nodeName);
		await page.waitForLoadState('networkidle');
		// Code fields leave an empty box for their tooltips in the corner of the window.
		await page.addStyleTag({
			content: '[class^="ͼ"]:not(.cm-editor) { display: none !important }',
		});
		await page.screenshot({ path: file, type: 'jpeg', quality: 90, animations: 'disabled' });
	} finally {
		await browser.close();
	}
}

async function openDetails(page: Page, nodeName: string): Promise<void> {
	await page.locator(`[data-test-id="canvas-node"][data-node-name="${nodeName}"]`).dblclick();
	await page.locator('[data-test-id="ndv"]').waitFor();
}
