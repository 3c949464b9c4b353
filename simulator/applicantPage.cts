import type { FastifyInstance, FastifyReply } from 'fastify';
import { PAGE_PATH, SHORT_PATH } from './flowSessions.cts';
import type { FlowSession, FlowSessions, Step, Visit } from './flowSessions.cts';

/** HTML that is safe to put into other HTML. */
class Markup {
	constructor(readonly text: string) {}
}

const escapeHtml = (text: string): string =>
	text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** Escapes every value that is not markup already. */
const html = (parts: TemplateStringsArray, ...values: Array<Markup | string>): Markup =>
	new Markup(
		String.raw(
			{ raw: parts },
			...values.map((value) => (value instanceof Markup ? value.text : escapeHtml(value))),
		),
	);

const STYLE = html`<style>
	:root {
		color-scheme: light;
		--ground: #f4f6f8;
		--card: #fff;
		--ink: #16202b;
		--accent: #0b5cad;
	}
	[data-theme='dark'] {
		color-scheme: dark;
		--ground: #12181f;
		--card: #1d2630;
		--ink: #eef2f6;
		--accent: #7ab8f5;
	}
	body {
		margin: 0;
		padding: 2rem 1rem;
		background: var(--ground);
		color: var(--ink);
		font:
			1rem/1.5 system-ui,
			sans-serif;
	}
	main {
		max-width: 28rem;
		margin: auto;
		padding: 2rem;
		background: var(--card);
		border-radius: 0.75rem;
	}
	h1 {
		margin-top: 0;
		font-size: 1.5rem;
	}
	a {
		color: var(--accent);
	}
	form {
		display: inline-block;
		margin: 0.5rem 0.5rem 0 0;
	}
	button {
		padding: 0.6rem 1.4rem;
		border: 2px solid var(--accent);
		border-radius: 0.5rem;
		background: transparent;
		color: var(--accent);
		font: inherit;
		cursor: pointer;
	}
	button.main {
		background: var(--accent);
		color: var(--card);
	}
	footer {
		margin-top: 2rem;
		font-size: 0.875rem;
	}
</style>`;

const page = (title: string, content: Markup, theme = 'light'): string =>
	html`<!doctype html>
		<html lang="en" data-theme="${theme}">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width" />
				<title>${title}</title>
				<link rel="icon" href="data:," />
				${STYLE}
			</head>
			<body>
				<main>
					<h1>${title}</h1>
					${content}
				</main>
			</body>
		</html>`.text;

const button = ({ id }: FlowSession, action: string, label: string, kind = ''): Markup =>
	html`<form method="post" action="${PAGE_PATH}/${id}/${action}">
		<button class="${kind}">${label}</button>
	</form>`;

const TITLES: Record<Step, string> = {
	ready: 'Verify your identity',
	started: 'Verification in progress',
	finished: 'Verification finished',
	cancelled: 'Verification cancelled',
};

const CONTENTS: Record<Step, (visit: Visit) => Markup> = {
	ready: ({ session, entityName, purpose }) =>
		html`<p>Hello ${entityName}, you are asked to go through: ${purpose}.</p>
			${button(session, 'start', 'Start', 'main')} ${button(session, 'cancel', 'Cancel')}`,
	started: ({ session, entityName, purpose }) =>
		html`<p>${entityName}, this stands for all steps of: ${purpose}.</p>
			${button(session, 'finish', 'Finish', 'main')} ${button(session, 'cancel', 'Cancel')}`,
	finished: ({ session }) =>
		html`<p>Thank you. There is nothing left to do.</p>
			<p><a href="${session.successUrl}">Continue</a></p>`,
	cancelled: ({ session }) =>
		html`<p>You have cancelled the verification.</p>
			<p><a href="${session.cancelUrl}">Continue</a></p>`,
};

function render(visit: Visit): string {
	const { step, theme, supportEmail } = visit.session;
	const support = supportEmail
		? html`<footer>Need help? <a href="mailto:${supportEmail}">${supportEmail}</a></footer>`
		: '';
	return page(TITLES[step], html`${CONTENTS[step](visit)}${support}`, theme);
}

/**
 * Serves the pages of hosted sessions, where a person or a test acts as the applicant: `start`, then
 * `finish` or `cancel`, each a form without fields.
 */
export function registerApplicantPage(app: FastifyInstance, flowSessions: FlowSessions): void {
	// The forms have no fields, so their bodies are ignored.
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => done(null));

	const sendPage = (reply: FastifyReply, id: string) => {
		const visit = flowSessions.visitOf(id);
		return reply
			.code(visit ? 200 : 404)
			.header('cache-control', 'no-store')
			.type('text/html; charset=utf-8')
			.send(
				visit ? render(visit) : page('Link not valid', html`<p>Please ask for a new link.</p>`),
			);
	};

	/**
	 * @returns Where a submitted form leads: to the customer's site once done, else back to the page.
	 */
	const nextLocation = (
		{ id, step, successUrl, cancelUrl }: FlowSession,
		action: string,
	): string => {
		if (step === 'finished') return successUrl;
		return step === 'cancelled' || action === 'cancel' ? cancelUrl : `${PAGE_PATH}/${id}`;
	};

	app.get<{ Params: { code: string } }>(`${SHORT_PATH}/:code`, ({ params }, reply) => {
		const session = flowSessions.findByCode(params.code);
		return session ? reply.redirect(`${PAGE_PATH}/${session.id}`) : sendPage(reply, params.code);
	});

	app.get<{ Params: { id: string } }>(`${PAGE_PATH}/:id`, ({ params }, reply) => {
		flowSessions.open(params.id);
		return sendPage(reply, params.id);
	});

	for (const action of ['start', 'finish', 'cancel'] as const) {
		app.post<{ Params: { id: string } }>(`${PAGE_PATH}/:id/${action}`, ({ params }, reply) => {
			flowSessions[action](params.id);
			const session = flowSessions.visitOf(params.id)?.session;
			return session
				? reply.redirect(nextLocation(session, action), 303)
				: sendPage(reply, params.id);
		});
	}
}
