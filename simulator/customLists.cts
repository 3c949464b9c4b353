import { z } from 'zod';
import { Objects } from './objects.cts';
import type { ApiObject, Fields, StoredObject } from './objects.cts';
import type { ApiReply, Route } from './resource.cts';
import { newId } from './store.cts';
import { isoTime } from './time.cts';
import { country, parse, text } from './validation.cts';

const nameType = z
	.enum(['primary', 'alias', 'maiden_name', 'localised_name', 'low_quality_alias'])
	.optional();

const common = {
	active: z.boolean().optional(),
	countries: z
		.array(
			z.object({
				country,
				type: z.enum(['Jurisdiction', 'Resident of', 'Citizenship', 'Country of Registration']),
			}),
		)
		.optional(),
	dates: z
		.array(
			z.object({
				type: z.enum(['Date of Birth', 'Date of Registration']),
				date: z.object({
					day: z.string().regex(/^\d\d$/),
					month: z.string().regex(/^\d\d$/),
					year: z.string().regex(/^\d{4}$/),
				}),
			}),
		)
		.optional(),
	images: z.array(z.string().url()).optional(),
};

/** What can be added. [Add entity to custom list] */
const recordInputs = z.discriminatedUnion('entityType', [
	z.object({
		entityType: z.literal('person'),
		names: z
			.array(
				z.object({
					firstName: text,
					middleName: z.string().optional(),
					lastName: text,
					type: nameType,
				}),
			)
			.min(1),
		gender: z.enum(['male', 'female', 'other']).optional(),
		...common,
	}),
	z.object({
		entityType: z.literal('company'),
		names: z.array(z.object({ companyName: text, type: nameType })).min(1),
		...common,
	}),
]);

type ListRecord = z.infer<typeof recordInputs> & { id: string; createdAt: string };

/** The documented object. [Get a custom list] */
export interface CustomList extends ApiObject {
	name: string;
	description?: string;
	/** How many there are on it. */
	stats: { personCount: number; companyCount: number };
	lastActionBy?: string;
	/** Those that were added through the API, which does not show them. */
	records: ListRecord[];
}

/** The account's own screening lists; they are made in the Web Portal. [Custom Lists] */
export class CustomLists extends Objects<CustomList> {
	readonly name = 'customLists';
	protected readonly thing = 'custom list';
	/** No webhook knows of it, but the audit log does. */
	protected override readonly event = 'customList';
	protected readonly inputs = z.object({});
	protected override readonly hidden = ['records'];
	protected override readonly filters = [];
	protected override readonly isListedByClient = false;

	readonly routes: Route[] = [
		this.getRoute(),
		this.listRoute(),
		this.actionRoute('POST', '/records', (list, { body }) => this.addRecord(list, body)),
	];

	protected defaults(): Fields {
		return {
			name: 'Former suppliers',
			description: 'Companies and people we no longer work with',
			stats: { personCount: 0, companyCount: 0 },
			records: [],
		};
	}

	/** Adding the same twice adds two. Assumption: nothing documents otherwise. */
	private addRecord(list: StoredObject<CustomList>, body: unknown): ApiReply {
		const at = isoTime();
		const record = { id: newId(), ...parse(recordInputs, body), createdAt: at };
		const { stats, records } = list.data;
		records.push(record);
		stats[record.entityType === 'person' ? 'personCount' : 'companyCount']++;
		list.data.updatedAt = at;
		this.announceEvent('added', list);
		const replies = { empty: { status: 200, body: {} }, record: { status: 200, body: record } };
		return { ...replies, list: this.okReply(list) }[this.settings.addRecordReply];
	}
}
