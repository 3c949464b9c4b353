import http from 'node:http';
import https from 'node:https';
import { performance } from 'node:perf_hooks';
import { isoTime } from './time.cts';

export interface Message {
	url: string;
	/** An array is sent as one header line for each value. */
	headers: Record<string, string | string[]>;
	body: Buffer;
}

/** One attempt to send a message. */
export interface Attempt {
	/** Time of the start. */
	at: string;
	durationMs: number;
	/** Undefined when no answer arrived. */
	status?: number;
	/** The answer's body, cut off after 16 Ki characters. */
	answer?: string;
	/** Why there is no complete answer. */
	error?: string;
}

/** Characters of an answer that are kept. */
const KEPT_ANSWER = 16 * 1024;

/** Shorter than usual for servers, so that they do not close a connection just as it is reused. */
const IDLE_MS = 1000;

/** Posts messages over kept-alive connections; does not follow redirects. */
export class Post {
	private readonly options = { keepAlive: true, timeout: IDLE_MS };
	private readonly transports = {
		'http:': { request: http.request, agent: new http.Agent(this.options) },
		'https:': { request: https.request, agent: new https.Agent(this.options) },
	};

	/** Never rejects: what went wrong is in the attempt. */
	async send(message: Message, timeoutMs: number): Promise<Attempt> {
		const attempt: Attempt = { at: isoTime(), durationMs: 0 };
		const start = performance.now();
		try {
			await this.exchange(message, timeoutMs, attempt);
		} catch (error) {
			const { message: text, code } = error as NodeJS.ErrnoException;
			attempt.error = text || code || 'Unknown error';
		}
		attempt.durationMs = Math.round(performance.now() - start);
		return attempt;
	}

	/** Closes all connections, including those in use. */
	cut(): void {
		for (const { agent } of Object.values(this.transports)) agent.destroy();
	}

	private exchange(message: Message, timeoutMs: number, attempt: Attempt): Promise<void> {
		const { url, headers, body } = message;
		const protocol = new URL(url).protocol as keyof typeof this.transports;
		const { request, agent } = this.transports[protocol];
		return new Promise<void>((resolve, reject) => {
			const outgoing = request(url, {
				method: 'POST',
				agent,
				headers: { ...headers, 'content-length': body.length },
			});
			const timer = setTimeout(
				() => outgoing.destroy(new Error(`No answer within ${timeoutMs} ms`)),
				timeoutMs,
			).unref();
			outgoing
				.on('close', () => clearTimeout(timer))
				.on('error', reject)
				.on('response', (response) => {
					attempt.status = response.statusCode;
					attempt.answer = '';
					response
						.setEncoding('utf8')
						.on('data', (text: string) => {
							attempt.answer = `${attempt.answer}${text}`.slice(0, KEPT_ANSWER);
						})
						.on('end', resolve)
						.on('error', reject);
				})
				.end(body);
		});
	}
}
