import { waitFor } from '../process/waitFor.cts';

const TIMEOUT_MS = 30_000;

/**
 * Fills in a form of n8n's Form Trigger and follows it to its last page, as a browser does.
 *
 * @param address Address of the form
 * @param entries What to enter, by the labels of the fields
 * @returns HTML of the last page
 * @throws Error when there is no such form or field, or when the workflow fails
 */
export async function submitForm(
	address: string,
	entries: Record<string, string>,
): Promise<string> {
	const reply = await sendForm(address, entries);
	const { formWaitingUrl } = JSON.parse(reply) as { formWaitingUrl: string };

	const status = new URL(formWaitingUrl);
	status.pathname += '/n8n-execution-status';
	let current = '';
	await waitFor(async () => {
		current = await readPage(await fetch(status));
		return !['new', 'running'].includes(current);
	}, TIMEOUT_MS);
	if (current !== 'form-waiting') throw new Error(`The form's workflow is "${current}"`);
	const lastPage = await readPage(await fetch(formWaitingUrl));
	// The page reports that it was shown, so that the workflow can end
	await readPage(await fetch(formWaitingUrl, { method: 'POST' }));
	return lastPage;
}

/**
 * Fills in a form of n8n's and sends it, without following it any further. The form may be one that a mail of Send and Wait
 * leads to.
 *
 * @param address Address of the form
 * @param entries What to enter, by the labels of the fields
 * @param headers Sent along, for example those of a login
 * @returns What n8n answers
 * @throws Error when there is no such form or field
 */
export async function sendForm(
	address: string,
	entries: Record<string, string>,
	headers: Record<string, string> = {},
): Promise<string> {
	const page = await readPage(await fetch(address, { headers }));
	const body = new FormData();
	for (const [label, entry] of Object.entries(entries)) body.set(fieldOf(page, label), entry);
	return await readPage(await fetch(address, { method: 'POST', body, headers }));
}

/** @returns The name that the field with this label has in the form's data */
function fieldOf(page: string, label: string): string {
	const labels = page.matchAll(/<label[^>]*\bfor="?'?([\w-]+)[^>]*>\s*([^<]*?)\s*</g);
	for (const [, name, text] of labels) if (text === label) return name;
	throw new Error(`The form has no field "${label}"`);
}

async function readPage(response: Response): Promise<string> {
	const text = await response.text();
	if (!response.ok) throw new Error(`${response.url} led to status ${response.status}: ${text}`);
	return text;
}
