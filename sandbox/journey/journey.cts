import type { Simulator } from '../../simulator/server.cts';
import { waitFor } from '../process/waitFor.cts';
import { playApplicant } from './applicant.cts';
import type { Mail } from './mailServer.cts';
import { submitForm } from './onlineForm.cts';

const STEP_TIMEOUT_MS = 30_000;

const APPLICANT = { 'First name': 'Grace', 'Last name': 'Hopper', Email: 'grace@example.com' };

/** What the journey goes through. */
interface Stage {
	/** Address of the onboarding example's form. */
	form: string;
	simulator: Simulator;
	/** The mail received so far; more is added as it arrives. */
	mails: Mail[];
	/** Called with a sentence about each step. */
	report: (sentence: string) => void;
	/** Stops the journey early. */
	signal?: AbortSignal;
}

/** The first web address in a mail's text, if there is one. */
export const linkIn = ({ text }: Mail): string | undefined => text.match(/https?:\/\/\S+/)?.[0];

/**
 * Plays somebody who opens an account, from the form to the mail that says that the account is open. The published examples
 * do n8n's part.
 *
 * @throws Error that says which step did not happen
 */
export async function playJourney({
	form,
	simulator,
	mails,
	report,
	signal,
}: Stage): Promise<void> {
	const expectSoon = async <Found,>(
		what: string,
		find: () => Found | undefined,
	): Promise<Found> => {
		const found = await waitFor(() => {
			signal?.throwIfAborted();
			return find();
		}, STEP_TIMEOUT_MS);
		if (found !== undefined) return found;
		throw new Error(`Expected ${what}, but there was none within ${STEP_TIMEOUT_MS / 1000} s`);
	};

	report(`${APPLICANT.Email} fills in the form`);
	const page = submitForm(form, APPLICANT);
	// A failure of the form is reported when its last page is awaited, unless an earlier step fails
	page.catch(() => {});
	const { id: clientId } = await expectSoon('a client created by n8n', () =>
		simulator.clients.list().find(({ email }) => email === APPLICANT.Email),
	);
	report(`n8n has created the client ${clientId}`);
	const { redirectUrl } = await expectSoon('a hosted session created by n8n', () =>
		simulator.flowSessions.list().find((session) => session.clientId === clientId),
	);
	report('n8n has created a hosted session');
	await expectSoon('a mail with the link', () =>
		mails.find((mail) => mail.to === APPLICANT.Email && linkIn(mail) === redirectUrl),
	);
	if (!(await page).includes('Check your inbox')) {
		throw new Error('Expected the last page of the form to say "Check your inbox"');
	}
	report('The last page of the form says: Check your inbox');

	await playApplicant(redirectUrl, ['start']);
	const session = () =>
		simulator.workflowSessions.list().find((candidate) => candidate.clientId === clientId);
	const { id: sessionId } = await expectSoon('a workflow session', session);
	report(`The applicant follows the link and starts: session ${sessionId}`);
	await playApplicant(redirectUrl, ['finish']);
	report('The applicant finishes, and ComplyCube runs its checks');

	const { outcome } = await expectSoon('an outcome', () => {
		const current = session();
		return current?.status === 'complete' ? current : undefined;
	});
	report(`The outcome is "${outcome}"`);
	await expectSoon('an event accepted by the trigger', () =>
		simulator.deliveries
			.list()
			.find(({ type, state }) => type === 'workflow.session.completed' && state === 'delivered'),
	);
	report('The trigger has accepted the event "workflow.session.completed"');
	await expectSoon('a mail that welcomes the applicant', () =>
		mails.find(({ to, subject }) => to === APPLICANT.Email && subject === 'Your account is open'),
	);
}
