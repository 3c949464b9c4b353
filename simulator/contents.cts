import type { FastifyInstance } from 'fastify';
import type { Settings } from './settings.cts';
import { newId } from './store.cts';

/** Path below the simulator's origin; whoever knows a link can read what it leads to, without a key. */
const CONTENT_PATH = '/content';

interface Content {
	bytes: Buffer;
	contentType: string;
	/** In epoch ms. */
	goodUntil: number;
}

/** Files behind links that are good for a while. [Generate a workflow session report] */
export class Contents {
	/** The `authorization` headers that requests for files came with; undefined for each without. */
	readonly authorizations: Array<string | undefined> = [];

	private readonly contents = new Map<string, Content>();

	/** @param origin Returns the address of the simulator, known only once it listens. */
	constructor(
		private readonly settings: Settings,
		private readonly origin: () => string,
	) {}

	/** @returns A link to the file. */
	add(bytes: Buffer, contentType: string): string {
		const id = newId();
		const goodUntil = Date.now() + this.settings.contentLinkMs;
		this.contents.set(id, { bytes, contentType, goodUntil });
		return `${this.origin()}${CONTENT_PATH}/${id}`;
	}

	clear(): void {
		this.contents.clear();
		this.authorizations.length = 0;
	}

	/** Serves the files; an unknown link, or one that is no longer good, gets a 403. */
	register(app: FastifyInstance): void {
		app.get<{ Params: { id: string } }>(
			`${CONTENT_PATH}/:id`,
			async ({ params, headers }, reply) => {
				this.authorizations.push(headers.authorization);
				const content = this.contents.get(params.id);
				if (!content || Date.now() >= content.goodUntil) return await reply.code(403).send();
				return await reply.type(content.contentType).send(content.bytes);
			},
		);
	}
}
