/**
 * Plays the applicant on the simulator's page: follows the link, starts, and finishes.
 *
 * @param link Of a hosted session
 * @param acts What the applicant does there, one after the other
 * @returns Where the browser goes at the end
 * @throws Error when the link leads nowhere
 */
export async function playApplicant(
	link: string,
	acts: Array<'start' | 'finish' | 'cancel'> = ['start', 'finish'],
): Promise<string> {
	// A short link leads on to the page itself.
	const page = await fetch(link);
	if (!page.ok) throw new Error(`${link} was answered with ${page.status}`);
	let destination = page.url;
	for (const act of acts) {
		const response = await fetch(`${page.url}/${act}`, { method: 'POST', redirect: 'manual' });
		destination = response.headers.get('location') ?? '';
		if (!destination) throw new Error(`"${act}" was answered with ${response.status}`);
	}
	return destination;
}
