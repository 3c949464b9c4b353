import type { Simulator } from '../../simulator/server.cts';
import { playApplicant } from './applicant.cts';
import type { Mail } from './mailServer.cts';
import { submitForm } from './onlineForm.cts';
import { waitFor } from '../process/waitFor.cts';

const STEP_TIMEOUT_MS = 30_000;

const APPLICANT = { 'First name': 'Grace', 'Last name': 'Hopper', Email: 'grace@example.com' };

/** Where the journey leads through. */
interface Stage {
	/** Address of the form of the onboarding example. */
	form: string;
	simulator: Simulator;
	/** What has arrived, oldest first. */
	mails: Mail[];
	/** Tells of one step. */
	report: (sentence: string) => void;
	/** Ends the journey early. */
	signal?: AbortSignal;
}

/** @returns The web address in a mail; undefined if there is none */
export const linkIn = ({ text }: Mail): string | undefined => text.match(/https?:\/\/\S+/)?.[0];

/**
 * Somebody opens an account: from the form to the mail that says so. n8n does its part by the published examples.
 *
 * @throws Error that says what did not come about
 */
export async function playJourney({
	form,
	simulator,
	mails,
	report: tell,
	signal,
}: Stage): Promise<void> {
	const expectSoon = async <Found,>(
		what: string,
		find: () => Found | undefined,
	): Promise<Found> => {
		let found: Found | undefined;
		await waitFor(() => {
			signal?.throwIfAborted();
			found = find();
			return found !== undefined;
		}, STEP_TIMEOUT_MS);
		if (found !== undefined) return found;
		throw new Error(`Expected ${what}, but there is none after ${STEP_TIMEOUT_MS / 1000} s`);
	};

	tell(`${APPLICANT.Email} fills in the form`);
	const page = submitForm(form, APPLICANT);
	// What is wrong with the form is told at its last page, unless something is missing before.
	page.catch(() => {});
	const { id: clientId } = await expectSoon('a client made by n8n', () =>
		simulator.clients.list().find(({ email }) => email === APPLICANT.Email),
	);
	tell(`n8n has created the client ${clientId}`);
	const { redirectUrl } = await expectSoon('a hosted session made by n8n', () =>
		simulator.flowSessions.list().find((session) => session.clientId === clientId),
	);
	tell('n8n has made a hosted session');
	await expectSoon('a mail with the link', () =>
		mails.find((mail) => mail.to === APPLICANT.Email && linkIn(mail) === redirectUrl),
	);
	if (!(await page).includes('Look into your mail')) {
		throw new Error('Expected a last page of the form that says "Look into your mail"');
	}
	tell('The last page of the form says: look into your mail');

	await playApplicant(redirectUrl, ['start']);
	const session = () =>
		simulator.workflowSessions.list().find((candidate) => candidate.clientId === clientId);
	const { id: sessionId } = await expectSoon('a workflow session', session);
	tell(`The applicant follows the link and starts: session ${sessionId}`);
	await playApplicant(redirectUrl, ['finish']);
	tell('The applicant finishes, ComplyCube checks');

	const { outcome } = await expectSoon('an outcome', () => {
		const current = session();
		return current?.status === 'complete' ? current : undefined;
	});
	tell(`The outcome is "${outcome}"`);
	await expectSoon('an event that the trigger takes', () =>
		simulator.deliveries
			.list()
			.find(({ type, state }) => type === 'workflow.session.completed' && state === 'delivered'),
	);
	tell('The trigger has taken the event "workflow.session.completed"');
	await expectSoon('a mail that welcomes the applicant', () =>
		mails.find(({ to, subject }) => to === APPLICANT.Email && subject === 'Your account is open'),
	);
}
