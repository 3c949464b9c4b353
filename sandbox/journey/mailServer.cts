import type { AddressInfo } from 'node:net';
import { simpleParser, type AddressObject } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail that was received. */
export interface Mail {
	from: string;
	to: string;
	subject: string;
	text: string;
	/** Empty for a plain text mail. */
	html: string;
	attachments: Array<{ name: string; type: string; content: Buffer }>;
}

/** A mail server that keeps all mail and delivers none. */
export interface MailServer {
	port: number;
	/** The data of an SMTP credential in n8n that uses this server. */
	credential: Record<string, unknown>;
	/** All mail received so far, oldest first. It is always the same array. */
	mails: Mail[];
	stop(): Promise<void>;
}

const addresses = (field: AddressObject | AddressObject[] | undefined): string =>
	[field ?? []]
		.flat()
		.map(({ text }) => text)
		.join(', ');

/**
 * Starts a mail server on a free port of 127.0.0.1, without TLS, that accepts every login and recipient.
 *
 * @param onMail Called with each mail that is received
 */
export async function startMailServer(
	onMail: (mail: Mail) => void = () => {},
): Promise<MailServer> {
	const mails: Mail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		allowInsecureAuth: true,
		// There is no certificate
		disabledCommands: ['STARTTLS'],
		disableReverseLookup: true,
		closeTimeout: 500,
		onAuth: ({ username }, _session, done) => done(null, { user: username }),
		onData: (stream, _session, done) => {
			simpleParser(stream).then(({ from, to, subject = '', text = '', html, attachments }) => {
				const mail = {
					from: addresses(from),
					to: addresses(to),
					subject,
					text,
					html: html || '',
					attachments: attachments.map(({ filename = '', contentType, content }) => ({
						name: filename,
						type: contentType,
						content,
					})),
				};
				mails.push(mail);
				onMail(mail);
				done();
			}, done);
		},
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	// The server emits an error when a client disconnects early, which does not matter here
	server.on('error', () => {});
	const { port } = server.server.address() as AddressInfo;
	return {
		port,
		credential: {
			user: 'sandbox',
			password: 'sandbox',
			host: '127.0.0.1',
			port,
			secure: false,
			disableStartTls: true,
		},
		mails,
		stop: () => new Promise((resolve) => server.close(resolve)),
	};
}
