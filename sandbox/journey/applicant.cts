/**
 * Plays an applicant: follows the link to the simulator's page, and presses buttons there.
 *
 * @param link Link of a hosted session
 * @param buttons The buttons to press, in this order
 * @returns Where the browser is sent at the end
 * @throws Error when there is no such page or button
 */
export async function playApplicant(
	link: string,
	buttons: Array<'start' | 'finish' | 'cancel'> = ['start', 'finish'],
): Promise<string> {
	// A short link redirects to the page.
	const page = await fetch(link);
	if (!page.ok) throw new Error(`${link} led to status ${page.status}`);
	let destination = page.url;
	for (const button of buttons) {
		const response = await fetch(`${page.url}/${button}`, { method: 'POST', redirect: 'manual' });
		destination = response.headers.get('location') ?? '';
		if (!destination)
			throw new Error(`The button "${button}" led to status ${response.status} and no other page`);
	}
	return destination;
}
