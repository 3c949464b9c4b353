import { waitFor } from '../process/waitFor.cts';

const TIMEOUT_MS = 30_000;

/**
 * Fills in a form of n8n's Form Trigger and follows it to the end, as its page does in a browser.
 *
 * @param address Of the form
 * @param answers By the labels of the fields
 * @returns HTML of the last page
 * @throws Error when the form is not there, has no such field, or its workflow fails
 */
export async function submitForm(
	address: string,
	answers: Record<string, string>,
): Promise<string> {
	const page = await readPage(await fetch(address));
	const form = new FormData();
	for (const [label, answer] of Object.entries(answers)) form.set(fieldOf(page, label), answer);
	const reply = await readPage(await fetch(address, { method: 'POST', body: form }));
	const { formWaitingUrl } = JSON.parse(reply) as { formWaitingUrl: string };

	const status = new URL(formWaitingUrl);
	status.pathname += '/n8n-execution-status';
	let current = '';
	await waitFor(async () => {
		current = await readPage(await fetch(status));
		return !['new', 'running'].includes(current);
	}, TIMEOUT_MS);
	if (current !== 'form-waiting') throw new Error(`The workflow behind the form is "${current}"`);
	const lastPage = await readPage(await fetch(formWaitingUrl));
	// The page says that it was shown, which lets the workflow end.
	await readPage(await fetch(formWaitingUrl, { method: 'POST' }));
	return lastPage;
}

/** @returns What the field with this label is called in the form's data */
function fieldOf(page: string, label: string): string {
	const labels = page.matchAll(/<label[^>]*\bfor="?'?([\w-]+)[^>]*>\s*([^<]*?)\s*</g);
	for (const [, name, text] of labels) if (text === label) return name;
	throw new Error(`The form has no field "${label}"`);
}

async function readPage(response: Response): Promise<string> {
	const text = await response.text();
	if (!response.ok)
		throw new Error(`${response.url} was answered with ${response.status}: ${text}`);
	return text;
}
