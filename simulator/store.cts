import { randomBytes } from 'node:crypto';
import type { Mode } from './resource.cts';

/** A stored object; `data` may hold fields that the API does not show. */
export interface Stored {
	mode: Mode;
	data: { id: string; createdAt: string };
}

/** @returns An ID like those in the documentation: 24 hex characters. */
export const newId = (): string => randomBytes(12).toString('hex');

const createdMs = (stored: Stored): number => Date.parse(stored.data.createdAt) || 0;

/** Objects of one resource, each visible in its own mode only. [API Quick Guide] */
export class Store<T extends Stored> {
	private readonly objects = new Map<string, T>();
	private readonly newestFirstByMode = new Map<Mode, T[]>();

	/** @throws When the ID is taken. */
	add(object: T): void {
		if (this.objects.has(object.data.id)) throw new Error(`ID ${object.data.id} is taken`);
		this.objects.set(object.data.id, object);
		this.newestFirstByMode.clear();
	}

	find(mode: Mode, id: string): T | undefined {
		const object = this.objects.get(id);
		return object?.mode === mode ? object : undefined;
	}

	/** For the admin side. */
	findInAnyMode(id: string): T | undefined {
		return this.objects.get(id);
	}

	all(): T[] {
		return [...this.objects.values()];
	}

	/**
	 * @returns Newest first, like every list of the API; of equally old ones, the last added comes
	 * first.
	 */
	newestFirst(mode: Mode): T[] {
		let list = this.newestFirstByMode.get(mode);
		if (!list) {
			list = this.all()
				.filter((object) => object.mode === mode)
				.reverse()
				.sort((a, b) => createdMs(b) - createdMs(a));
			this.newestFirstByMode.set(mode, list);
		}
		return list;
	}

	/** @returns Whether there was such an object. */
	remove(id: string): boolean {
		this.newestFirstByMode.clear();
		return this.objects.delete(id);
	}

	/** Call it after changing a `createdAt`. */
	resort(): void {
		this.newestFirstByMode.clear();
	}

	clear(): void {
		this.objects.clear();
		this.newestFirstByMode.clear();
	}
}

const isEmpty = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	(typeof value === 'object' && Object.keys(value).length === 0);

/** @returns The object without its empty properties, as the API sends it. [Introduction] */
export const withoutEmpty = (object: object): Record<string, unknown> =>
	Object.fromEntries(Object.entries(object).filter(([, value]) => !isEmpty(value)));
