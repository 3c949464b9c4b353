import http from 'node:http';
import https from 'node:https';
import { performance } from 'node:perf_hooks';
import { isoTime } from './time.cts';

export interface Message {
	url: string;
	/** Several values are several header lines. */
	headers: Record<string, string | string[]>;
	body: Buffer;
}

/** One try to hand over a message. */
export interface Attempt {
	/** Time of the start. */
	at: string;
	durationMs: number;
	/** Undefined when no answer began. */
	status?: number;
	/** Beginning of the answer's body. */
	answer?: string;
	/** Why there is no whole answer. */
	error?: string;
}

/** Characters kept of an answer. */
const KEPT_ANSWER = 16 * 1024;

/** Less than servers usually keep an idle connection, lest they close it just when it is used. */
const IDLE_MS = 1000;

/** Posts messages over connections that are kept and used again; follows no redirects. */
export class Post {
	private readonly options = { keepAlive: true, timeout: IDLE_MS };
	private readonly transports = {
		'http:': { request: http.request, agent: new http.Agent(this.options) },
		'https:': { request: https.request, agent: new https.Agent(this.options) },
	};

	/** @returns Always; what went wrong is in the attempt. */
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

	/** Ends what is under way. */
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
